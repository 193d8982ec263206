/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bars of a quarter of an hour and more, from the counts: how many ended how, and histograms of
 * how long they waited and ran. The same time at any size of job_logs. */

#include "postgres/wd-pg-history-private.h"

/* As worker_dashboard.duration_horizon(), which somebody who only looks may not call. */
#define HORIZON "(date_trunc('day', now(), 'UTC') - interval '8 days')"

/* Cells since $1, whether folded yet or not, of one step. */
#define DURATIONS(span, delta_since)                                                             \
  "SELECT since, measure, bucket, n FROM worker_dashboard.duration_count"                        \
  " WHERE span = " span " AND outcome = 'completed' AND " WD_PG_HISTORY_OF_TYPE                  \
  " AND %s"                                                                                      \
  " UNION ALL SELECT since, measure, bucket, n FROM ("                                           \
  "SELECT " delta_since " AS since, job_type, m.measure, m.bucket, d.n"                          \
  " FROM worker_dashboard.job_delta AS d"                                                        \
  " CROSS JOIN LATERAL (VALUES ('wait', d.wait), ('run', d.run)) AS m (measure, bucket)"         \
  " WHERE d.status = 'completed' AND d.finished IS NOT NULL AND m.bucket IS NOT NULL) AS delta"  \
  " WHERE " WD_PG_HISTORY_OF_TYPE " AND %s"

#define QUARTERS DURATIONS ("15", "d.finished")
#define DAYS     DURATIONS ("1440", "date_trunc('day', d.finished, 'UTC')")

#define IN_BARS(time) time " >= " WD_PG_HISTORY_FROM " AND " time " < " WD_PG_HISTORY_TO

static const char outcomes_sql[] =
  "SELECT " WD_PG_HISTORY_BAR ("since") ", outcome, sum(n)::bigint"
  " FROM worker_dashboard.jobs_finished"
  " WHERE span = %u AND " IN_BARS ("since") " AND " WD_PG_HISTORY_OF_TYPE
  " GROUP BY 1, 2";

enum {
  BAR,
  MEASURE,
  BUCKET,
  N,
};

/* A day of UTC counts in the bar that holds its noon, so every job counts in exactly one. */
static char *
durations_sql (const WdHistoryGrid *grid)
{
  g_autofree char *quarters = NULL, *days = NULL;

  if (wd_history_grid_is_utc (grid))
    days = g_strdup_printf (DAYS, IN_BARS ("since"), IN_BARS ("since"));
  else
    quarters = g_strdup_printf (QUARTERS, IN_BARS ("since") " AND since >= " HORIZON,
                                IN_BARS ("since") " AND since >= " HORIZON);
  if (quarters != NULL && grid->step >= WD_HISTORY_STEP_DAY)
    {
      const char *noon = IN_BARS ("since + interval '12 hours'")
                         " AND since >= " WD_PG_HISTORY_FROM " - interval '1 day'"
                         " AND since < " HORIZON;
      g_autofree char *sql = g_strdup_printf (DAYS, noon, noon);

      days = g_strdup_printf ("SELECT since + interval '12 hours', measure, bucket, n"
                              " FROM (%s) AS day", sql);
    }
  return g_strdup_printf ("SELECT " WD_PG_HISTORY_BAR ("since") ", measure, bucket, sum(n)::bigint"
                          " FROM (%s%s%s) AS cell (since, measure, bucket, n) GROUP BY 1, 2, 3"
                          " HAVING sum(n) <> 0",
                          quarters != NULL ? quarters : "",
                          quarters != NULL && days != NULL ? " UNION ALL " : "",
                          days != NULL ? days : "");
}

static void
add_outcome (WdHistoryPoint *point, const char *outcome, gint64 n)
{
  if (g_str_equal (outcome, "completed"))
    point->completed += n;
  else if (g_str_equal (outcome, "failed"))
    point->failed += n;
  else if (g_str_equal (outcome, "cancelled"))
    point->cancelled += n;
}

