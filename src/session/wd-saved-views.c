/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The views somebody saved, in their order, as a list model over a key file beside that of the
 * connections. One thread reads and writes it, so that a home folder on a network stalls no window.
 * Every change reads the file again first: another window may have written it meanwhile. What was
 * written is then what the model has; a change that failed leaves file and model as they were. */

#include "session/wd-saved-views.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "session/wd-key-file.h"
#include "session/wd-saved-view-edit.h"
#include "session/wd-saved-views-private.h"

struct _WdSavedViews {
  GObject parent_instance;

  char *path;                   /* (owned) */
  WdWorkerThread *thread;       /* (owned) */
  GPtrArray *views;             /* (owned) (element-type WdSavedView) */
};

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

static void wd_saved_views_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdSavedViews, wd_saved_views, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wd_saved_views_list_model_init))

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

static GType
wd_saved_views_get_item_type (GListModel *model)
{
  return WD_TYPE_SAVED_VIEW;
}

static guint
wd_saved_views_get_n_items (GListModel *model)
{
  return WD_SAVED_VIEWS (model)->views->len;
}

static gpointer
wd_saved_views_get_item (GListModel *model, guint position)
{
  WdSavedViews *self = WD_SAVED_VIEWS (model);

  return position < self->views->len ? g_object_ref (self->views->pdata[position]) : NULL;
}

static void
wd_saved_views_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wd_saved_views_get_item_type;
  iface->get_n_items = wd_saved_views_get_n_items;
  iface->get_item = wd_saved_views_get_item;
}

static void
wd_saved_views_dispose (GObject *object)
{
  WdSavedViews *self = WD_SAVED_VIEWS (object);

  if (self->thread != NULL)
    wd_worker_thread_shut_down (self->thread);
  g_clear_object (&self->thread);
  G_OBJECT_CLASS (wd_saved_views_parent_class)->dispose (object);
}

static void
wd_saved_views_finalize (GObject *object)
{
  WdSavedViews *self = WD_SAVED_VIEWS (object);

  g_ptr_array_unref (self->views);
  g_free (self->path);
  G_OBJECT_CLASS (wd_saved_views_parent_class)->finalize (object);
}

static void
wd_saved_views_class_init (WdSavedViewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_saved_views_dispose;
  object_class->finalize = wd_saved_views_finalize;
}

static void
wd_saved_views_init (WdSavedViews *self)
{
  self->views = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * wd_saved_views_new:
 * @path: (nullable): the file; %NULL is the user's own
 *
 * Returns: (transfer full): a list that is empty until it is loaded
 */
WdSavedViews *
wd_saved_views_new (const char *path)
{
  WdSavedViews *self = g_object_new (WD_TYPE_SAVED_VIEWS, NULL);

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_config_dir (), "worker-dashboard",
                                                "views.conf", NULL);
  self->thread = wd_worker_thread_new ("views", g_strdup (self->path), g_free);
  return self;
}

/**
 * wd_saved_views_find:
 * @self: views
 * @name: what one is called
 * @position: (out) (optional): where it stands
 *
 * Returns: (transfer none) (nullable): that view
 */
WdSavedView *
wd_saved_views_find (WdSavedViews *self, const char *name, guint *position)
{
  g_return_val_if_fail (WD_IS_SAVED_VIEWS (self), NULL);

  for (guint i = 0; i < self->views->len; i++)
    if (g_strcmp0 (wd_saved_view_get_name (self->views->pdata[i]), name) == 0)
      {
        if (position != NULL)
          *position = i;
        return self->views->pdata[i];
      }
  return NULL;
}

/* For what else is done with the file, in turn. */
void
wd_saved_views_push (WdSavedViews *self, GTask *task, WdWorkerFunc func)
{
  wd_worker_thread_push (self->thread, task, func);
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

/* To the model. */
static gboolean
take (WdSavedViews *self, GTask *task, GError **error)
{
  Change *change = g_task_get_task_data (task);
  guint n_before = self->views->len;

  if (!g_task_propagate_boolean (task, error))
    return FALSE;
  if (change->views == NULL)
    return TRUE;
  g_ptr_array_unref (self->views);
  self->views = g_steal_pointer (&change->views);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->views->len);
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
