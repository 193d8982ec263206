/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads again what is shown: the top of the list, where new rows come in, then the blocks in sight,
 * one after the other. Who looks at the top gets new rows there at once; who reads further down is
 * told how many there are. */

#include "session/wd-paged-list-private.h"

#define NEW_ROWS           100
#define MORE_ROWS          50
#define TOP_ROWS           200
/* Counting may be slow: a total is asked for again once this many times its cost has passed. */
#define TOTAL_COST_FACTOR  50

static void refresh_next (WdPagedList *self, guint index);

static gboolean
any_known (WdPagedList *self, GPtrArray *records)
{
  guint position;

  for (guint i = 0; i < records->len; i++)
    if (wd_row_store_find (self->store, self->kind->get_id (records->pdata[i]), &position))
      return TRUE;
  return FALSE;
}

/* A list that was just read from its top to its end is counted by that, however long ago it was
 * asked how many there are. */
static void
count_short_list (WdPagedList *self, const WdListRequest *request, const WdPage *page)
{
  if (request->page->until != NULL || page->next_cursor != NULL || page->previous_cursor != NULL)
    return;
  self->total = page->items->len;
  self->total_is_exact = TRUE;
}

/* So is one all of whose blocks are in sight, and were just read. */
static void
count_blocks_in_sight (WdPagedList *self)
{
  guint n = wd_row_store_get_n_stretches (self->store), gap;
  WdStretch last;

  if (n == 0 || self->is_search || self->first_visible > 0 || self->n_new > 0
      || wd_row_store_find_gap (self->store, &gap)
      || wd_row_store_get_n_loaded (self->store) < wd_row_store_get_n_items (self->store))
    return;
  wd_row_store_get_stretch (self->store, n - 1, &last);
  if (last.start > self->n_visible)
    return;
  self->total = wd_row_store_get_n_items (self->store);
  self->total_is_exact = TRUE;
}

static void
top_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdListRequest) request = data;
  WdPagedList *self = request->self;
  g_autoptr (WdPage) page = wd_list_request_take (request, &self->refresh_request, result);
  gboolean leave_new = request->page->backwards;
  guint index = 0;

  if (page == NULL || self->stale)
    return;
  if (wd_row_store_find_bounds (self->store, NULL, request->page->until, &index))
    {
      count_short_list (self, request, page);
      if (page->next_cursor != NULL && !any_known (self, page->items))
        {
          wd_list_loader_show_first (self, page);
          wd_paged_list_changed (self);
          return;
        }
      self->n_new = wd_row_store_read (self->store, index, page->items, page->next_cursor,
                                       leave_new);
      self->n_new_or_more = self->n_new > 0 && page->previous_cursor != NULL;
      wd_list_loader_tell (self);
    }
  refresh_next (self, 1);
}

static void
stretch_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdListRequest) request = data;
  WdPagedList *self = request->self;
  g_autoptr (WdPage) page = wd_list_request_take (request, &self->refresh_request, result);
  guint index = request->index;

  if (page == NULL || self->stale)
    return;
  if (wd_row_store_find_bounds (self->store, request->page->cursor, request->page->until, &index))
    {
      wd_row_store_read (self->store, index, page->items, page->next_cursor, FALSE);
      wd_list_loader_tell (self);
    }
  refresh_next (self, index + 1);
}

/* Goes on with the next block in sight. */
static void
refresh_next (WdPagedList *self, guint index)
{
  guint n = wd_row_store_get_n_stretches (self->store);

  for (guint i = MAX (index, wd_row_store_find_stretch (self->store, self->first_visible)); i < n;
       i++)
    {
      WdListRequest *request;
      WdStretch stretch;

      wd_row_store_get_stretch (self->store, i, &stretch);
      if (stretch.start > self->first_visible + self->n_visible)
        break;
      if (!stretch.is_loaded)
        continue;
      request = wd_list_request_new (self, stretch.cursor, stretch.until,
                                     MIN (stretch.n_rows + MORE_ROWS, WD_PAGE_LIMIT_MAX));
      request->index = i;
      if (self->is_search)
        wd_list_search_set_known (self, &stretch, request->page);
      wd_list_request_send (request, &self->refresh_request, stretch_cb);
      return;
    }
  count_blocks_in_sight (self);
  wd_list_loader_plan (self);
  wd_paged_list_changed (self);
}

