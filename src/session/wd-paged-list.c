/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of any length, of which only what is looked at is read.
 *
 * It stands straight under the selection model: sorting and filtering are the backend's. It has as
 * many items as rows match, as far as that is known; those that are not read are placeholders,
 * filled in place. Several requests may be under way, each at most once: the first page of a
 * new query (which cancels all others; the rows of the old query stay until it answers), a page
 * that is looked at, the refresh, and two that pass over the whole list without reading it: one for
 * the keys of every so many rows, one to count them.
 *
 * New rows are put in at once while the viewport is at the top, else counted and announced. */

#include "session/wd-paged-list-private.h"

enum {
  SIGNAL_STATE_CHANGED,
  SIGNAL_RESTARTED,
  SIGNAL_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void wd_paged_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdPagedList, wd_paged_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wd_paged_list_model_init))

static GType
wd_paged_list_get_item_type (GListModel *model)
{
  return WD_TYPE_ROW;
}

static guint
wd_paged_list_get_n_items (GListModel *model)
{
  return wd_row_store_get_n_items (WD_PAGED_LIST (model)->store);
}

static gpointer
wd_paged_list_get_item (GListModel *model, guint position)
{
  WdPagedList *self = WD_PAGED_LIST (model);

  if (position < wd_row_store_get_n_items (self->store)
      && wd_row_store_peek (self->store, position) == NULL)
    {
      self->asked = position;
      wd_list_loader_plan (self);
    }
  return wd_row_store_get_item (self->store, position);
}

static void
wd_paged_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wd_paged_list_get_item_type;
  iface->get_n_items = wd_paged_list_get_n_items;
  iface->get_item = wd_paged_list_get_item;
}

static void
wd_paged_list_dispose (GObject *object)
{
  WdPagedList *self = WD_PAGED_LIST (object);

  wd_list_loader_stop (self);
  G_OBJECT_CLASS (wd_paged_list_parent_class)->dispose (object);
}

static void
wd_paged_list_finalize (GObject *object)
{
  WdPagedList *self = WD_PAGED_LIST (object);

  g_clear_pointer (&self->store, wd_row_store_free);
  g_free (self->search_top);
  if (self->filter != NULL)
    self->kind->free_filter (self->filter);
  g_clear_object (&self->backend);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wd_paged_list_parent_class)->finalize (object);
}

static void
wd_paged_list_class_init (WdPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_paged_list_dispose;
  object_class->finalize = wd_paged_list_finalize;

  /**
   * WdPagedList::state-changed:
   *
   * Anything but the rows: what is loading, the total, the error, the count of new rows.
   */
  signals[SIGNAL_STATE_CHANGED] =
    g_signal_new ("state-changed", WD_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * WdPagedList::restarted:
   *
   * The rows are about to serve for other records: whoever remembers one should forget it.
   */
  signals[SIGNAL_RESTARTED] =
    g_signal_new ("restarted", WD_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * WdPagedList::found:
   * @position: of the row that wd_paged_list_seek() looked for
   */
  signals[SIGNAL_FOUND] =
    g_signal_new ("found", WD_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
wd_paged_list_init (WdPagedList *self)
{
  self->sort = WD_SORT_CREATED;
  self->total = -1;
  self->read_at = WD_TIME_NONE;
  self->asked = WD_PAGED_LIST_NOWHERE;
}

void
wd_paged_list_restarted (WdPagedList *self)
{
  g_signal_emit (self, signals[SIGNAL_RESTARTED], 0);
}

void
wd_paged_list_found (WdPagedList *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_FOUND], 0, position);
}

void
wd_paged_list_changed (WdPagedList *self)
{
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

/**
 * wd_paged_list_new:
 * @kind: what to list
 * @backend: whom to ask
 *
 * Returns: (transfer full): an empty list, which asks for nothing until it is given a query
 */
WdPagedList *
wd_paged_list_new (const WdListKind *kind, WdBackend *backend)
{
  WdPagedList *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (WD_IS_BACKEND (backend), NULL);

  self = g_object_new (WD_TYPE_PAGED_LIST, NULL);
  self->kind = kind;
  self->backend = g_object_ref (backend);
  self->store = wd_row_store_new (G_LIST_MODEL (self), kind);
  return self;
}

/**
 * wd_paged_list_get_backend:
 * @self: a list
 *
 * Returns: (transfer none): whom it asks
 */
WdBackend *
wd_paged_list_get_backend (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), NULL);

  return self->backend;
}

/**
 * wd_paged_list_set_query:
 * @self: a list
 * @filter: a filter of the list's kind; copied
 * @sort: by what
 * @ascending: smallest first
 *
 * Asks for the first page. The rows of the query before stay until it is answered.
 */
void
wd_paged_list_set_query (WdPagedList *self, gconstpointer filter, WdSort sort, gboolean ascending)
{
  gpointer copy;

  g_return_if_fail (WD_IS_PAGED_LIST (self));
  g_return_if_fail (filter != NULL);

  copy = self->kind->copy_filter (filter);
  if (self->filter != NULL)
    self->kind->free_filter (self->filter);
  self->filter = copy;
  self->sort = sort;
  self->ascending = ascending;
  wd_paged_list_reload (self);
}

/**
 * wd_paged_list_get_filter:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the filter asked for, of the list's kind; %NULL before the
 *   first query
 */
gconstpointer
wd_paged_list_get_filter (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), NULL);

  return self->filter;
}

