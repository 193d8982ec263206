/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests of a #WdPagedList: what is asked when, and where the answers go. */

#include "session/wd-paged-list-private.h"

#define FIRST_LIMIT        50
#define NEXT_LIMIT         200
#define N_PLACEHOLDERS     20
#define BATCH_ROWS         16
/* About a screen: what comes at once, before the first frame. */
#define FIRST_ROWS         32
/* Counting may be slow: a total is asked for again once this many times its cost has passed. */
#define TOTAL_COST_FACTOR  50

/* One request: what was asked, for the answer. */
typedef struct {
  WdPagedList *self;             /* (owned) */
  GCancellable *cancellable;     /* (owned) */
  char *cursor;                  /* (owned) (nullable) */
  guint page;
  gboolean was_last;             /* a refresh of the page that ends the list */
  gboolean with_total;
  gint64 begun;
} Request;

static Request *
request_new (WdPagedList *self, const char *cursor, guint page)
{
  Request *request = g_new0 (Request, 1);

  request->self = g_object_ref (self);
  request->cancellable = g_cancellable_new ();
  request->cursor = g_strdup (cursor);
  request->page = page;
  request->begun = g_get_monotonic_time ();
  return request;
}

static void
request_free (Request *request)
{
  g_object_unref (request->self);
  g_object_unref (request->cancellable);
  g_free (request->cursor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
request_send (Request *request, guint limit, GAsyncReadyCallback callback)
{
  WdPagedList *self = request->self;
  g_autoptr (WdPageRequest) page = wd_page_request_new ();

  page->sort = self->sort;
  page->ascending = self->ascending;
  page->limit = limit;
  page->cursor = g_strdup (request->cursor);
  page->with_total = request->with_total;
  self->kind->load (self->backend, self->filter, page, request->cancellable, callback, request);
}

static void
cancel (GCancellable **request)
{
  if (*request != NULL)
    g_cancellable_cancel (*request);
  g_clear_object (request);
}

/* Returns: whether the answer is to be used; a cancelled one is not even looked at. */
static WdPage *
take_answer (Request *request, GCancellable **slot, GAsyncResult *result)
{
  WdPagedList *self = request->self;
  g_autoptr (GError) error = NULL;
  WdPage *page = self->kind->finish (self->backend, result, &error);

  if (*slot != request->cancellable)
    {
      wd_page_unref (page);
      return NULL;
    }
  g_clear_object (slot);
  g_clear_error (&self->error);
  if (page == NULL)
    {
      self->error = g_steal_pointer (&error);
      wd_paged_list_changed (self);
      return NULL;
    }
  self->read_at = wd_time_now ();
  if (page->total >= 0)
    {
      self->total = page->total;
      self->total_is_exact = page->total_is_exact;
      self->total_at = g_get_monotonic_time ();
      self->total_cost = self->total_at - request->begun;
    }
  return page;
}

/* Many below a short list, so that a view gets its widgets once; a few below a long one. */
static guint
count_placeholders (WdPagedList *self)
{
  gint64 n_loaded = wd_row_store_get_n_loaded (self->store);
  gint64 n_wanted = MAX (N_PLACEHOLDERS, FIRST_LIMIT + NEXT_LIMIT - n_loaded);

  if (self->next_cursor == NULL)
    return 0;
  if (self->total_is_exact && self->total > n_loaded)
    return (guint) MIN (n_wanted, self->total - n_loaded);
  return (guint) n_wanted;
}

static gboolean
settle_cb (gpointer data)
{
  WdPagedList *self = data;
  guint n_now = wd_row_store_get_n_placeholders (self->store);
  guint n_wanted = count_placeholders (self);
  guint n_next = n_wanted > n_now ? MIN (n_wanted, n_now + BATCH_ROWS)
                                  : MAX (n_wanted, n_now - MIN (n_now, BATCH_ROWS));

  wd_row_store_set_placeholders (self->store, n_next);
  if (n_next != n_wanted)
    return G_SOURCE_CONTINUE;
  self->settle_source = 0;
  return G_SOURCE_REMOVE;
}

/* Brings the placeholders to the number wanted, a few at a time. */
static void
settle (WdPagedList *self)
{
  if (self->settle_source == 0
      && wd_row_store_get_n_placeholders (self->store) != count_placeholders (self))
    self->settle_source = g_idle_add (settle_cb, self);
}

static gboolean load_next_cb (gpointer data);

/* Asks for the next page soon: the row that showed the need may be asked for amid a layout. */
void
wd_list_loader_want_next (WdPagedList *self)
{
  if (self->next_cursor != NULL && !self->stale && self->next_request == NULL
      && self->arriving == NULL && self->next_source == 0)
    self->next_source = g_idle_add (load_next_cb, self);
}

static gboolean
arrive_cb (gpointer data)
{
  WdPagedList *self = data;
  guint n = MIN (BATCH_ROWS, self->arriving->items->len - self->n_arrived);

  wd_row_store_append (self->store, self->arriving->items, self->n_arrived, n);
  self->n_arrived += n;
  if (self->n_arrived < self->arriving->items->len)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->arriving, wd_page_unref);
  self->arrive_source = 0;
  settle (self);
  if (self->first_visible + self->n_visible + WD_PAGED_LIST_PREFETCH
      > wd_row_store_get_n_loaded (self->store))
    wd_list_loader_want_next (self);
  wd_paged_list_changed (self);
  return G_SOURCE_REMOVE;
}

/* Begins to put in @page, of which the first @n_arrived rows are in already. */
static void
arrive (WdPagedList *self, WdPage *page, guint n_arrived)
{
  g_free (self->next_cursor);
  self->next_cursor = g_strdup (page->next_cursor);
  self->arriving = wd_page_ref (page);
  self->n_arrived = n_arrived;
  if (arrive_cb (self) == G_SOURCE_CONTINUE)
    self->arrive_source = g_idle_add (arrive_cb, self);
}

static void
stop_arriving (WdPagedList *self)
{
  g_clear_handle_id (&self->arrive_source, g_source_remove);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_handle_id (&self->next_source, g_source_remove);
  g_clear_pointer (&self->arriving, wd_page_unref);
}

static void
show_first (WdPagedList *self, WdPage *page)
{
  stop_arriving (self);
  cancel (&self->next_request);
  self->stale = FALSE;
  self->n_new = 0;
  self->n_new_or_more = FALSE;
  wd_paged_list_restarted (self);
  wd_row_store_begin (self->store, page->items, MIN (page->items->len, FIRST_ROWS));
  arrive (self, page, MIN (page->items->len, FIRST_ROWS));
}

static void
first_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Request) request = data;
  g_autoptr (WdPage) page = take_answer (request, &request->self->first_request, result);

  if (page == NULL)
    return;
  if (page->total < 0)
    request->self->total = -1;
  show_first (request->self, page);
  wd_paged_list_changed (request->self);
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Request) request = data;
  g_autoptr (WdPage) page = take_answer (request, &request->self->next_request, result);

  if (page == NULL)
    return;
  wd_row_store_begin_page (request->self->store, request->cursor);
  arrive (request->self, page, 0);
  wd_paged_list_changed (request->self);
}

