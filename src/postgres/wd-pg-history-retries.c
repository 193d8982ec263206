/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How often jobs are retried. The counts do not know it: a trigger that did would cost every worker
 * more for one line of a chart. Few jobs are read one by one. Of many a sample is read that costs
 * the same at any size: each bar is cut into parts, and of each part and type the first jobs are
 * taken, along the index. Types count for as much as they ended jobs in the bar. */

#include "postgres/wd-pg-history-private.h"

/* So many are read whole, and so many of more. */
#define FEW    20000
#define SAMPLE 40000
#define PARTS  4

#define PART(n) "(edge[b.i] + (edge[b.i + 1] - edge[b.i]) * ((p.i + " n ") / 4.0))"

static const char retries_sql[] =
  "SELECT b.i - 1, kind.n::bigint, count(*), coalesce(sum(r.retries), 0)::bigint"
  " FROM (SELECT $1::timestamptz[] AS edge) AS grid"
  " CROSS JOIN generate_series(1, cardinality($1::timestamptz[]) - 1) AS b (i)"
  " CROSS JOIN generate_series(0, 3) AS p (i)"
  " JOIN (SELECT " WD_PG_HISTORY_BAR ("since") " + 1 AS i, job_type, sum(n) AS n"
  " FROM worker_dashboard.jobs_finished WHERE span = %u AND since >= " WD_PG_HISTORY_FROM
  " AND since < " WD_PG_HISTORY_TO " AND outcome IN ('completed', 'failed')"
  " AND " WD_PG_HISTORY_OF_TYPE " GROUP BY 1, 2) AS kind ON kind.i = b.i"
  " CROSS JOIN LATERAL (SELECT coalesce(j.retry_count, 0) AS retries FROM public.job_logs AS j"
  " WHERE j.job_type = kind.job_type AND j.status IN ('completed', 'failed')"
  " AND j.completed_at >= " PART ("0") " AND j.completed_at < " PART ("1")
  " ORDER BY j.completed_at LIMIT $3::integer) AS r"
  " GROUP BY b.i, kind.job_type, kind.n";

enum {
  BAR,
  FINISHED,
  N_READ,
  N_RETRIES,
};

/* How many jobs of each part are read. */
static gint64
choose_limit (const WdPgHistoryCall *call, gint64 finished)
{
  gint64 parts = (gint64) wd_history_grid_get_length (call->grid) * PARTS
                 * (call->job_type != NULL ? 1 : 4);

  return finished <= FEW ? FEW : MAX (SAMPLE / parts, 1);
}

static void
take_means (WdHistory *history, WdPgResult *result)
{
  guint n_bars = history->points->len;
  g_autofree double *sums = g_new0 (double, n_bars + 1);
  g_autofree double *weights = g_new0 (double, n_bars + 1);
  gint64 n_read = 0;

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      guint bar = (guint) wd_pg_result_int (result, row, BAR);
      gint64 n = wd_pg_result_int (result, row, N_READ);
      double weight = (double) wd_pg_result_int (result, row, FINISHED);
      double sum = (double) wd_pg_result_int (result, row, N_RETRIES) / (double) n * weight;

      g_array_index (history->points, WdHistoryPoint, bar).n_retries += n;
      n_read += n;
      sums[bar] += sum;
      sums[n_bars] += sum;
      weights[bar] += weight;
      weights[n_bars] += weight;
    }
  for (guint i = 0; i < n_bars; i++)
    {
      WdHistoryPoint *point = &g_array_index (history->points, WdHistoryPoint, i);

      if (point->n_retries >= WD_HISTORY_ENOUGH)
        point->retries = sums[i] / weights[i];
    }
  history->total.n_retries = n_read;
  if (n_read >= WD_HISTORY_ENOUGH)
    history->total.retries = sums[n_bars] / weights[n_bars];
  history->retries_sampled = n_read < wd_history_point_get_finished (&history->total);
}

/**
 * wd_pg_history_read_retries:
 * @call: what to read
 * @history: one with those bars, a quarter of an hour or longer each, of which is known what ended
 *   in them
 * @error: as for wd_pg_connection_query()
 *
 * Fills in how often jobs are retried, of a sample where they are many.
 */
gboolean
wd_pg_history_read_retries (const WdPgHistoryCall *call, WdHistory *history, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_history_params (call, call->grid);
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *sql = g_strdup_printf (retries_sql,
                                          wd_history_grid_is_utc (call->grid) ? 1440u : 15u);

  if (wd_pg_columns_find (call->columns, WD_PG_JOB_LOGS, "retry_count") == NULL)
    return TRUE;
  wd_pg_params_int (params, choose_limit (call, wd_history_point_get_finished (&history->total)));
  result = wd_pg_connection_query (call->connection, sql, params, call->deadline, call->cancellable,
                                   error);
  if (result == NULL)
    return FALSE;
  take_means (history, result);
  return TRUE;
}
