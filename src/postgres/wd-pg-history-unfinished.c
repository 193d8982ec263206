/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How many jobs were unfinished at the end of each bar: as many as are now, less those created
 * since, and those that have ended since. Rows say only what became of a job in the end, so one
 * that failed and is retried counts as unfinished from its creation on. */

#include "postgres/wd-pg-history-private.h"

#define AFTER_QUARTER "since >= $3::timestamptz AND since < $4::timestamptz AND span = 15"
#define AFTER_DAY     "since >= $4::timestamptz AND span = 1440"

/* $3 is a quarter hour at or after the last bar, $4 midnight of UTC at or after that. */
#define SUM_AFTER(view)                                                                          \
  "(SELECT coalesce(sum(n), 0) FROM worker_dashboard." view                                      \
  " WHERE (" AFTER_QUARTER ") AND " WD_PG_HISTORY_OF_TYPE ")"                                    \
  " + (SELECT coalesce(sum(n), 0) FROM worker_dashboard." view                                   \
  " WHERE (" AFTER_DAY ") AND " WD_PG_HISTORY_OF_TYPE ")"

static const char after_sql[] =
  "SELECT ((SELECT coalesce(sum(n), 0) FROM worker_dashboard.job_totals"
  " WHERE status NOT IN ('completed', 'failed', 'cancelled') AND " WD_PG_HISTORY_OF_TYPE ")"
  " - (" SUM_AFTER ("jobs_created") ") + (" SUM_AFTER ("jobs_finished") "))::bigint"
  " WHERE $1::timestamptz[] IS NOT NULL";

#define CREATED_DELTAS "SELECT created, job_type, '', 0, n FROM worker_dashboard.job_delta"

/* Short bars: one walk along an index for each type, also past the last bar to the quarter hour. */
#define WALK(column, condition)                                                                  \
  "SELECT " WD_PG_HISTORY_BAR ("r.at") ", count(*) FROM ("                                       \
  "SELECT DISTINCT job_type FROM worker_dashboard.job_totals WHERE " WD_PG_HISTORY_OF_TYPE       \
  ") AS kind CROSS JOIN LATERAL (SELECT j." column " AS at FROM public.job_logs AS j"            \
  " WHERE j.job_type = kind.job_type" condition " AND j." column " >= %s"                        \
  " AND j." column " < $3::timestamptz ORDER BY j." column " LIMIT $4::integer + 1) AS r"        \
  " GROUP BY 1"

#define ENDED " AND j.status IN ('completed', 'failed', 'cancelled')"

static WdTime
round_up (WdTime time, guint step)
{
  gint64 length = (gint64) step * 60 * G_USEC_PER_SEC;
  gint64 past = time % length;

  return past == 0 ? time : time - past + length;
}

/* What was created before each bar's end and had not ended then. */
static void
unwind (WdHistory *history, gint64 unfinished, const gint64 *created)
{
  WdTime now = wd_time_now ();

  for (guint i = history->points->len; i-- > 0;)
    {
      WdHistoryPoint *point = &g_array_index (history->points, WdHistoryPoint, i);

      point->created = created[i];
      history->total.created += created[i];
      point->unfinished = point->from < now ? MAX (unfinished, 0) : -1;
      unfinished += point->completed + point->failed + point->cancelled - created[i];
    }
  history->total.unfinished =
    g_array_index (history->points, WdHistoryPoint, history->points->len - 1).unfinished;
}

/* Adds what lies in the bars to @bars, unless that is %NULL.
 *
 * Returns: how many lie past the last bar */
static gint64
take_bars (WdPgResult *result, guint n_bars, gint64 *bars)
{
  gint64 after = 0;

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      gint64 bar = wd_pg_result_int (result, row, 0);
      gint64 n = wd_pg_result_int (result, row, 1);

      if (bar >= n_bars)
        after += n;
      else if (bars != NULL)
        bars[bar] += n;
    }
  return after;
}

static gboolean
is_too_much (WdPgResult *result)
{
  gint64 all = 0;

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    all += wd_pg_result_int (result, row, 1);
  return all > WD_HISTORY_MAX_JOBS;
}

static void
created_cb (gpointer data, guint bar, const char *word, int number, gint64 n)
{
  ((gint64 *) data)[bar] += n;
}

/* Unfinished jobs after the bars, and into @created what was created in each. */
static GPtrArray *
ask_counts (const WdPgHistoryCall *call, WdPgStatement after, gint64 *created, GError **error)
{
  const WdPgHistorySubject subject = {
    "job_count", "''", "0", "true", CREATED_DELTAS, FALSE, created_cb, created
  };

  return wd_pg_history_read_cells (call, &subject, 1, after, error);
}

/* The same for short bars, and what was created and has ended from the last one to @quarter. */
static GPtrArray *
ask_rows (const WdPgHistoryCall *call, WdPgStatement after, WdTime quarter, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_history_params (call, call->grid);
  g_autofree char *created = g_strdup_printf (WALK ("created_at", ""), WD_PG_HISTORY_FROM);
  g_autofree char *ended = g_strdup_printf (WALK ("completed_at", ENDED), WD_PG_HISTORY_TO);
  WdPgStatement statements[] = { after, { created, params }, { ended, params } };

  wd_pg_params_time (params, quarter);
  wd_pg_params_int (params, WD_HISTORY_MAX_JOBS);
  return wd_pg_connection_query_many (call->connection, statements, G_N_ELEMENTS (statements),
                                      call->deadline, call->cancellable, error);
}

/**
 * wd_pg_history_read_unfinished:
 * @call: what to read
 * @history: one with those bars, of which is known what ended in them
 * @too_many: (out): whether bars are short and more than %WD_HISTORY_MAX_JOBS were created in them
 * @error: as for wd_pg_connection_query()
 *
 * Fills in how many were created in each bar, and how many unfinished at its end.
 */
gboolean
wd_pg_history_read_unfinished (const WdPgHistoryCall *call, WdHistory *history, gboolean *too_many,
                               GError **error)
{
  guint n_bars = wd_history_grid_get_length (call->grid);
  WdTime quarter = round_up (wd_history_grid_get_edge (call->grid, n_bars),
                             WD_HISTORY_STEP_QUARTER);
  gboolean is_short = call->grid->step < WD_HISTORY_STEP_QUARTER;
  g_autofree gint64 *created = g_new0 (gint64, n_bars);
  g_autoptr (WdPgParams) params = wd_pg_history_params (call, call->grid);
  WdPgStatement after = { after_sql, params };
  g_autoptr (GPtrArray) results = NULL;
  gint64 unfinished;

  wd_pg_params_time (params, quarter);
  wd_pg_params_time (params, round_up (quarter, WD_HISTORY_STEP_DAY));
  results = is_short ? ask_rows (call, after, quarter, error)
                     : ask_counts (call, after, created, error);
  if (results == NULL)
    return FALSE;
  *too_many = is_short && (is_too_much (results->pdata[1]) || is_too_much (results->pdata[2]));
  if (*too_many)
    return TRUE;
  unfinished = wd_pg_result_int (results->pdata[0], 0, 0);
  if (is_short)
    unfinished += take_bars (results->pdata[2], n_bars, NULL)
                  - take_bars (results->pdata[1], n_bars, created);
  unwind (history, unfinished, created);
  return TRUE;
}
