/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-list-private.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-cursor.h"
#include "postgres/wd-pg-plan.h"

/* A total is worth that much waiting; then the planner's guess has to do. */
#define COUNT_MS 1500
/* Whether rows may be sorted is worth more, since there is no page without it. */
#define SORT_MS 4000

static WdPgResult *
ask (WdPgList *list, const char *sql, gint64 deadline, GError **error)
{
  return wd_pg_connection_query (list->connection, sql, list->query->params, deadline,
                                 list->cancellable, error);
}

/* Counts at most @most rows and one; -1 on an error. */
static gint64
count_at_most (WdPgList *list, guint most, gint64 deadline, GError **error)
{
  g_autofree char *sql = wd_pg_list_query_count (list->query, most + 1);
  g_autoptr (WdPgResult) result = ask (list, sql, deadline, error);

  return result != NULL ? wd_pg_result_int (result, 0, 0) : -1;
}

static gint64
estimate (WdPgList *list, GError **error)
{
  g_autofree char *sql = wd_pg_list_query_explain (list->query);
  g_autoptr (WdPgResult) result = ask (list, sql, list->deadline, error);

  return result != NULL ? wd_pg_plan_rows (result) : -1;
}

/* A page whose total could not be had in time is still a page. */
static gboolean
add_total (WdPgList *list, WdPage *page, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 at_least = MAX (page->items->len, 1) + (page->next_cursor != NULL);

  page->total = count_at_most (list, WD_PG_LIST_COUNT_MAX,
                               MIN (list->deadline, wd_deadline_in (COUNT_MS)), &local);
  page->total_is_exact = page->total >= 0 && page->total <= WD_PG_LIST_COUNT_MAX;
  if (page->total_is_exact)
    return TRUE;
  if (page->total > 0)
    at_least = page->total;
  if (local == NULL || g_error_matches (local, WD_ERROR, WD_ERROR_TIMED_OUT))
    {
      g_clear_error (&local);
      page->total = MAX (estimate (list, &local), at_least);
    }
  if (local == NULL || g_error_matches (local, WD_ERROR, WD_ERROR_TIMED_OUT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Finds out whether so few rows match that they may be sorted without an index. */
static gboolean
check_size (WdPgList *list, gint64 *total, GError **error)
{
  g_autoptr (WdPgResult) result = NULL;
  g_autoptr (GError) local = NULL;

  if (list->total != NULL)
    {
      result = wd_pg_connection_query (list->connection, list->total->sql, list->total->params,
                                       list->deadline, list->cancellable, error);
      *total = result != NULL ? wd_pg_result_int (result, 0, 0) : -1;
    }
  else
    *total = count_at_most (list, WD_PAGE_SORT_MAX, MIN (list->deadline, wd_deadline_in (SORT_MS)),
                            &local);
  if (g_error_matches (local, WD_ERROR, WD_ERROR_TIMED_OUT))
    g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                 _("How many rows match could not be found out in time, and no index sorts them "
                   "by this column: filter further, or sort by the time of creation"));
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  if (*total > WD_PAGE_SORT_MAX)
    g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                 _("More than %d rows match, and no index sorts them by this column: filter "
                   "further, or sort by the time of creation"), WD_PAGE_SORT_MAX);
  return *total >= 0 && *total <= WD_PAGE_SORT_MAX;
}

/* Returns: (transfer full): where @row of a result stands, whose keys begin at @column */
char *
wd_pg_list_make_cursor (WdPgList *list, WdPgResult *result, guint row, guint column)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < list->query->n_keys; i++)
    g_ptr_array_add (keys, (char *) wd_pg_result_text (result, row, column + i));
  return wd_pg_cursor_encode (list->fingerprint, keys);
}

/* One row more than wanted was asked for: it says whether there is a next page. */
static WdPage *
read_page (WdPgList *list, WdPgResult *result, guint limit)
{
  WdPage *page = wd_page_new ();
  guint n_columns = list->kind->n_columns, n_rows = 0, n_read;
  gboolean backwards = list->stretch.backwards;

  while (n_rows < wd_pg_result_get_rows (result)
         && !wd_pg_result_bool (result, n_rows, n_columns + list->query->n_keys))
    n_rows++;
  n_read = MIN (n_rows, limit);
  page->items = g_ptr_array_new_full (n_read, list->kind->free_row);
  page->total = page->n_to_search = -1;
  page->searched_to = WD_TIME_NONE;
  page->sorts = list->query->sorts;
  for (guint row = 0; row < n_read; row++)
    g_ptr_array_add (page->items,
                     list->kind->read_row (result, backwards ? n_read - 1 - row : row));
  if (n_rows > limit && backwards)
    page->previous_cursor = wd_pg_list_make_cursor (list, result, limit, n_columns);
  else if (n_rows > limit)
    page->next_cursor = wd_pg_list_make_cursor (list, result, limit - 1, n_columns);
  return page;
}