static gboolean
load_next_cb (gpointer data)
{
  WdPagedList *self = data;
  guint n_loaded = wd_row_store_get_n_loaded (self->store);
  Request *request = request_new (self, self->next_cursor, 0);

  self->next_source = 0;
  self->next_request = g_object_ref (request->cancellable);
  request_send (request, CLAMP (n_loaded, NEXT_LIMIT, WD_PAGE_LIMIT_MAX), next_cb);
  return G_SOURCE_REMOVE;
}

/* A list whose only page was just read to its end is counted by that, however long ago it was
 * asked how many there are. */
static void
count_only_page (WdPagedList *self, const Request *request, const WdPage *page)
{
  if (request->page != 0 || request->cursor != NULL || page->next_cursor != NULL)
    return;
  self->total = page->items->len;
  self->total_is_exact = TRUE;
}

static void refresh_page (WdPagedList *self, guint page);

static void
refresh_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Request) request = data;
  WdPagedList *self = request->self;
  g_autoptr (WdPage) page = take_answer (request, &self->refresh_request, result);
  gboolean at_top = self->first_visible == 0;
  WdMergeResult merged;
  guint next, last;

  /* What is just being put in changes the end of the list: the next refresh will do. */
  if (page == NULL || self->arriving != NULL || self->stale)
    return;
  merged = wd_row_store_merge (self->store, request->page, page->items, page->next_cursor == NULL,
                               at_top || request->was_last);
  count_only_page (self, request, page);
  if (request->page == 0)
    {
      if (merged.apart && at_top)
        {
          show_first (self, page);
          wd_paged_list_changed (self);
          return;
        }
      self->n_new = merged.n_unknown;
      self->n_new_or_more = merged.apart;
    }
  if (request->was_last || (page->next_cursor == NULL && merged.n_unknown == 0))
    {
      cancel (&self->next_request);
      g_free (self->next_cursor);
      self->next_cursor = g_strdup (page->next_cursor);
    }
  settle (self);

  last = wd_row_store_find_page (self->store, self->first_visible + self->n_visible);
  next = MAX (request->page + 1, wd_row_store_find_page (self->store, self->first_visible));
  if (next <= last && next < wd_row_store_get_n_pages (self->store))
    refresh_page (self, next);
  else if (self->first_visible + self->n_visible >= wd_row_store_get_n_loaded (self->store))
    wd_list_loader_want_next (self);
  wd_paged_list_changed (self);
}

static void
refresh_page (WdPagedList *self, guint page)
{
  const char *cursor;
  guint n_rows;
  Request *request;

  wd_row_store_get_page (self->store, page, &cursor, &n_rows);
  request = request_new (self, cursor, page);
  request->with_total = page == 0
                        && request->begun - self->total_at > TOTAL_COST_FACTOR * self->total_cost;
  request->was_last = self->next_cursor == NULL
                      && page + 1 == wd_row_store_get_n_pages (self->store);
  self->refresh_request = g_object_ref (request->cancellable);
  request_send (request, CLAMP (n_rows + (request->was_last ? FIRST_LIMIT : 0), FIRST_LIMIT,
                                WD_PAGE_LIMIT_MAX),
                refresh_cb);
}

/* A new query: what is under way for the old one is of no use any more. */
void
wd_list_loader_load_first (WdPagedList *self)
{
  Request *request = request_new (self, NULL, 0);

  cancel (&self->first_request);
  cancel (&self->next_request);
  cancel (&self->refresh_request);
  g_clear_handle_id (&self->next_source, g_source_remove);
  self->stale = TRUE;
  request->with_total = TRUE;
  self->first_request = g_object_ref (request->cancellable);
  request_send (request, FIRST_LIMIT, first_cb);
}

void
wd_list_loader_refresh (WdPagedList *self)
{
  if (self->first_request != NULL || self->refresh_request != NULL || self->arriving != NULL)
    return;
  if (self->stale)
    wd_list_loader_load_first (self);
  else
    refresh_page (self, 0);
}

void
wd_list_loader_stop (WdPagedList *self)
{
  stop_arriving (self);
  cancel (&self->first_request);
  cancel (&self->next_request);
  cancel (&self->refresh_request);
}
