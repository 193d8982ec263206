/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The views somebody saved, in their order, as a list model over a key file beside that of the
 * connections. One thread reads and writes it, so that a home folder on a network stalls no window:
 * wd-saved-views-changes.c. */

#include "session/wd-saved-views-private.h"

struct _WdSavedViews {
  GObject parent_instance;

  char *path;                   /* (owned) */
  WdWorkerThread *thread;       /* (owned) */
  GPtrArray *views;             /* (owned) (element-type WdSavedView) */
};

static void wd_saved_views_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdSavedViews, wd_saved_views, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wd_saved_views_list_model_init))

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

/* What there is now; @views: (transfer full) (element-type WdSavedView) */
void
wd_saved_views_take (WdSavedViews *self, GPtrArray *views)
{
  guint n_before = self->views->len;

  g_ptr_array_unref (self->views);
  self->views = views;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, views->len);
}

/* For what is done with the file, in turn. */
void
wd_saved_views_push (WdSavedViews *self, GTask *task, WdWorkerFunc func)
{
  wd_worker_thread_push (self->thread, task, func);
}