static void
add_mark (WdPgList *list, WdPage *page, WdPgResult *result, guint row)
{
  WdTime time = page->mark_times != NULL ? wd_pg_result_time (result, row, 0) : WD_TIME_NONE;

  g_ptr_array_add (page->marks, wd_pg_list_make_cursor (list, result, row, 0));
  if (page->mark_times != NULL)
    g_array_append_val (page->mark_times, time);
}

/* Returns: (transfer full): the keys themselves */
GPtrArray *
wd_pg_list_copy_keys (WdPgList *list, WdPgResult *result, guint row, guint column)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < list->query->n_keys; i++)
    g_ptr_array_add (keys, g_strdup (wd_pg_result_text (result, row, column + i)));
  return keys;
}

/* Skips from mark to mark where an index allows it, and goes on behind the last one.
 * Returns: whether more marks may follow; -1 on an error */
static int
skip (WdPgList *list, WdPage *page, guint n_marks, GPtrArray **last, GError **error)
{
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = wd_pg_list_query_skip (list->query, &list->stretch, list->request->stride,
                                                n_marks, &params);
  g_autoptr (WdPgResult) result = NULL;
  guint n_rows;

  if (sql == NULL)
    return FALSE;
  result = wd_pg_connection_query (list->connection, sql, params, list->deadline,
                                   list->cancellable, error);
  if (result == NULL)
    return -1;
  n_rows = wd_pg_result_get_rows (result);
  for (guint row = 0; row < n_rows; row++)
    add_mark (list, page, result, row);
  page->n_passed = (gint64) n_rows * list->request->stride;
  if (n_rows > 0)
    {
      *last = wd_pg_list_copy_keys (list, result, n_rows - 1, 0);
      list->stretch.after = *last;
    }
  return n_rows == n_marks;
}

/* Numbers rows, @limit of them at most. */
static gboolean
number (WdPgList *list, WdPage *page, guint limit, GError **error)
{
  guint n_keys = list->query->n_keys, stride = list->request->stride;
  gint64 before = page->n_passed;
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = wd_pg_list_query_marks (list->query, &list->stretch, stride, limit,
                                                 &params);
  g_autoptr (WdPgResult) result = wd_pg_connection_query (list->connection, sql, params,
                                                          list->deadline, list->cancellable, error);

  if (result == NULL)
    return FALSE;
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      gint64 n = wd_pg_result_int (result, row, n_keys);

      page->n_passed = before + n;
      if (n % stride == 0)
        add_mark (list, page, result, row);
      if (n == (gint64) limit)
        page->next_cursor = wd_pg_list_make_cursor (list, result, row, 0);
    }
  return TRUE;
}

/* No rows, only where they stand. */
static WdPage *
fetch_marks (WdPgList *list, GError **error)
{
  const WdPageRequest *request = list->request;
  guint limit = MAX (request->limit, 1);
  g_autoptr (WdPage) page = wd_page_new ();
  g_autoptr (GPtrArray) last = NULL;
  int more;

  page->total = -1;
  page->items = g_ptr_array_new ();
  page->marks = g_ptr_array_new_with_free_func (g_free);
  if (request->sort == WD_SORT_CREATED)
    page->mark_times = g_array_new (FALSE, FALSE, sizeof (WdTime));
  more = limit >= request->stride ? skip (list, page, limit / request->stride, &last, error)
                                  : FALSE;
  if (more < 0)
    return NULL;
  if (more)
    page->next_cursor = g_strdup (page->marks->pdata[page->marks->len - 1]);
  else if (!number (list, page, last != NULL ? request->stride : limit, error))
    return NULL;
  return g_steal_pointer (&page);
}

