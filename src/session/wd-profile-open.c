/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A saved connection with its passwords, for a program that has nothing else to do until it has
 * them. */

#include "session/wd-profile-open.h"

#include <glib/gi18n-lib.h>

#include "base/wd-answer.h"
#include "base/wd-error.h"
#include "session/wd-profile-store.h"
#include "session/wd-secrets.h"

static WdProfile *
load (const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdProfileStore) store = wd_profile_store_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) local = NULL;
  WdProfile *found;
  g_autoptr (GString) names = g_string_new (NULL);

  wd_profile_store_load_async (store, cancellable, wd_answer_cb, &result);
  profiles = wd_profile_store_load_finish (store, wd_answer_wait (&result), &problems, error);
  if (profiles == NULL)
    return NULL;
  found = wd_profile_store_find (profiles, problems, name, &local);
  if (found != NULL)
    return wd_profile_ref (found);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (guint i = 0; i < profiles->len; i++)
    {
      g_string_append (names, i > 0 ? ", " : "");
      /* TRANSLATORS: a name in quotation marks */
      g_string_append_printf (names, _("“%s”"), ((WdProfile *) profiles->pdata[i])->name);
    }
  if (profiles->len == 0)
    g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                 _("There is no connection “%s”, nor any other in %s. Worker Dashboard saves "
                   "connections there; or set DATABASE_URL and REDIS_URL in the environment "
                   "instead."), name, wd_profile_store_get_path (store));
  else
    g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                 _("There is no connection “%s” in %s; there is: %s"), name,
                 wd_profile_store_get_path (store), names->str);
  return NULL;
}

/**
 * wd_profile_open:
 * @name: of a saved connection
 * @cancellable: (nullable): a cancellable
 * @keyring_error: (out): why no password came from the keyring, or %NULL: a passfile may still do,
 *   and whether it does shows when the server asks
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Turns the main loop until the answer is there.
 *
 * Returns: (transfer full): the connection, with its passwords
 */
WdProfile *
wd_profile_open (const char *name, GCancellable *cancellable, GError **keyring_error,
                 GError **error)
{
  g_autoptr (WdProfile) profile = load (name, cancellable, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  WdProfile *unlocked;

  if (profile == NULL)
    return NULL;
  wd_secrets_unlock_profile_async (profile, cancellable, wd_answer_cb, &result);
  unlocked = wd_secrets_unlock_profile_finish (wd_answer_wait (&result), &local);
  if (unlocked != NULL)
    return unlocked;
  if (wd_error_is_cancelled (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  *keyring_error = g_steal_pointer (&local);
  return g_steal_pointer (&profile);
}
