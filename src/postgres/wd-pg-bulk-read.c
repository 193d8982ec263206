/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs and items as they stand in their tables. How far a run is, and what was found when it was
 * frozen, stands in its row: nobody counts items to say so. */

#include "postgres/wd-pg-bulk-read.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-result.h"

#define RUN_COLUMNS                                                                        \
  "r.id::text, r.operation, r.options ->> 'reset', r.options ->> 'job_type', "             \
  "r.options ->> 'user_id', r.options ->> 'priority', r.options ->> 'force', "             \
  "r.options ->> 'needs_gas', r.options ->> 'needs_consolidation', r.state, r.total, "     \
  "r.done, r.refused, r.created_at, r.created_by, r.started_at, r.settled_before, "        \
  "r.heartbeat, r.last_error, r.owner IS NOT NULL AND r.heartbeat >= "                     \
  "clock_timestamp() - " WD_PG_BULK_TAKE_OVER ", r.owner IS NOT NULL AND r.heartbeat < "   \
  "clock_timestamp() - " WD_PG_BULK_TAKE_OVER

#define SQL_RUN                                                                            \
  "SELECT " RUN_COLUMNS " FROM worker_dashboard.bulk_run AS r WHERE r.id = $1::uuid"

#define SQL_COUNTS                                                                         \
  "SELECT c ->> 'job_type', c ->> 'network', c ->> 'n' FROM worker_dashboard.bulk_run AS r, " \
  "jsonb_array_elements (r.counts) AS c WHERE r.id = $1::uuid"

#define SQL_FORECAST                                                                       \
  "SELECT f ->> 'reason', f ->> 'n' FROM worker_dashboard.bulk_run AS r, "                 \
  "jsonb_array_elements (r.forecast) AS f WHERE r.id = $1::uuid"

#define SQL_UNDELIVERED                                                                    \
  "SELECT count (*) FROM worker_dashboard.outbox WHERE bulk_run_id = $1::uuid"

/* How many refusals a report tells one by one. */
#define SQL_REFUSALS                                                                       \
  "SELECT " WD_PG_BULK_ITEM_COLUMNS " FROM worker_dashboard.bulk_item AS i "               \
  "WHERE i.run_id = $1::uuid AND i.result = 'refused' ORDER BY i.n LIMIT 1000"

static const struct {
  const char *word;
  int code;
  const char *reason;
} forecasts[] = {
  { WD_PG_BULK_NO_JOB, WD_ERROR_NOT_FOUND, N_("There is no such job") },
  { WD_PG_BULK_NOT_FAILED, WD_ERROR_NOT_FAILED, N_("Not failed any more") },
  { WD_PG_BULK_PERHAPS_RAN, WD_ERROR_REFUSED,
    N_("It was discarded, and may have run before: look at the chain, then retry it by itself") },
  { WD_PG_BULK_EXHAUSTED, WD_ERROR_RETRIES_EXHAUSTED, N_("The retries are used up") },
  { WD_PG_BULK_NO_WALLET, WD_ERROR_NOT_FOUND, N_("There is no such wallet") },
  { WD_PG_BULK_UNDER_WAY, WD_ERROR_DUPLICATE, N_("Such a job is under way for the wallet") },
  { WD_PG_BULK_REPEATED, WD_ERROR_DUPLICATE,
    N_("Another failed job of its type for its wallet was chosen instead") },
  { WD_PG_BULK_NO_QUEUE, WD_ERROR_REFUSED, N_("No queue is known for it") },
  { WD_PG_BULK_LAYOUT, WD_ERROR_LAYOUT, N_("Its queue is read-only for this program") },
  { WD_PG_BULK_NOT_IN_QUEUE, WD_ERROR_NOT_IN_QUEUE,
    N_("Its queue no longer holds it, and BullMQ made its id itself: dispatch a new job instead") },
  { WD_PG_BULK_NO_DATA, WD_ERROR_NOT_IN_QUEUE,
    N_("Its queue no longer holds it, and its row has no data to queue it with: dispatch a new job "
       "instead") },
  { WD_PG_BULK_COMPLETED, WD_ERROR_NOT_FAILED,
    N_("Completed in its queue: nothing is left to retry") },
  { WD_PG_BULK_GOES_ON, WD_ERROR_NOT_FAILED,
    N_("Not failed in its queue: BullMQ runs it by itself, or holds it in no list") },
};

static WdTristate
read_tristate (const char *text)
{
  if (text == NULL)
    return WD_TRISTATE_UNSET;
  return g_str_equal (text, "true") ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
}

