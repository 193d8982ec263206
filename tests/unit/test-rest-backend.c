/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-error.h"
#include "rest/wd-rest-backend.h"

/* Whatever is added to the interface is served or refused: nothing is left to be called at 0. */
static void
test_every_method (void)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("Remote");
  g_autoptr (WdBackend) backend = NULL;
  gpointer *methods;
  gsize n = (sizeof (WdBackendInterface) - sizeof (GTypeInterface)) / sizeof (gpointer);

  profile->api_url = g_strdup ("https://dashboard.example.com");
  backend = wd_rest_backend_new (profile);
  methods = (gpointer *) ((GTypeInterface *) WD_BACKEND_GET_IFACE (backend) + 1);
  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("method %zu", i);
      g_assert_nonnull (methods[i]);
    }
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_refusal (void)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("Remote");
  g_autoptr (WdBackend) backend = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  profile->api_url = g_strdup ("https://dashboard.example.com");
  backend = wd_rest_backend_new (profile);
  wd_backend_list_outbox_async (backend, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (wd_backend_list_outbox_finish (backend, result, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED);
  g_assert_cmpstr (error->message, ==, wd_backend_get_lack (backend, WD_ABILITY_OUTBOX));
  for (guint i = 0; i < WD_N_ABILITIES; i++)
    g_assert_true ((wd_backend_get_lack (backend, i) == NULL) == (i == WD_ABILITY_WRITE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rest-backend/every-method", test_every_method);
  g_test_add_func ("/rest-backend/refusal", test_refusal);
  return g_test_run ();
}
