/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of a list whose rows have to be read to find those that match. Two ways compete: rows are
 * looked at in the order of the list, which fills a page at once where the text is common; or an
 * index finds all that match, which is quick where they are few. Nobody knows before which it is:
 * the planner guesses badly at texts. So they race, in turns on one connection rather than at the
 * same time on two (a pool has fifteen for everybody, and the server would do twice the work):
 * first the rows, for a moment, then the index, then the rows again, each time for longer. What the
 * rows gave is kept, so that no turn is lost, and the winner comes in after no more than about
 * three times what it alone would have taken, and a moment.
 *
 * Every statement has a timeout of its own, which the server keeps; that it ran out is no error but
 * the end of a turn. */

#include "postgres/wd-pg-list-private.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-cursor.h"

/* The turns. A page that may come in pieces ends after one of each. */
#define ROWS_MS       150
#define INDEX_MS      700
#define INDEX_MOST_MS 2800
#define PIECE_MS      400

/* A slice of rows, and how long it should take and may take. */
#define FIRST_ROWS    4000
#define LEAST_ROWS    250
#define MOST_ROWS     200000
#define SLICE_MS      60
#define SLICE_MOST_MS 2000

typedef enum {
  TURN_FAILED,
  TURN_FULL,                   /* the page is full, or the list ends here */
  TURN_OVER,                   /* there is more to look at */
} Turn;

typedef struct {
  WdPgList *list;
  WdPage *page;                /* (owned) */
  GPtrArray *last;             /* (owned) (nullable): keys of the last row that was looked at */
  guint limit;
  guint n_rows;                /* of the next slice */
} Search;

static void
clear_search (Search *self)
{
  g_clear_pointer (&self->page, wd_page_unref);
  g_clear_pointer (&self->last, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, clear_search)

static void
begin_search (Search *self, WdPgList *list)
{
  *self = (Search) { list, wd_page_new (), NULL,
                     CLAMP (list->request->limit, 1, WD_PAGE_LIMIT_MAX),
                     list->request->pace.n_rows > 0
                       ? CLAMP (list->request->pace.n_rows, LEAST_ROWS, MOST_ROWS)
                       : FIRST_ROWS };
  self->page->items = g_ptr_array_new_with_free_func (list->kind->free_row);
  self->page->total = self->page->n_to_search = -1;
  self->page->searched_to = WD_TIME_NONE;
  self->page->sorts = list->query->sorts;
  self->page->is_search = TRUE;
  self->page->pace = list->request->pace;
}

/* Runs one statement with a timeout of its own. Returns: (nullable): %NULL on an error, or, without
 * one, after the timeout */
static WdPgResult *
ask (WdPgList *list, const char *sql, WdPgParams *params, guint timeout_ms, gboolean by_index,
     GError **error)
{
  g_autoptr (WdPgParams) settings = wd_pg_params_new ();
  WdPgStatement statements[] = {
    { "SELECT pg_catalog.set_config('statement_timeout', $1, true),"
      " pg_catalog.set_config('jit', 'off', true),"
      " pg_catalog.set_config('enable_seqscan', $2, true)", settings },
    { sql, params },
  };
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) local = NULL;
  WdPgOutcome outcome;

  wd_pg_params_int (settings, timeout_ms);
  wd_pg_params_text (settings, by_index ? "off" : "on");
  if (!wd_pg_connection_begin (list->connection, TRUE, 0, list->deadline, list->cancellable, error))
    return NULL;
  results = wd_pg_connection_query_many (list->connection, statements, G_N_ELEMENTS (statements),
                                         list->deadline, list->cancellable, &local);
  if (results == NULL)
    {
      wd_pg_connection_rollback (list->connection);
      if (!g_error_matches (local, WD_ERROR, WD_ERROR_TIMED_OUT)
          || wd_deadline_left_ms (list->deadline) == 0)
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!wd_pg_connection_commit (list->connection, &outcome, list->deadline, list->cancellable,
                                error))
    return NULL;
  return g_ptr_array_steal_index (results, 1);
}

/* Steers towards slices that all take about as long. Returns: whether smaller ones are possible */
static gboolean
adapt (Search *self, gint64 began, gboolean timed_out)
{
  gint64 took = (g_get_monotonic_time () - began) / 1000;

  if (timed_out && self->n_rows == LEAST_ROWS)
    return FALSE;
  if (timed_out)
    self->n_rows = MAX (self->n_rows / 8, LEAST_ROWS);
  else if (took < SLICE_MS / 2)
    self->n_rows = MIN (self->n_rows * 3, MOST_ROWS);
  else if (took > 2 * SLICE_MS)
    self->n_rows = MAX (self->n_rows / 2, LEAST_ROWS);
  return TRUE;
}

static void
set_too_slow (GError **error)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_TIMED_OUT,
                       _("The database is too slow to search: it could not even look at a few "
                         "hundred rows in time"));
}