static WdBulkRequest *
request_from_row (WdPgResult *result, guint row)
{
  WdBulkOperation operation = WD_BULK_RETRY;
  WdBulkRequest *request;

  wd_bulk_operation_from_word (wd_pg_result_text (result, row, 1), &operation);
  request = wd_bulk_request_new (operation);
  request->reset = read_tristate (wd_pg_result_text (result, row, 2)) == WD_TRISTATE_TRUE;
  request->job_type = g_strdup (wd_pg_result_text (result, row, 3));
  request->user_id = g_strdup (wd_pg_result_text (result, row, 4));
  if (!wd_pg_result_is_null (result, row, 5))
    request->priority = (WdPriority) wd_pg_result_int (result, row, 5);
  request->force = read_tristate (wd_pg_result_text (result, row, 6)) == WD_TRISTATE_TRUE;
  request->needs_gas = read_tristate (wd_pg_result_text (result, row, 7));
  request->needs_consolidation = read_tristate (wd_pg_result_text (result, row, 8));
  return request;
}

static WdBulkRun *
run_from_row (WdPgResult *result, guint row)
{
  WdBulkRun *run = wd_bulk_run_new ();

  run->id = g_strdup (wd_pg_result_text (result, row, 0));
  run->request = request_from_row (result, row);
  wd_bulk_state_from_word (wd_pg_result_text (result, row, 9), &run->state);
  run->total = wd_pg_result_int (result, row, 10);
  run->done = wd_pg_result_int (result, row, 11);
  run->refused = wd_pg_result_int (result, row, 12);
  run->created_at = wd_pg_result_time (result, row, 13);
  run->created_by = g_strdup (wd_pg_result_text (result, row, 14));
  run->started_at = wd_pg_result_time (result, row, 15);
  run->settled_before = wd_pg_result_int (result, row, 16);
  run->heartbeat = wd_pg_result_time (result, row, 17);
  run->last_error = g_strdup (wd_pg_result_text (result, row, 18));
  run->is_running = wd_pg_result_bool (result, row, 19);
  run->can_take_over = wd_pg_result_bool (result, row, 20);
  run->undelivered = -1;
  return run;
}

/**
 * wd_pg_bulk_item_from_row:
 * @result: of a query for %WD_PG_BULK_ITEM_COLUMNS
 * @row: one of its rows
 *
 * Returns: (transfer full): the item in it
 */
WdBulkItem *
wd_pg_bulk_item_from_row (WdPgResult *result, guint row)
{
  WdBulkItem *item = wd_bulk_item_new ();

  item->n = wd_pg_result_int (result, row, 0);
  item->job_log_id = g_strdup (wd_pg_result_text (result, row, 1));
  item->wallet_address = g_strdup (wd_pg_result_text (result, row, 2));
  item->network = g_strdup (wd_pg_result_text (result, row, 3));
  item->job_type = g_strdup (wd_pg_result_text (result, row, 4));
  item->status = g_strdup (wd_pg_result_text (result, row, 5));
  item->retry_count = wd_pg_result_is_null (result, row, 6) ? WD_INT_NONE
                                                            : wd_pg_result_int (result, row, 6);
  item->flags = g_strdup (wd_pg_result_text (result, row, 7));
  item->result = g_strdup (wd_pg_result_text (result, row, 8));
  item->reason = g_strdup (wd_pg_result_text (result, row, 9));
  item->forecast = g_strdup (wd_pg_result_text (result, row, 10));
  return item;
}

/**
 * wd_pg_bulk_check_id:
 * @run_id: what should be the UUID of a run
 * @error: %WD_ERROR_NOT_FOUND where it can be none
 */
gboolean
wd_pg_bulk_check_id (const char *run_id, GError **error)
{
  if (g_uuid_string_is_valid (run_id))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no bulk run “%s”"), run_id);
  return FALSE;
}

/**
 * wd_pg_bulk_query_new:
 * @run_id: UUID of a run
 * @error: %WD_ERROR_NOT_FOUND where it is none
 *
 * Returns: (transfer full): a query for all its items, by their place
 */
WdPgListQuery *
wd_pg_bulk_query_new (const char *run_id, GError **error)
{
  WdPgListQuery *query;

  if (!wd_pg_bulk_check_id (run_id, error))
    return NULL;
  query = wd_pg_list_query_new ("worker_dashboard.bulk_item AS i");
  query->select = g_strdup (WD_PG_BULK_ITEM_COLUMNS);
  query->ascending = TRUE;
  wd_pg_list_query_where (query, "i.run_id = $%u::uuid", wd_pg_params_text (query->params, run_id));
  wd_pg_list_query_add_key (query, "i.n", FALSE);
  return query;
}