static void
new_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdListRequest) request = data;
  WdPagedList *self = request->self;
  g_autoptr (WdPage) page = wd_list_request_take (request, &self->refresh_request, result);

  if (page == NULL || self->stale)
    return;
  if (wd_list_search_take_new (self, page))
    wd_list_loader_load_first (self);
  else
    refresh_next (self, 0);
  wd_paged_list_changed (self);
}

/* New rows come in at the top of a list from new to old, and only there can they be told from
 * those that were not looked at yet. */
static void
refresh_search (WdPagedList *self)
{
  WdListRequest *request;

  if (self->search_top == NULL || self->sort != WD_SORT_CREATED || self->ascending)
    {
      refresh_next (self, 0);
      return;
    }
  request = wd_list_request_new (self, NULL, self->search_top, NEW_ROWS);
  wd_list_search_prepare (self, request->page);
  request->page->pace.index_ms = -1;
  request->page->pace.index_first = FALSE;
  wd_list_request_send (request, &self->refresh_request, new_cb);
}

static gboolean
is_total_due (WdPagedList *self)
{
  return g_get_monotonic_time () - self->total_at > TOTAL_COST_FACTOR * self->total_cost;
}

/* New rows are read together with the first block: up to where it ends, backwards. At the top a
 * block that has grown is cut. */
void
wd_list_refresh_begin (WdPagedList *self)
{
  WdListRequest *request;
  WdStretch top;

  if (self->first_request != NULL || self->refresh_request != NULL)
    return;
  if (self->stale)
    {
      wd_list_loader_load_first (self);
      return;
    }
  if (self->is_search)
    {
      refresh_search (self);
      return;
    }
  wd_row_store_get_stretch (self->store, 0, &top);
  if (self->first_visible > 0 && top.n_rows > 0)
    {
      request = wd_list_request_new (self, NULL, top.until,
                                     MIN (top.n_rows + NEW_ROWS, WD_PAGE_LIMIT_MAX));
      request->page->backwards = TRUE;
    }
  else
    request = wd_list_request_new (self, NULL, top.until,
                                   top.n_rows > 2 * TOP_ROWS ? TOP_ROWS : top.n_rows + MORE_ROWS);
  request->page->with_total = is_total_due (self);
  self->total_is_old = !request->page->with_total;
  wd_list_request_send (request, &self->refresh_request, top_cb);
}

/**
 * wd_paged_list_take_new:
 * @self: a list whose viewport goes to its top
 *
 * Puts in the rows that were announced. All others stay the items they are, so that what is
 * selected stays selected; only where so many are new that the old top is none of the first page,
 * and in a search, the list starts over.
 */
void
wd_paged_list_take_new (WdPagedList *self)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  if (self->filter == NULL)
    return;
  if (self->is_search || self->stale || self->first_request != NULL)
    {
      wd_paged_list_reload (self);
      return;
    }
  self->first_visible = 0;
  /* It may be one that leaves them where they are. */
  wd_list_request_cancel (&self->refresh_request);
  wd_list_refresh_begin (self);
}

/**
 * wd_paged_list_catch_up:
 * @self: a list
 *
 * Reads again what is shown where that was done without asking how many rows there are, which took
 * too long to do so again at once, and may be asked by now. To be called every second or so: the
 * last of many changes may be the one that left it out.
 */
void
wd_paged_list_catch_up (WdPagedList *self)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  if (self->filter != NULL && self->total_is_old && is_total_due (self))
    wd_paged_list_refresh (self);
}
