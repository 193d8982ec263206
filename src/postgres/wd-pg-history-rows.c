/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bars from the jobs themselves, at most so many of them: what is exact, or shorter than the steps
 * of the counts. One walk along an index for each type. */

#include "postgres/wd-pg-history-private.h"

/* What lies between two times in microseconds; none where one is missing or endless. */
#define MICROSECONDS(from, to)                                                                   \
  "CASE WHEN isfinite(" from ") AND isfinite(" to ")"                                            \
  " THEN greatest(round(date_part('epoch', " to " - " from ") * 1e6), 0)::bigint END"

#define PERCENTILES(measure)                                                                     \
  " percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY " measure ") AS " measure "s," \
  " count(" measure ") AS n_" measure "s"

static const char rows_sql[] =
  "WITH kind AS ("
  "SELECT DISTINCT job_type FROM worker_dashboard.job_totals WHERE " WD_PG_HISTORY_OF_TYPE
  "), job AS MATERIALIZED ("
  "SELECT " WD_PG_HISTORY_BAR ("r.completed_at") " AS bar, r.status, r.retries,"
  " CASE WHEN r.status = 'completed' THEN " MICROSECONDS ("r.created_at", "r.begun") " END AS wait,"
  " CASE WHEN r.status = 'completed' THEN " MICROSECONDS ("r.begun", "r.completed_at")
  " END AS run FROM kind CROSS JOIN LATERAL ("
  "SELECT j.created_at, %s AS begun, j.completed_at, j.status::text AS status, %s AS retries"
  " FROM public.job_logs AS j WHERE j.job_type = kind.job_type"
  " AND j.status IN ('completed', 'failed', 'cancelled')"
  " AND j.completed_at >= " WD_PG_HISTORY_FROM " AND j.completed_at < " WD_PG_HISTORY_TO
  " ORDER BY j.completed_at LIMIT $3::integer + 1) AS r LIMIT $3::integer + 1"
  ") SELECT bar, completed, failed, cancelled, waits[1], waits[2], waits[3], n_waits,"
  " runs[1], runs[2], runs[3], n_runs, retries, total FROM ("
  "SELECT bar, count(*) AS total, count(*) FILTER (WHERE status = 'completed') AS completed,"
  " count(*) FILTER (WHERE status = 'failed') AS failed,"
  " count(*) FILTER (WHERE status = 'cancelled') AS cancelled,"
  " sum(retries) FILTER (WHERE status <> 'cancelled')::bigint AS retries,"
  PERCENTILES ("wait") "," PERCENTILES ("run")
  " FROM job GROUP BY GROUPING SETS ((bar), ())) AS s";

enum {
  BAR,
  COMPLETED,
  FAILED,
  CANCELLED,
  WAIT,
  RUN = WAIT + 4,
  RETRIES = RUN + 4,
  TOTAL,
};

static gint64
take_percentile (WdPgResult *result, guint row, guint column, gint64 n, guint percent)
{
  return wd_percentile_is_known (n, percent) ? wd_pg_result_int (result, row, column) : -1;
}

static WdPercentiles
take_percentiles (WdPgResult *result, guint row, guint column)
{
  WdPercentiles percentiles = { wd_pg_result_int (result, row, column + 3), -1, -1, -1 };

  percentiles.p50 = take_percentile (result, row, column, percentiles.n, 50);
  percentiles.p95 = take_percentile (result, row, column + 1, percentiles.n, 95);
  percentiles.p99 = take_percentile (result, row, column + 2, percentiles.n, 99);
  return percentiles;
}

static void
take_point (WdHistoryPoint *point, WdPgResult *result, guint row)
{
  gint64 finished;

  point->completed = wd_pg_result_int (result, row, COMPLETED);
  point->failed = wd_pg_result_int (result, row, FAILED);
  point->cancelled = wd_pg_result_int (result, row, CANCELLED);
  point->wait = take_percentiles (result, row, WAIT);
  point->run = take_percentiles (result, row, RUN);
  finished = wd_history_point_get_finished (point);
  if (finished < WD_HISTORY_ENOUGH || wd_pg_result_is_null (result, row, RETRIES))
    return;
  point->retries = (double) wd_pg_result_int (result, row, RETRIES) / (double) finished;
  point->n_retries = finished;
}

/**
 * wd_pg_history_read_rows:
 * @call: what to read
 * @history: one with those bars
 * @too_many: (out): whether more than %WD_HISTORY_MAX_JOBS ended in them; @history is unchanged
 *   then
 * @error: as for wd_pg_connection_query()
 *
 * Fills in all but created and unfinished jobs.
 */
gboolean
wd_pg_history_read_rows (const WdPgHistoryCall *call, WdHistory *history, gboolean *too_many,
                         GError **error)
{
  g_autofree char *begun = wd_pg_columns_job_started (call->columns);
  gboolean has_retries = wd_pg_columns_find (call->columns, WD_PG_JOB_LOGS, "retry_count") != NULL;
  g_autofree char *sql = g_strdup_printf (rows_sql, begun,
                                          has_retries ? "coalesce(j.retry_count, 0)" : "NULL::int");
  g_autoptr (WdPgParams) params = wd_pg_history_params (call, call->grid);
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_int (params, WD_HISTORY_MAX_JOBS);
  result = wd_pg_connection_query (call->connection, sql, params, call->deadline, call->cancellable,
                                   error);
  if (result == NULL)
    return FALSE;
  *too_many = FALSE;
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    *too_many |= wd_pg_result_int (result, row, TOTAL) > WD_HISTORY_MAX_JOBS;
  for (guint row = 0; row < wd_pg_result_get_rows (result) && !*too_many; row++)
    if (wd_pg_result_is_null (result, row, BAR))
      take_point (&history->total, result, row);
    else
      take_point (&g_array_index (history->points, WdHistoryPoint,
                                  wd_pg_result_int (result, row, BAR)), result, row);
  history->exact = !*too_many;
  return TRUE;
}