static void
note_place (Search *self, WdPgResult *result, guint row, guint column)
{
  if (self->list->request->sort == WD_SORT_CREATED)
    self->page->searched_to = wd_pg_result_time (result, row, column);
}

/* How far it was looked for a page that is full is only known once that is counted. */
static gboolean
count_passed (Search *self, WdPgResult *result, guint row, GError **error)
{
  g_autoptr (GPtrArray) until = wd_pg_list_copy_keys (self->list, result, row,
                                                      self->list->kind->n_columns);
  WdPgStretch passed = { self->list->stretch.after, until, FALSE };
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = wd_pg_list_query_scope_count (self->list->query, &passed, self->n_rows,
                                                       &params);
  g_autoptr (GError) local = NULL;
  g_autoptr (WdPgResult) count = ask (self->list, sql, params, SLICE_MOST_MS, FALSE, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (count != NULL)
    self->page->n_searched += wd_pg_result_int (count, 0, 0);
  return TRUE;
}

/* Takes the rows of a slice. */
static Turn
take_slice (Search *self, WdPgResult *result, GError **error)
{
  WdPgList *list = self->list;
  guint n_columns = list->kind->n_columns, n_keys = list->query->n_keys;
  guint last = G_MAXUINT, before = G_MAXUINT;

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      if (wd_pg_result_bool (result, row, n_columns + n_keys + 1))
        {
          last = row;
          continue;
        }
      if (wd_pg_result_bool (result, row, n_columns + n_keys))
        return TURN_FULL;
      if (self->page->items->len == self->limit)
        {
          /* One more than wanted: there is a next page, which begins behind the one before it. */
          self->page->next_cursor = wd_pg_list_make_cursor (list, result, before, n_columns);
          note_place (self, result, before, n_columns);
          return !list->request->piecemeal || count_passed (self, result, before, error)
                   ? TURN_FULL : TURN_FAILED;
        }
      g_ptr_array_add (self->page->items, list->kind->read_row (result, row));
      before = row;
    }
  if (last == G_MAXUINT || wd_pg_result_bool (result, last, n_columns + n_keys))
    return TURN_FULL;
  self->page->n_searched += self->n_rows;
  note_place (self, result, last, n_columns);
  g_clear_pointer (&self->last, g_ptr_array_unref);
  self->last = wd_pg_list_copy_keys (list, result, last, n_columns);
  list->stretch.after = self->last;
  if (self->page->items->len < self->limit)
    return TURN_OVER;
  /* Whether there is one more is left to who asks for the next page. */
  self->page->next_cursor = wd_pg_list_make_cursor (list, result, last, n_columns);
  return TURN_FULL;
}

/* Looks at rows in the order of the list for so long, but at some. */
static Turn
look_at_rows (Search *self, guint milliseconds, GError **error)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);
  Turn turn = TURN_OVER;

  while (turn == TURN_OVER && (self->last == NULL || g_get_monotonic_time () < end))
    {
      g_autoptr (WdPgParams) params = NULL;
      g_autoptr (WdPgResult) result = NULL;
      g_autoptr (GError) local = NULL;
      g_autofree char *sql = NULL;
      gint64 began = g_get_monotonic_time ();

      sql = wd_pg_list_query_slice (self->list->query, &self->list->stretch, self->n_rows,
                                    self->limit - self->page->items->len + 1,
                                    self->list->kind->n_columns, &params);
      result = ask (self->list, sql, params, SLICE_MOST_MS, FALSE, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return TURN_FAILED;
        }
      if (result != NULL)
        turn = take_slice (self, result, error);
      if (!adapt (self, began, result == NULL))
        {
          set_too_slow (error);
          return TURN_FAILED;
        }
    }
  return turn;
}

/* Takes what an index found, in place of what looking at the rows gave so far. */
static void
take_found (Search *self, WdPgResult *result)
{
  guint n_columns = self->list->kind->n_columns, n_keys = self->list->query->n_keys;
  guint row, n_rows = wd_pg_result_get_rows (result);

  g_ptr_array_set_size (self->page->items, 0);
  for (row = 0; row < n_rows && row < self->limit; row++)
    {
      if (wd_pg_result_bool (result, row, n_columns + n_keys))
        return;
      g_ptr_array_add (self->page->items, self->list->kind->read_row (result, row));
    }
  if (n_rows > 0 && !wd_pg_result_is_null (result, 0, n_columns + n_keys + 1)
      && self->list->request->until == NULL)
    {
      self->page->total = wd_pg_result_int (result, 0, n_columns + n_keys + 1);
      self->page->total_is_exact = TRUE;
    }
  if (row == n_rows || wd_pg_result_bool (result, row, n_columns + n_keys))
    return;
  self->page->next_cursor = wd_pg_list_make_cursor (self->list, result, row - 1, n_columns);
  note_place (self, result, row - 1, n_columns);
}