static void
take_outcomes (WdHistory *history, WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      guint bar = (guint) wd_pg_result_int (result, row, BAR);
      const char *outcome = wd_pg_result_text (result, row, 1);
      gint64 n = wd_pg_result_int (result, row, 2);

      if (bar >= history->points->len)
        continue;
      add_outcome (&g_array_index (history->points, WdHistoryPoint, bar), outcome, n);
      add_outcome (&history->total, outcome, n);
    }
}

static void
take_durations (WdHistory *history, WdPgResult *result)
{
  guint n_bars = history->points->len;
  g_autofree WdHistogram *waits = g_new0 (WdHistogram, n_bars + 1);
  g_autofree WdHistogram *runs = g_new0 (WdHistogram, n_bars + 1);

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      guint bar = (guint) wd_pg_result_int (result, row, BAR);
      gboolean is_wait = g_str_equal (wd_pg_result_text (result, row, MEASURE), "wait");
      WdHistogram *histograms = is_wait ? waits : runs;
      int bucket = (int) wd_pg_result_int (result, row, BUCKET);
      gint64 n = wd_pg_result_int (result, row, N);

      if (bar >= n_bars)
        continue;
      wd_histogram_add (&histograms[bar], bucket, n);
      wd_histogram_add (&histograms[n_bars], bucket, n);
    }
  for (guint i = 0; i < n_bars; i++)
    {
      WdHistoryPoint *point = &g_array_index (history->points, WdHistoryPoint, i);

      point->wait = wd_histogram_get_percentiles (&waits[i]);
      point->run = wd_histogram_get_percentiles (&runs[i]);
    }
  history->total.wait = wd_histogram_get_percentiles (&waits[n_bars]);
  history->total.run = wd_histogram_get_percentiles (&runs[n_bars]);
}

static void
take_horizon (WdHistory *history, const WdHistoryGrid *grid, WdTime horizon)
{
  if (wd_history_grid_is_utc (grid) || wd_history_grid_get_edge (grid, 0) >= horizon)
    return;
  if (grid->step >= WD_HISTORY_STEP_DAY)
    history->days_until = horizon;
  else
    history->durations_since = horizon;
}

/* A bar over the horizon would show a part of its jobs. */
static void
forget_partial (WdHistory *history)
{
  for (guint i = 0; i < history->points->len; i++)
    {
      WdHistoryPoint *point = &g_array_index (history->points, WdHistoryPoint, i);

      if (history->durations_since != WD_TIME_NONE && point->from < history->durations_since)
        point->wait = point->run = (WdPercentiles) { 0, -1, -1, -1 };
    }
}

/**
 * wd_pg_history_read_counts:
 * @call: what to read
 * @history: one with those bars, a quarter of an hour or longer each
 * @error: as for wd_pg_connection_query()
 *
 * Fills in what ended how, and about how long it took.
 */
gboolean
wd_pg_history_read_counts (const WdPgHistoryCall *call, WdHistory *history, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_history_params (call);
  g_autofree char *outcomes = g_strdup_printf (outcomes_sql,
                                               wd_history_grid_is_utc (call->grid) ? 1440u : 15u);
  g_autofree char *durations = durations_sql (call->grid);
  WdPgStatement statements[] = {
    { outcomes, params },
    { durations, params },
    { "SELECT " HORIZON, NULL },
  };
  g_autoptr (GPtrArray) results =
    wd_pg_connection_query_many (call->connection, statements, G_N_ELEMENTS (statements),
                                 call->deadline, call->cancellable, error);

  if (results == NULL)
    return FALSE;
  take_outcomes (history, results->pdata[0]);
  take_durations (history, results->pdata[1]);
  take_horizon (history, call->grid, wd_pg_result_time (results->pdata[2], 0, 0));
  forget_partial (history);
  return TRUE;
}
