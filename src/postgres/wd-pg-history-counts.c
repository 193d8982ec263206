/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bars of a quarter of an hour and more, from the counts: how many ended how, and histograms of
 * how long they waited and ran. The same time at any size of job_logs. */

#include "postgres/wd-pg-history-private.h"

/* As worker_dashboard.duration_horizon(), which somebody who only looks may not call. */
#define HORIZON "(date_trunc('day', now(), 'UTC') - interval '8 days')"

#define IN_BARS(time) time " >= " WD_PG_HISTORY_FROM " AND " time " < " WD_PG_HISTORY_TO

static const char outcomes_sql[] =
  "SELECT " WD_PG_HISTORY_BAR ("since") ", outcome, sum(n)::bigint"
  " FROM worker_dashboard.jobs_finished"
  " WHERE span = %u AND " IN_BARS ("since") " AND " WD_PG_HISTORY_OF_TYPE
  " GROUP BY 1, 2";

/* What is folded and what is not by itself, and without the views' sums over each cell: a week has
 * some hundred thousand cells, over which the server then works in parallel. */
#define FOLDED(span, at, condition)                                                              \
  "SELECT " WD_PG_HISTORY_BAR (at) ", measure, bucket, sum(n)::bigint"                           \
  " FROM worker_dashboard.duration_count WHERE span = " span " AND outcome = 'completed'"        \
  " AND " IN_BARS (at) " AND " condition " AND " WD_PG_HISTORY_OF_TYPE " GROUP BY 1, 2, 3"

#define DELTAS(at, condition)                                                                    \
  "SELECT " WD_PG_HISTORY_BAR (at) ", measure, bucket, sum(n)::bigint FROM ("                    \
  "SELECT d.finished AS since, m.measure, m.bucket, d.n FROM worker_dashboard.job_delta AS d"    \
  " CROSS JOIN LATERAL (VALUES ('wait', d.wait), ('run', d.run)) AS m (measure, bucket)"         \
  " WHERE d.status = 'completed' AND d.finished IS NOT NULL AND m.bucket IS NOT NULL"            \
  " AND " WD_PG_HISTORY_OF_TYPE ") AS delta WHERE " IN_BARS (at) " AND " condition               \
  " GROUP BY 1, 2, 3"

/* A day of UTC counts in the bar that holds its noon, so every job counts in exactly one. */
#define NOON     "since + interval '12 hours'"
#define NOON_OF  "date_trunc('day', since, 'UTC') + interval '12 hours'"
#define NEAR     "since >= " WD_PG_HISTORY_FROM " - interval '1 day' AND since < " HORIZON
#define KEPT     "since >= " HORIZON

static const char *const utc_sql[] = {
  FOLDED ("1440", "since", "true"), DELTAS ("since", "true"), NULL
};
static const char *const quarters_sql[] = {
  FOLDED ("15", "since", KEPT), DELTAS ("since", KEPT), NULL
};
static const char *const days_sql[] = {
  FOLDED ("15", "since", KEPT), DELTAS ("since", KEPT),
  FOLDED ("1440", NOON, NEAR), DELTAS (NOON_OF, NEAR), NULL
};

enum {
  BAR,
  MEASURE,
  BUCKET,
  N,
};

static const char *const *
choose_durations (const WdHistoryGrid *grid)
{
  if (wd_history_grid_is_utc (grid))
    return utc_sql;
  return grid->step >= WD_HISTORY_STEP_DAY ? days_sql : quarters_sql;
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

/* Histograms of every bar, and then of all of them. */
typedef struct {
  guint n_bars;
  WdHistogram *waits;
  WdHistogram *runs;
} Durations;

static void
add_durations (Durations *self, WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      guint bar = (guint) wd_pg_result_int (result, row, BAR);
      gboolean is_wait = g_str_equal (wd_pg_result_text (result, row, MEASURE), "wait");
      WdHistogram *histograms = is_wait ? self->waits : self->runs;
      int bucket = (int) wd_pg_result_int (result, row, BUCKET);
      gint64 n = wd_pg_result_int (result, row, N);

      if (bar >= self->n_bars)
        continue;
      wd_histogram_add (&histograms[bar], bucket, n);
      wd_histogram_add (&histograms[self->n_bars], bucket, n);
    }
}

/* The results from the second on but for the last are of durations. */
static void
take_durations (WdHistory *history, GPtrArray *results)
{
  guint n_bars = history->points->len;
  g_autofree WdHistogram *waits = g_new0 (WdHistogram, n_bars + 1);
  g_autofree WdHistogram *runs = g_new0 (WdHistogram, n_bars + 1);
  Durations durations = { n_bars, waits, runs };

  for (guint i = 1; i + 1 < results->len; i++)
    add_durations (&durations, results->pdata[i]);
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
  const char *const *durations = choose_durations (call->grid);
  WdPgStatement statements[G_N_ELEMENTS (days_sql) + 1] = { { outcomes, params } };
  g_autoptr (GPtrArray) results = NULL;
  gsize n = 1;

  for (guint i = 0; durations[i] != NULL; i++)
    statements[n++] = (WdPgStatement) { durations[i], params };
  statements[n++] = (WdPgStatement) { "SELECT " HORIZON, NULL };
  results = wd_pg_connection_query_many (call->connection, statements, n, call->deadline,
                                         call->cancellable, error);
  if (results == NULL)
    return FALSE;
  take_outcomes (history, results->pdata[0]);
  take_durations (history, results);
  take_horizon (history, call->grid, wd_pg_result_time (results->pdata[n - 1], 0, 0));
  forget_partial (history);
  return TRUE;
}