static Turn
ask_index (Search *self, const WdPgStretch *stretch, GError **error)
{
  WdPgList *list = self->list;
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = wd_pg_list_query_find (list->query, stretch, self->limit + 1, &params);
  g_autoptr (GError) local = NULL;
  guint timeout = self->page->pace.index_ms > 0 ? (guint) self->page->pace.index_ms : INDEX_MS;
  g_autoptr (WdPgResult) result = ask (list, sql, params, timeout, TRUE, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return TURN_FAILED;
    }
  self->page->pace.index_first = result != NULL;
  if (result != NULL)
    {
      take_found (self, result);
      return TURN_FULL;
    }
  self->page->pace.index_ms = timeout * 2 <= INDEX_MOST_MS ? (int) timeout * 2 : -1;
  return TURN_OVER;
}

/* How long rows are looked at before it is the index's turn: as long as it had the last time. */
static guint
get_rows_ms (Search *self)
{
  if (!self->list->query->trigrams || self->page->pace.index_ms < 0)
    return PIECE_MS;
  return self->page->pace.index_ms > 0 ? (guint) self->page->pace.index_ms / 2 : ROWS_MS;
}

/* Where the list begins now: what comes before that later is new. */
static gboolean
find_top (Search *self, GError **error)
{
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = wd_pg_list_query_scope_top (self->list->query, &params);
  g_autoptr (GError) local = NULL;
  g_autoptr (WdPgResult) result = ask (self->list, sql, params, SLICE_MOST_MS, FALSE, &local);

  if (result != NULL && wd_pg_result_get_rows (result) > 0)
    self->page->top_cursor = wd_pg_list_make_cursor (self->list, result, 0, 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wd_pg_search_run:
 * @list: a list that searches and has a scope; where it goes on afterwards, in its stretch
 * @error: as for wd_pg_list_run()
 *
 * Worker thread. Returns: (transfer full): a page, full or the last one unless the request takes it
 *   in pieces
 */
WdPage *
wd_pg_search_run (WdPgList *list, GError **error)
{
  WdPgStretch whole = list->stretch;
  g_auto (Search) self = { NULL };
  Turn turn = TURN_OVER;

  begin_search (&self, list);
  if (whole.after == NULL && list->request->piecemeal && !find_top (&self, error))
    return NULL;
  if (list->query->trigrams && list->request->pace.index_first)
    turn = ask_index (&self, &whole, error);
  while (turn == TURN_OVER)
    {
      turn = look_at_rows (&self, get_rows_ms (&self), error);
      if (turn == TURN_OVER && list->query->trigrams && self.page->pace.index_ms >= 0)
        turn = ask_index (&self, &whole, error);
      if (turn == TURN_OVER && list->request->piecemeal)
        {
          self.page->is_partial = TRUE;
          self.page->next_cursor = wd_pg_cursor_encode (list->fingerprint, self.last);
          break;
        }
    }
  if (turn == TURN_FAILED)
    return NULL;
  self.page->pace.n_rows = self.n_rows;
  if (self.page->next_cursor == NULL && whole.after == NULL && whole.until == NULL)
    {
      self.page->total = self.page->items->len;
      self.page->total_is_exact = TRUE;
    }
  return g_steal_pointer (&self.page);
}

/**
 * wd_pg_search_count:
 * @list: a list that searches and has a scope
 * @error: as for wd_pg_list_run()
 *
 * Worker thread. Counts rows that match, for a moment.
 *
 * Returns: (transfer full): a page without rows: how many match, and where to go on
 */
WdPage *
wd_pg_search_count (WdPgList *list, GError **error)
{
  g_auto (Search) self = { NULL };
  gint64 end = g_get_monotonic_time () + PIECE_MS * G_GINT64_CONSTANT (1000);

  begin_search (&self, list);
  do
    {
      g_autoptr (WdPgParams) params = NULL;
      g_autofree char *sql = wd_pg_list_query_slice_count (list->query, &list->stretch,
                                                           self.n_rows, &params);
      g_autoptr (GError) local = NULL;
      gint64 began = g_get_monotonic_time ();
      g_autoptr (WdPgResult) result = ask (list, sql, params, SLICE_MOST_MS, FALSE, &local);

      if (local != NULL || (result == NULL && !adapt (&self, began, TRUE)))
        {
          if (local == NULL)
            set_too_slow (&local);
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (result == NULL)
        continue;
      self.page->n_passed += wd_pg_result_int (result, 0, 0);
      if (wd_pg_result_is_null (result, 0, list->query->n_keys + 1)
          || wd_pg_result_bool (result, 0, list->query->n_keys + 1))
        return g_steal_pointer (&self.page);
      self.page->n_searched += self.n_rows;
      g_clear_pointer (&self.last, g_ptr_array_unref);
      self.last = wd_pg_list_copy_keys (list, result, 0, 1);
      list->stretch.after = self.last;
      adapt (&self, began, FALSE);
    }
  while (self.last == NULL || g_get_monotonic_time () < end);
  self.page->pace.n_rows = self.n_rows;
  self.page->next_cursor = wd_pg_cursor_encode (list->fingerprint, self.last);
  return g_steal_pointer (&self.page);
}
