/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with the file of the saved views. Every change reads it again first: another window
 * may have written it meanwhile. What was written is then what the model has; a change that failed
 * leaves file and model as they were. */

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "session/wd-key-file.h"
#include "session/wd-saved-view-edit.h"
#include "session/wd-saved-views-private.h"

typedef struct _Change Change;

/* One request. The worker has it until it is answered. */
struct _Change {
  GKeyFile *(*apply) (Change *change, GKeyFile *file, GError **error);
  WdSavedView *view;            /* (owned) (nullable) */
  char *name;                   /* (owned) (nullable): of a view that is there */
  guint position;               /* where it is to stand */
  GKeyFile *from;               /* (owned) (nullable): has what is to be added */
  char **names;                 /* (owned) (nullable): of groups in @from */
  GKeyFile *removed;            /* (owned) (nullable): answer: what was taken out */
  GPtrArray *views;             /* (owned) (nullable): answer: what there is now */
};

static void
change_free (Change *change)
{
  g_clear_object (&change->view);
  g_free (change->name);
  g_clear_pointer (&change->from, g_key_file_unref);
  g_strfreev (change->names);
  g_clear_pointer (&change->removed, g_key_file_unref);
  g_clear_pointer (&change->views, g_ptr_array_unref);
  g_free (change);
}

/* Worker. */
GKeyFile *
wd_saved_views_read_own (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  GKeyFile *file = wd_key_file_load (path, &local);

  if (file == NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_FAILED, _("The views in %s cannot be read: %s"), path,
                 local->message);
  return file;
}

/* Worker. */
static GKeyFile *
apply_load (Change *change, GKeyFile *file, GError **error)
{
  return g_key_file_ref (file);
}

/* Worker. */
static GKeyFile *
apply_save (Change *change, GKeyFile *file, GError **error)
{
  return wd_saved_view_edit_save (file, change->view, change->name, error);
}

/* Worker. */
static GKeyFile *
apply_move (Change *change, GKeyFile *file, GError **error)
{
  return wd_saved_view_edit_move (file, change->name, change->position, error);
}

/* Worker. */
static GKeyFile *
apply_remove (Change *change, GKeyFile *file, GError **error)
{
  change->removed = g_key_file_new ();
  wd_key_file_copy_group (file, change->name, change->removed, change->name);
  return wd_saved_view_edit_remove (file, change->name, error);
}

/* Worker. */
static GKeyFile *
apply_import (Change *change, GKeyFile *file, GError **error)
{
  return wd_saved_view_edit_import (file, change->from, change->names);
}

/* Worker. */
static GKeyFile *
apply_restore (Change *change, GKeyFile *file, GError **error)
{
  return wd_saved_view_edit_restore (file, change->from, change->position, error);
}

static void
change_worker (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  Change *change = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GKeyFile) file = wd_saved_views_read_own (resource, &error);
  g_autoptr (GKeyFile) changed = file != NULL ? change->apply (change, file, &error) : NULL;

  if (changed != NULL && change->apply != apply_load
      && !wd_key_file_save (changed, resource, &local))
    g_set_error (&error, WD_ERROR, WD_ERROR_FAILED,
                 _("The views cannot be saved in %s: %s. Nothing was changed."),
                 (const char *) resource, local->message);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  change->views = wd_saved_view_edit_list (changed);
  g_task_return_boolean (task, TRUE);
}

static void
push (WdSavedViews *self, Change *change, gpointer tag, GAsyncReadyCallback callback,
      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);
  wd_saved_views_push (self, task, change_worker);
}

/**
 * wd_saved_views_load_async:
 * @self: views
 * @callback: called with the answer, for wd_saved_views_change_finish()
 * @data: for @callback
 *
 * Reads them.
 */
void
wd_saved_views_load_async (WdSavedViews *self, GAsyncReadyCallback callback, gpointer data)
{
  Change *change = g_new0 (Change, 1);

  g_return_if_fail (WD_IS_SAVED_VIEWS (self));

  change->apply = apply_load;
  push (self, change, wd_saved_views_load_async, callback, data);
}

/**
 * wd_saved_views_save_async:
 * @self: views
 * @view: to be kept
 * @replaces: (nullable): the name of the one it takes the place of; %NULL for a new one, at the end
 * @callback: called with the answer, for wd_saved_views_change_finish()
 * @data: for @callback
 *
 * No other view is written over: a name that is taken is an error.
 */
