/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what somebody looks at. A page is asked for when the one before has come, and then whatever
 * is in sight by that time: a scrollbar that is dragged over a million rows does not leave a queue
 * of pages behind that nobody wants to see any more. */

#include "session/wd-paged-list-private.h"

#define FIRST_LIMIT   40
#define NEXT_LIMIT    200
/* Rows around those in sight that are read ahead: as many as a view may have made widgets for. */
#define PREFETCH      220
#define MORE_ROWS     50
#define BATCH_ROWS    16
/* A view keeps widgets for about so many rows. */
#define WIDGET_ROWS   256
/* Rows in memory, beside those in sight. */
#define ROWS_KEPT     6000
#define ROWS_AROUND   2000
/* Whoever has scrolled that far will go on, or jump. */
#define PASS_FROM     1000

static guint
get_known_rows (WdPagedList *self, guint *n_missing)
{
  guint n_items = wd_row_store_get_n_items (self->store);
  guint index;
  WdStretch gap;

  *n_missing = 0;
  if (!wd_row_store_find_gap (self->store, &index))
    return n_items;
  wd_row_store_get_stretch (self->store, index, &gap);
  *n_missing = gap.n_rows;
  return n_items - gap.n_rows;
}

/* Makes the gap as long as the total says, a few rows at a time while widgets are made for them. */
static gboolean
grow_cb (gpointer data)
{
  WdPagedList *self = data;
  guint n_missing, n_wanted, n_next;
  guint n_known = get_known_rows (self, &n_missing);

  n_wanted = wd_paged_list_reads_on (self)
               ? 1 : (guint) CLAMP (self->total - n_known, 1, WD_ROW_STORE_MAX);
  if (n_wanted > n_missing)
    n_next = n_known + n_missing < WIDGET_ROWS ? MIN (n_wanted, n_missing + BATCH_ROWS) : n_wanted;
  else
    n_next = MAX (n_wanted, n_missing - MIN (n_missing, BATCH_ROWS));
  wd_row_store_set_gap (self->store, n_next);
  if (n_next != n_wanted && wd_row_store_find_gap (self->store, &n_missing))
    return G_SOURCE_CONTINUE;
  self->grow_source = 0;
  wd_list_loader_plan (self);
  wd_paged_list_changed (self);
  return G_SOURCE_REMOVE;
}

static gboolean
tell_cb (gpointer data)
{
  WdPagedList *self = data;

  if (wd_row_store_tell (self->store, BATCH_ROWS))
    return G_SOURCE_CONTINUE;
  self->tell_source = 0;
  return G_SOURCE_REMOVE;
}

/* What is in sight is told at once, the rest a few rows at a time. */
void
wd_list_loader_tell (WdPagedList *self)
{
  for (guint i = 0; i <= self->n_visible; i++)
    {
      WdRow *row = wd_row_store_peek (self->store, self->first_visible + i);

      if (row != NULL)
        wd_row_tell (row);
    }
  if (self->tell_source == 0)
    self->tell_source = g_idle_add (tell_cb, self);
}

/* Puts a page in the place of everything, as the first one. */
void
wd_list_loader_show_first (WdPagedList *self, WdPage *page)
{
  wd_list_loader_stop (self);
  self->stale = FALSE;
  self->n_new = 0;
  self->n_new_or_more = FALSE;
  self->pass_wanted = FALSE;
  self->pass_limit = 0;
  self->asked = WD_PAGED_LIST_NOWHERE;
  self->n_ahead = 0;
  wd_paged_list_restarted (self);
  wd_row_store_begin (self->store, page->items, page->next_cursor);
  wd_row_store_tell (self->store, FIRST_LIMIT);
  wd_list_loader_tell (self);
  if (page->next_cursor != NULL)
    self->grow_source = g_idle_add (grow_cb, self);
  wd_list_loader_plan (self);
}

static void
first_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdListRequest) request = data;
  WdPagedList *self = request->self;
  g_autoptr (WdPage) page = wd_list_request_take (request, &self->first_request, result);

  if (page == NULL)
    return;
  if (page->total < 0)
    self->total = -1;
  self->is_forward = page->is_forward;
  wd_list_loader_show_first (self, page);
  wd_list_search_begin (self, page);
  wd_paged_list_changed (self);
}

/* A new query: what is under way for the old one is of no use any more. */
void
wd_list_loader_load_first (WdPagedList *self)
{
  WdListRequest *request = wd_list_request_new (self, NULL, NULL, FIRST_LIMIT);

  wd_list_request_cancel (&self->first_request);
  wd_list_request_cancel (&self->page_request);
  wd_list_request_cancel (&self->refresh_request);
  wd_list_request_cancel (&self->pass_request);
  wd_list_request_cancel (&self->count_request);
  self->stale = TRUE;
  self->seeking = FALSE;
  self->counted_at = 0;
  self->total_is_old = FALSE;
  request->page->with_total = TRUE;
  request->page->piecemeal = TRUE;
  wd_list_request_send (request, &self->first_request, first_cb);
}

/* Puts a page where it belongs. */
static void
take_page (WdPagedList *self, const WdListRequest *request, WdPage *page, guint index)
{
  const char *next_cursor = page->next_cursor;
  guint around = self->first_visible;
  WdStretch stretch;

  wd_row_store_get_stretch (self->store, index, &stretch);
  if (stretch.is_gap && page->items->len == 0 && next_cursor != NULL)
    {
      wd_row_store_skip (self->store, next_cursor);
      return;
    }
  if (stretch.is_gap)
    {
      index = request->page->backwards
                ? wd_row_store_carve_end (self->store, page->items->len, page->previous_cursor)
                : wd_row_store_carve (self->store, page->items->len, next_cursor);
      next_cursor = NULL;
    }
  wd_row_store_read (self->store, index, page->items, next_cursor, FALSE);
  wd_list_loader_tell (self);
  wd_row_store_evict (self->store, around - MIN (around, ROWS_AROUND),
                      around + self->n_visible + ROWS_AROUND, ROWS_KEPT);
}

