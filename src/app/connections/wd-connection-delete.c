/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Deletes a saved connection, if that is really meant. */

#include "app/connections/wd-connection-delete.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-confirm.h"
#include "base/wd-format.h"
#include "session/wd-profile-keeper.h"

typedef struct {
  WdProfileStore *store;    /* (owned) */
  WdProfile *profile;       /* (owned) */
  char *warning;            /* (owned) (nullable) */
} Deletion;

static void
deletion_free (Deletion *deletion)
{
  g_object_unref (deletion->store);
  wd_profile_unref (deletion->profile);
  g_free (deletion->warning);
  g_free (deletion);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Deletion *deletion = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (wd_profile_keeper_delete_finish (result, &deletion->warning, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Deletion *deletion = g_task_get_task_data (task);

  if (wd_confirm_finish (result, NULL))
    wd_profile_keeper_delete_async (deletion->store, deletion->profile,
                                    g_task_get_cancellable (task), deleted_cb,
                                    g_object_ref (task));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "not confirmed");
}

/**
 * wd_connection_delete_async:
 * @parent: the window it asks before
 * @store: the saved ones
 * @profile: to delete, with its passwords in the keyring
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_connection_delete_async (GtkWindow *parent, WdProfileStore *store, WdProfile *profile,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (parent, cancellable, callback, data);
  Deletion *deletion = g_new0 (Deletion, 1);
  g_autofree char *visible = wd_format_visible (profile->name, 128);
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), visible);
  const WdConfirmSpec spec = {
    heading,
    _("Its passwords are removed from the keyring too. Nothing is changed on the servers."),
    _("_Delete"), TRUE, NULL,
  };

  g_task_set_source_tag (task, wd_connection_delete_async);
  deletion->store = g_object_ref (store);
  deletion->profile = wd_profile_ref (profile);
  g_task_set_task_data (task, deletion, (GDestroyNotify) deletion_free);
  wd_confirm_async (parent, &spec, cancellable, confirmed_cb, task);
}

/**
 * wd_connection_delete_finish:
 * @result: of the call
 * @warning: (out) (nullable) (transfer full): what could not be cleaned up though it is deleted
 * @error: in #WD_ERROR: it is not deleted; %G_IO_ERROR_CANCELLED: it was not to be
 */
gboolean
wd_connection_delete_finish (GAsyncResult *result, char **warning, GError **error)
{
  Deletion *deletion = g_task_get_task_data (G_TASK (result));

  *warning = g_steal_pointer (&deletion->warning);
  return g_task_propagate_boolean (G_TASK (result), error);
}