/**
 * wd_paged_list_get_sort:
 * @self: a list
 * @ascending: (out) (optional): else descending
 *
 * Returns: the order asked for
 */
WdSort
wd_paged_list_get_sort (WdPagedList *self, gboolean *ascending)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), WD_SORT_CREATED);

  if (ascending != NULL)
    *ascending = self->ascending;
  return self->sort;
}

/**
 * wd_paged_list_is_filtered:
 * @self: a list
 *
 * Returns: whether its filter may hide anything
 */
gboolean
wd_paged_list_is_filtered (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  return self->filter != NULL && !self->kind->is_empty_filter (self->filter);
}

/* What is asked for of “so long ago” is asked for as of now; until then nothing moves. */
static void
move_filter (WdPagedList *self)
{
  if (self->kind->set_now != NULL)
    self->kind->set_now (self->filter, wd_time_now ());
}

/**
 * wd_paged_list_reload:
 * @self: a list with a query
 *
 * Reads it again from its top, with what is new.
 */
void
wd_paged_list_reload (WdPagedList *self)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  if (self->filter == NULL)
    return;
  move_filter (self);
  wd_list_loader_load_first (self);
  wd_paged_list_changed (self);
}

/**
 * wd_paged_list_refresh:
 * @self: a list with a query
 *
 * Reads again what is in the viewport and at the top; does nothing while that is under way.
 */
void
wd_paged_list_refresh (WdPagedList *self)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  if (self->filter == NULL)
    return;
  if (!wd_paged_list_is_busy (self))
    move_filter (self);
  wd_list_refresh_begin (self);
}

/**
 * wd_paged_list_set_viewport:
 * @self: a list
 * @first: the first row in sight; at 0 new rows are put in as they come
 * @n_rows: how many are in sight
 */
void
wd_paged_list_set_viewport (WdPagedList *self, guint first, guint n_rows)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  if (self->first_visible == first && self->n_visible == n_rows)
    return;
  self->first_visible = first;
  self->n_visible = n_rows;
  wd_list_loader_plan (self);
}

/**
 * wd_paged_list_read_ahead:
 * @self: a list
 * @n_rows: how many of its first rows to read, looked at or not; a few thousand at most, for the
 *   list keeps no more in memory. 0: no more than what is looked at
 *
 * Each page that comes emits “state-changed”. A list that starts over forgets it.
 */
void
wd_paged_list_read_ahead (WdPagedList *self, guint n_rows)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  self->n_ahead = n_rows;
  if (n_rows == 0)
    return;
  self->search.is_stopped = FALSE;
  wd_list_loader_plan (self);
}