static WdPage *
fetch (WdPgList *list, gint64 known_total, GError **error)
{
  const WdPageRequest *request = list->request;
  guint limit = CLAMP (request->limit, 1, WD_PAGE_LIMIT_MAX);
  gboolean ask_total = request->with_total && known_total < 0 && list->total != NULL;
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = wd_pg_list_query_page (list->query, &list->stretch, limit + 1, &params);
  WdPgStatement statements[2] = { { sql, params } };
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (WdPage) page = NULL;

  /* By its values the server chooses the index. */
  statements[0].one_plan = wd_pg_params_get_length (params) == 0;
  if (ask_total)
    statements[1] = *list->total;
  results = wd_pg_connection_query_many (list->connection, statements, ask_total ? 2 : 1,
                                         list->deadline, list->cancellable, error);
  if (results == NULL)
    return NULL;
  page = read_page (list, g_ptr_array_index (results, 0), limit);
  if (!request->with_total)
    return g_steal_pointer (&page);

  page->total_is_exact = TRUE;
  if (ask_total)
    page->total = wd_pg_result_int (g_ptr_array_index (results, 1), 0, 0);
  else if (known_total >= 0)
    page->total = known_total;
  else if (list->stretch.after == NULL && list->stretch.until == NULL
           && page->next_cursor == NULL && page->previous_cursor == NULL)
    page->total = page->items->len;
  else if (!add_total (list, page, error))
    return NULL;
  return g_steal_pointer (&page);
}

/* A search among so few rows that they may as well be read and counted at once is a list as any
 * other. */
static WdPage *
search (WdPgList *list, GError **error)
{
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (WdPgResult) result = NULL;
  gint64 n_rows;
  WdPage *page;

  if (!list->request->with_total)
    return wd_pg_search_run (list, error);
  sql = wd_pg_list_query_explain_scope (list->query, &params);
  result = wd_pg_connection_query (list->connection, sql, params, list->deadline,
                                   list->cancellable, error);
  if (result == NULL)
    return NULL;
  n_rows = wd_pg_plan_rows (result);
  if (n_rows <= WD_PG_SEARCH_ROWS)
    return fetch (list, -1, error);
  page = wd_pg_search_run (list, error);
  if (page != NULL)
    page->n_to_search = n_rows;
  return page;
}

/* Returns: whether @cursor is one of this list; %NULL is */
static gboolean
decode (WdPgList *list, const char *cursor, GPtrArray **keys, GError **error)
{
  *keys = NULL;
  if (cursor == NULL)
    return TRUE;
  *keys = wd_pg_cursor_decode (cursor, list->fingerprint, list->query->n_keys, error);
  return *keys != NULL;
}

/**
 * wd_pg_list_run:
 * @connection: a connection
 * @query: the list
 * @total: (nullable): gives the exact total at once; %NULL where nothing does
 * @request: which page
 * @kind: what the rows are
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_INVALID_ARGUMENT for a cursor of another list, %WD_ERROR_NOT_SUPPORTED for an
 *   order that so many rows cannot be brought into; else as for wd_pg_connection_query()
 *
 * Reads a page, in one round trip where the total has a short way or is not asked for.
 *
 * Returns: (transfer full): the page
 */
WdPage *
wd_pg_list_run (WdPgConnection *connection, WdPgListQuery *query, const WdPgStatement *total,
                const WdPageRequest *request, const WdPgListKind *kind, gint64 deadline,
                GCancellable *cancellable, GError **error)
{
  g_autofree char *fingerprint = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) until = NULL;
  WdPgList list = { connection, query, total, request, kind, deadline, cancellable, NULL, { 0 } };
  gint64 known_total = -1;

  g_return_val_if_fail (connection != NULL && query != NULL && request != NULL, NULL);

  list.fingerprint = fingerprint = wd_pg_list_query_fingerprint (query);
  if (request->known == NULL
      && (!decode (&list, request->cursor, &after, error)
          || !decode (&list, request->until, &until, error)))
    return NULL;
  list.stretch = (WdPgStretch) { after, until, request->backwards };
  if (!query->any_size && request->known == NULL && !check_size (&list, &known_total, error))
    return NULL;
  if (query->searches && query->in_order && !request->backwards && request->known == NULL
      && (request->piecemeal || (request->stride == 0 && !request->with_total)))
    return request->stride > 0 ? wd_pg_search_count (&list, error) : search (&list, error);
  return request->stride > 0 ? fetch_marks (&list, error) : fetch (&list, known_total, error);
}