void
wd_saved_views_save_async (WdSavedViews *self, WdSavedView *view, const char *replaces,
                           GAsyncReadyCallback callback, gpointer data)
{
  Change *change = g_new0 (Change, 1);

  g_return_if_fail (WD_IS_SAVED_VIEWS (self));
  g_return_if_fail (wd_saved_view_check_name (wd_saved_view_get_name (view), NULL));

  change->apply = apply_save;
  change->view = g_object_ref (view);
  change->name = g_strdup (replaces);
  push (self, change, wd_saved_views_save_async, callback, data);
}

/**
 * wd_saved_views_move_async:
 * @self: views
 * @name: of a view
 * @position: where it is to stand; beyond the end is the end
 * @callback: called with the answer, for wd_saved_views_change_finish()
 * @data: for @callback
 */
void
wd_saved_views_move_async (WdSavedViews *self, const char *name, guint position,
                           GAsyncReadyCallback callback, gpointer data)
{
  Change *change = g_new0 (Change, 1);

  g_return_if_fail (WD_IS_SAVED_VIEWS (self));
  g_return_if_fail (name != NULL);

  change->apply = apply_move;
  change->name = g_strdup (name);
  change->position = position;
  push (self, change, wd_saved_views_move_async, callback, data);
}

/**
 * wd_saved_views_import_async:
 * @self: views
 * @from: of wd_saved_view_read_finish()
 * @names: (array zero-terminated=1): of the views in it to take over; what is there under these
 *   names is replaced
 * @callback: called with the answer, for wd_saved_views_change_finish()
 * @data: for @callback
 */
void
wd_saved_views_import_async (WdSavedViews *self, GKeyFile *from, const char *const *names,
                             GAsyncReadyCallback callback, gpointer data)
{
  Change *change = g_new0 (Change, 1);

  g_return_if_fail (WD_IS_SAVED_VIEWS (self));
  g_return_if_fail (from != NULL);

  change->apply = apply_import;
  change->from = g_key_file_ref (from);
  change->names = g_strdupv ((char **) names);
  push (self, change, wd_saved_views_import_async, callback, data);
}

static gboolean
take (WdSavedViews *self, GTask *task, GError **error)
{
  Change *change = g_task_get_task_data (task);

  if (!g_task_propagate_boolean (task, error))
    return FALSE;
  if (change->views != NULL)
    wd_saved_views_take (self, g_steal_pointer (&change->views));
  return TRUE;
}

/**
 * wd_saved_views_change_finish:
 * @self: views
 * @result: of the call
 * @error: in #WD_ERROR; then nothing was changed
 *
 * The model has what the file has when this returns.
 */
gboolean
wd_saved_views_change_finish (WdSavedViews *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return take (self, G_TASK (result), error);
}

/**
 * wd_saved_views_remove_async:
 * @self: views
 * @name: of a view
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_saved_views_remove_async (WdSavedViews *self, const char *name, GAsyncReadyCallback callback,
                             gpointer data)
{
  Change *change = g_new0 (Change, 1);

  g_return_if_fail (WD_IS_SAVED_VIEWS (self));
  g_return_if_fail (name != NULL);

  change->apply = apply_remove;
  change->name = g_strdup (name);
  push (self, change, wd_saved_views_remove_async, callback, data);
}

/**
 * wd_saved_views_remove_finish:
 * @self: views
 * @result: of the call
 * @error: in #WD_ERROR; then nothing was changed
 *
 * Returns: (transfer full) (nullable): what was removed, for wd_saved_views_restore_async()
 */
GKeyFile *
wd_saved_views_remove_finish (WdSavedViews *self, GAsyncResult *result, GError **error)
{
  Change *change;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  change = g_task_get_task_data (G_TASK (result));
  return take (self, G_TASK (result), error) ? g_steal_pointer (&change->removed) : NULL;
}

/**
 * wd_saved_views_restore_async:
 * @self: views
 * @removed: of wd_saved_views_remove_finish()
 * @position: where it stood
 * @callback: called with the answer, for wd_saved_views_change_finish()
 * @data: for @callback
 */
void
wd_saved_views_restore_async (WdSavedViews *self, GKeyFile *removed, guint position,
                              GAsyncReadyCallback callback, gpointer data)
{
  Change *change = g_new0 (Change, 1);

  g_return_if_fail (WD_IS_SAVED_VIEWS (self));
  g_return_if_fail (removed != NULL);

  change->apply = apply_restore;
  change->from = g_key_file_ref (removed);
  change->position = position;
  push (self, change, wd_saved_views_restore_async, callback, data);
}
