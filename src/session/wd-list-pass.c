/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Passes over a list without reading its rows: to learn which keys stand in its gap, so that any
 * place in it can be read at once, and to count it. Both go in slices that take a fraction of a
 * second each: what was passed is of use already, and whoever waits for the same lane waits no
 * longer than that. */

#include "session/wd-paged-list-private.h"

#define FIRST_SLICE  10000
#define LAST_SLICE   1000000
#define SLICE_US     (150 * 1000)
/* Rows that are read at once after a jump; more, and fewer keys to remember, in a long list. */
#define STRIDE       200
#define LONG_STRIDE  400
#define LONG_LIST    2000000

static void send_slice (WdPagedList *self);

static void
adapt (WdPagedList *self, const WdListRequest *request)
{
  gint64 took = g_get_monotonic_time () - request->begun;

  if (took < SLICE_US / 2)
    self->pass_limit = MIN (self->pass_limit * 4, LAST_SLICE);
  else if (took > 2 * SLICE_US)
    self->pass_limit = MAX (self->pass_limit / 2, FIRST_SLICE);
}

static void
gap_closed (WdPagedList *self)
{
  gint64 n_items = wd_row_store_get_n_items (self->store);

  self->pass_wanted = FALSE;
  if (self->total_is_exact)
    return;
  self->total = n_items + self->n_new;
  self->total_is_exact = !self->n_new_or_more && n_items < WD_ROW_STORE_MAX;
  self->counted_at = g_get_monotonic_time ();
}

static void
slice_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdListRequest) request = data;
  WdPagedList *self = request->self;
  g_autoptr (WdPage) page = wd_list_request_take (request, &self->pass_request, result);
  guint index;
  WdStretch gap;

  if (page == NULL || !wd_row_store_find_gap (self->store, &index))
    return;
  adapt (self, request);
  wd_row_store_get_stretch (self->store, index, &gap);
  /* A page that was read meanwhile has moved the ends of the gap. */
  if (g_strcmp0 (gap.cursor, request->page->cursor) == 0
      && g_strcmp0 (gap.until, request->page->until) == 0)
    wd_row_store_divide (self->store, page->marks, page->mark_times, request->page->stride,
                         (guint) page->n_passed, page->next_cursor == NULL);
  if (wd_row_store_find_gap (self->store, &index))
    send_slice (self);
  else
    gap_closed (self);
  wd_list_loader_plan (self);
  wd_paged_list_changed (self);
}

static void
send_slice (WdPagedList *self)
{
  guint stride = self->total > LONG_LIST ? LONG_STRIDE : STRIDE;
  WdListRequest *request;
  guint index;
  WdStretch gap;

  if (!wd_row_store_find_gap (self->store, &index))
    return;
  wd_row_store_get_stretch (self->store, index, &gap);
  request = wd_list_request_new (self, gap.cursor, gap.until, self->pass_limit);
  request->page->stride = stride;
  wd_list_request_send (request, &self->pass_request, slice_cb);
}

/* Begins to look into the gap, unless that is under way. */
void
wd_list_pass_begin (WdPagedList *self)
{
  if (self->pass_request != NULL)
    return;
  if (self->pass_limit == 0)
    self->pass_limit = FIRST_SLICE;
  send_slice (self);
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdListRequest) request = data;
  WdPagedList *self = request->self;
  g_autoptr (WdPage) page = wd_list_request_take (request, &self->count_request, result);
  WdListRequest *next;

  if (page == NULL)
    return;
  self->n_counted += page->n_passed;
  if (page->next_cursor != NULL)
    {
      next = wd_list_request_new (self, page->next_cursor, NULL, LAST_SLICE / 4);
      next->page->stride = LAST_SLICE / 4;
      next->page->piecemeal = self->is_search;
      next->page->pace = page->pace;
      wd_list_request_send (next, &self->count_request, count_cb);
    }
  else
    {
      self->total = self->n_counted;
      self->total_is_exact = TRUE;
      self->counted_at = g_get_monotonic_time ();
    }
  wd_paged_list_changed (self);
}

/**
 * wd_paged_list_count:
 * @self: a list with a query
 *
 * Counts its rows one by one, which may take a while; `state-changed` tells how far it is.
 */
void
wd_paged_list_count (WdPagedList *self)
{
  WdListRequest *request;

  g_return_if_fail (WD_IS_PAGED_LIST (self));

  if (self->filter == NULL || self->count_request != NULL)
    return;
  self->n_counted = 0;
  request = wd_list_request_new (self, NULL, NULL, FIRST_SLICE);
  request->page->stride = FIRST_SLICE;
  request->page->piecemeal = self->is_search;
  wd_list_request_send (request, &self->count_request, count_cb);
  wd_paged_list_changed (self);
}

/**
 * wd_paged_list_stop_counting:
 * @self: a list
 *
 * Counts no further, on the server neither. The estimate stays.
 */
void
wd_paged_list_stop_counting (WdPagedList *self)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  wd_list_request_cancel (&self->count_request);
  wd_paged_list_changed (self);
}

/**
 * wd_paged_list_is_counting:
 * @self: a list
 * @n_counted: (out): how many rows were counted so far
 *
 * Returns: whether it is being counted
 */
gboolean
wd_paged_list_is_counting (WdPagedList *self, gint64 *n_counted)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  *n_counted = self->n_counted;
  return self->count_request != NULL;
}