/**
 * wd_pg_bulk_count_query:
 * @run_id: UUID of a run
 * @params: (out) (transfer full): of the query
 *
 * Returns: (transfer full): how many items it has; no number where there is no such run
 */
char *
wd_pg_bulk_count_query (const char *run_id, WdPgParams **params)
{
  *params = wd_pg_params_new ();
  wd_pg_params_text (*params, run_id);
  return g_strdup ("SELECT sum (total) FROM worker_dashboard.bulk_run WHERE id = $1::uuid");
}

static GPtrArray *
read_counts (WdPgResult *result)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_count_free);

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_ptr_array_add (counts, wd_bulk_count_new (wd_pg_result_text (result, row, 0),
                                                wd_pg_result_text (result, row, 1),
                                                wd_pg_result_int (result, row, 2)));
  return counts;
}

static gint64
read_not_asked (WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    if (g_strcmp0 (wd_pg_result_text (result, row, 0), WD_PG_BULK_NOT_ASKED) == 0)
      return wd_pg_result_int (result, row, 1);
  return 0;
}

static GPtrArray *
read_forecast (WdPgResult *result)
{
  GPtrArray *forecast = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_forecast_free);

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    for (gsize i = 0; i < G_N_ELEMENTS (forecasts); i++)
      if (g_strcmp0 (forecasts[i].word, wd_pg_result_text (result, row, 0)) == 0)
        g_ptr_array_add (forecast, wd_bulk_forecast_new (forecasts[i].code,
                                                         _(forecasts[i].reason),
                                                         wd_pg_result_int (result, row, 1)));
  return forecast;
}

static GPtrArray *
read_refusals (WdPgResult *result, WdBulkOperation operation)
{
  GPtrArray *refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);
  gboolean wallets = wd_bulk_operation_is_for_wallets (operation);

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      g_autoptr (WdBulkItem) item = wd_pg_bulk_item_from_row (result, row);

      g_ptr_array_add (refusals,
                       wd_refusal_new (wallets ? item->wallet_address : item->job_log_id,
                                       g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED,
                                                            item->reason != NULL ? item->reason
                                                                                 : "")));
    }
  return refusals;
}

/**
 * wd_pg_bulk_load:
 * @self: a connection
 * @run_id: UUID of a run
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker. Returns: (transfer full): the run with its counts, forecast and first thousand refusals
 */
WdBulkRun *
wd_pg_bulk_load (WdPgConnection *self, const char *run_id, gint64 deadline,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;
  WdBulkRun *run;

  if (!wd_pg_bulk_check_id (run_id, error))
    return NULL;
  wd_pg_params_text (params, run_id);
  results = wd_pg_connection_query_many (self,
                                         (WdPgStatement[]) { { SQL_RUN, params },
                                                             { SQL_COUNTS, params },
                                                             { SQL_FORECAST, params },
                                                             { SQL_REFUSALS, params },
                                                             { SQL_UNDELIVERED, params } },
                                         5, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  if (wd_pg_result_get_rows (results->pdata[0]) == 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no bulk run “%s”"), run_id);
      return NULL;
    }
  run = run_from_row (results->pdata[0], 0);
  run->counts = read_counts (results->pdata[1]);
  run->forecast = read_forecast (results->pdata[2]);
  run->not_asked = read_not_asked (results->pdata[2]);
  run->refusals = read_refusals (results->pdata[3], run->request->operation);
  run->undelivered = wd_pg_result_int (results->pdata[4], 0, 0);
  return run;
}

/**
 * wd_pg_bulk_list:
 * @self: a connection
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker. Returns: (transfer full) (element-type WdBulkRun): the newest fifty
 */
GPtrArray *
wd_pg_bulk_list (WdPgConnection *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result = wd_pg_connection_query (
    self, "SELECT " RUN_COLUMNS " FROM worker_dashboard.bulk_run AS r ORDER BY r.created_at DESC, "
    "r.id LIMIT 50", NULL, deadline, cancellable, error);
  GPtrArray *runs;

  if (result == NULL)
    return NULL;
  runs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_run_unref);
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_ptr_array_add (runs, run_from_row (result, row));
  return runs;
}