/* A list that is only read on is counted by coming to its end. */
static void
count_at_end (WdPagedList *self, const WdPage *page)
{
  guint index;

  if (page->next_cursor != NULL || wd_row_store_find_gap (self->store, &index))
    return;
  self->total = wd_row_store_get_n_items (self->store);
  self->total_is_exact = TRUE;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdListRequest) request = data;
  WdPagedList *self = request->self;
  g_autoptr (WdPage) page = wd_list_request_take (request, &self->page_request, result);
  guint index = request->index;

  if (page == NULL)
    return;
  if (wd_row_store_find_bounds (self->store, request->page->cursor, request->page->until, &index))
    {
      take_page (self, request, page, index);
      if (self->is_forward)
        count_at_end (self, page);
      if (request->page->piecemeal)
        wd_list_search_note (self, page);
    }
  wd_list_loader_plan (self);
  wd_paged_list_changed (self);
}

static void
read_stretch (WdPagedList *self, guint index, const WdStretch *stretch, gboolean backwards)
{
  guint limit = stretch->is_gap ? NEXT_LIMIT
                                : CLAMP (stretch->n_rows + MORE_ROWS, 1, WD_PAGE_LIMIT_MAX);
  WdListRequest *request = wd_list_request_new (self, stretch->cursor, stretch->until, limit);

  request->index = index;
  request->page->backwards = backwards;
  if (self->is_search && stretch->is_gap)
    wd_list_search_prepare (self, request->page);
  wd_list_request_send (request, &self->page_request, page_cb);
}

/* Reads the part of the gap that @position is in, if one of its ends is near enough.
 * Returns: whether it was asked for */
static gboolean
read_gap (WdPagedList *self, guint index, const WdStretch *gap, guint position)
{
  if (self->is_search && self->search.is_stopped)
    return FALSE;
  if (position - gap->start < NEXT_LIMIT)
    read_stretch (self, index, gap, FALSE);
  else if (gap->start + gap->n_rows - position <= NEXT_LIMIT)
    read_stretch (self, index, gap, TRUE);
  else
    {
      self->pass_wanted = TRUE;
      return FALSE;
    }
  return TRUE;
}

/* Reads the first of the rows in a range that is not read yet.
 * Returns: whether any was asked for */
static gboolean
read_in_range (WdPagedList *self, guint first, guint end)
{
  guint n = wd_row_store_get_n_stretches (self->store);

  end = MIN (end, wd_row_store_get_n_items (self->store));
  for (guint i = wd_row_store_find_stretch (self->store, first); i < n; i++)
    {
      WdStretch stretch;

      wd_row_store_get_stretch (self->store, i, &stretch);
      if (stretch.start >= end)
        return FALSE;
      if (stretch.is_loaded || stretch.n_rows == 0)
        continue;
      if (!stretch.is_gap)
        {
          read_stretch (self, i, &stretch, FALSE);
          return TRUE;
        }
      if (read_gap (self, i, &stretch, MAX (stretch.start, first))
          || (stretch.start + stretch.n_rows >= end
              && read_gap (self, i, &stretch, MAX (stretch.start, end - 1))))
        return TRUE;
    }
  return FALSE;
}

static gboolean
plan_cb (gpointer data)
{
  WdPagedList *self = data;
  guint first = self->first_visible, end = first + self->n_visible + 1;
  guint index;

  self->plan_source = 0;
  if (self->stale || self->error != NULL)
    return G_SOURCE_REMOVE;
  wd_list_seek_go_on (self);
  if (first > PASS_FROM)
    self->pass_wanted = !wd_paged_list_reads_on (self);
  if (self->page_request == NULL && !read_in_range (self, first, end)
      && !read_in_range (self, first - MIN (first, PREFETCH), end + PREFETCH)
      && (self->asked == WD_PAGED_LIST_NOWHERE
          || !read_in_range (self, self->asked, self->asked + 1)))
    {
      self->asked = WD_PAGED_LIST_NOWHERE;
      if (self->n_ahead > 0)
        read_in_range (self, 0, self->n_ahead);
    }
  if (self->pass_wanted && !wd_paged_list_reads_on (self) && self->grow_source == 0
      && wd_row_store_find_gap (self->store, &index))
    wd_list_pass_begin (self);
  /* Whether it goes on searching is only known now. */
  if (self->is_search)
    wd_paged_list_changed (self);
  return G_SOURCE_REMOVE;
}

/* Sees to it that what is looked at is read, soon: the row that showed the need may be asked for
 * amid a layout. */
void
wd_list_loader_plan (WdPagedList *self)
{
  if (self->plan_source == 0)
    self->plan_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, plan_cb, self, NULL);
}

void
wd_list_loader_stop (WdPagedList *self)
{
  g_clear_handle_id (&self->plan_source, g_source_remove);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_handle_id (&self->grow_source, g_source_remove);
  wd_list_request_cancel (&self->first_request);
  wd_list_request_cancel (&self->page_request);
  wd_list_request_cancel (&self->refresh_request);
  wd_list_request_cancel (&self->pass_request);
  wd_list_request_cancel (&self->count_request);
}
