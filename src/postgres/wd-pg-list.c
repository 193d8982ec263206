/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-list.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-cursor.h"
#include "postgres/wd-pg-plan.h"

/* A total is worth that much waiting; then the planner's guess has to do. */
#define COUNT_MS 1500

typedef struct {
  WdPgConnection *connection;
  WdPgListQuery *query;
  const WdPgStatement *total; /* (nullable): what gives the exact total at once */
  const WdPageRequest *request;
  const WdPgListKind *kind;
  gint64 deadline;
  GCancellable *cancellable;
} List;

static WdPgResult *
ask (List *list, const char *sql, gint64 deadline, GError **error)
{
  return wd_pg_connection_query (list->connection, sql, list->query->params, deadline,
                                 list->cancellable, error);
}

/* Counts at most @most rows and one; -1 on an error. */
static gint64
count_at_most (List *list, guint most, gint64 deadline, GError **error)
{
  g_autofree char *sql = wd_pg_list_query_count (list->query, most + 1);
  g_autoptr (WdPgResult) result = ask (list, sql, deadline, error);

  return result != NULL ? wd_pg_result_int (result, 0, 0) : -1;
}

static gint64
estimate (List *list, GError **error)
{
  g_autofree char *sql = wd_pg_list_query_explain (list->query);
  g_autoptr (WdPgResult) result = ask (list, sql, list->deadline, error);

  return result != NULL ? wd_pg_plan_rows (result) : -1;
}

/* A page whose total could not be had in time is still a page. */
static gboolean
add_total (List *list, WdPage *page, GError **error)
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
check_size (List *list, gint64 *total, GError **error)
{
  g_autoptr (WdPgResult) result = NULL;

  if (list->total != NULL)
    {
      result = wd_pg_connection_query (list->connection, list->total->sql, list->total->params,
                                       list->deadline, list->cancellable, error);
      *total = result != NULL ? wd_pg_result_int (result, 0, 0) : -1;
    }
  else
    *total = count_at_most (list, WD_PG_LIST_SORT_MAX, list->deadline, error);
  if (*total > WD_PG_LIST_SORT_MAX)
    g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                 _("More than %d rows match, and no index sorts them by this column: filter "
                   "further, or sort by the time of creation"), WD_PG_LIST_SORT_MAX);
  return *total >= 0 && *total <= WD_PG_LIST_SORT_MAX;
}

static char *
cursor_of_row (List *list, const char *fingerprint, WdPgResult *result, guint row)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < list->query->n_keys; i++)
    g_ptr_array_add (keys, (char *) wd_pg_result_text (result, row, list->kind->n_columns + i));
  return wd_pg_cursor_encode (fingerprint, keys);
}

/* One row more than wanted was asked for: it says whether there is a next page. */
static WdPage *
read_page (List *list, const char *fingerprint, WdPgResult *result, guint limit)
{
  WdPage *page = wd_page_new ();
  guint rows = MIN (wd_pg_result_get_rows (result), limit);

  page->items = g_ptr_array_new_full (rows, list->kind->free_row);
  page->total = -1;
  for (guint row = 0; row < rows; row++)
    g_ptr_array_add (page->items, list->kind->read_row (result, row));
  if (wd_pg_result_get_rows (result) > limit)
    page->next_cursor = cursor_of_row (list, fingerprint, result, limit - 1);
  return page;
}

static WdPage *
fetch (List *list, GPtrArray *after, const char *fingerprint, gint64 known_total, GError **error)
{
  const WdPageRequest *request = list->request;
  guint limit = CLAMP (request->limit, 1, WD_PAGE_LIMIT_MAX);
  gboolean ask_total = request->with_total && known_total < 0 && list->total != NULL;
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = wd_pg_list_query_page (list->query, after, limit + 1, &params);
  WdPgStatement statements[2] = { { sql, params } };
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (WdPage) page = NULL;

  if (ask_total)
    statements[1] = *list->total;
  results = wd_pg_connection_query_many (list->connection, statements, ask_total ? 2 : 1,
                                         list->deadline, list->cancellable, error);
  if (results == NULL)
    return NULL;
  page = read_page (list, fingerprint, g_ptr_array_index (results, 0), limit);
  if (!request->with_total)
    return g_steal_pointer (&page);

  page->total_is_exact = TRUE;
  if (ask_total)
    page->total = wd_pg_result_int (g_ptr_array_index (results, 1), 0, 0);
  else if (known_total >= 0)
    page->total = known_total;
  else if (after == NULL && page->next_cursor == NULL)
    page->total = page->items->len;
  else if (!add_total (list, page, error))
    return NULL;
  return g_steal_pointer (&page);
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
  List list = { connection, query, total, request, kind, deadline, cancellable };
  g_autofree char *fingerprint = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gint64 known_total = -1;

  g_return_val_if_fail (connection != NULL && query != NULL && request != NULL, NULL);

  fingerprint = wd_pg_list_query_fingerprint (query);
  if (request->cursor != NULL)
    {
      after = wd_pg_cursor_decode (request->cursor, fingerprint, query->n_keys, error);
      if (after == NULL)
        return NULL;
    }
  if (!query->any_size && !check_size (&list, &known_total, error))
    return NULL;
  return fetch (&list, after, fingerprint, known_total, error);
}
