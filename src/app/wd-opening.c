/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From the name of a saved connection to a profile with its passwords. */

#include "app/wd-opening.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "session/wd-profile-store.h"
#include "session/wd-secrets.h"

static void
unlock_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  WdProfile *profile = wd_secrets_unlock_profile_finish (result, &error);

  if (profile != NULL)
    g_task_return_pointer (task, profile, (GDestroyNotify) wd_profile_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) profiles =
    wd_profile_store_load_finish (WD_PROFILE_STORE (source), result, &problems, &error);
  const char *name = g_task_get_task_data (task);
  WdProfile *profile = profiles != NULL ? wd_profile_store_find (profiles, problems, name, &error)
                                        : NULL;

  if (profile != NULL)
    wd_secrets_unlock_profile_async (profile, g_task_get_cancellable (task), unlock_cb,
                                     g_object_ref (task));
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, WD_ERROR, WD_ERROR_NOT_FOUND,
                             _("There is no connection profile named “%s”"), name);
}

/**
 * wd_opening_find_async:
 * @store: the saved ones
 * @name: of a connection profile
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_opening_find_async (WdProfileStore *store, const char *name, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, wd_opening_find_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  wd_profile_store_load_async (store, cancellable, load_cb, task);
}

/**
 * wd_opening_find_finish:
 * @result: of the call
 * @error: %WD_ERROR_NOT_FOUND, %WD_ERROR_NO_KEYRING, …
 *
 * Returns: (transfer full): the profile with its passwords
 */
WdProfile *
wd_opening_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
