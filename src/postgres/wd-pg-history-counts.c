/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bars of a quarter of an hour and more, from the counts: how many ended how, and histograms of
 * how long they waited and ran. The same time at any size of job_logs. */

#include "postgres/wd-pg-history-private.h"

#define OUTCOME_DELTAS                                                                           \
  "SELECT finished, job_type, status, 0, n FROM worker_dashboard.job_delta"                      \
  " WHERE finished IS NOT NULL"

#define DURATION_DELTAS                                                                          \
  "SELECT d.finished, d.job_type, m.measure, m.bucket, d.n FROM worker_dashboard.job_delta AS d" \
  " CROSS JOIN LATERAL (VALUES ('wait', d.wait), ('run', d.run)) AS m (measure, bucket)"         \
  " WHERE d.status = 'completed' AND d.finished IS NOT NULL AND m.bucket IS NOT NULL"

/* Histograms of every bar, and then of all of them. */
typedef struct {
  WdHistogram *waits;
  WdHistogram *runs;
  guint n_bars;
} Durations;

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
outcome_cb (gpointer data, guint bar, const char *outcome, int number, gint64 n)
{
  WdHistory *history = data;

  add_outcome (&g_array_index (history->points, WdHistoryPoint, bar), outcome, n);
  add_outcome (&history->total, outcome, n);
}

static void
duration_cb (gpointer data, guint bar, const char *measure, int bucket, gint64 n)
{
  Durations *durations = data;
  WdHistogram *histograms = g_str_equal (measure, "wait") ? durations->waits : durations->runs;

  wd_histogram_add (&histograms[bar], bucket, n);
  wd_histogram_add (&histograms[durations->n_bars], bucket, n);
}

static void
take_durations (WdHistory *history, const Durations *durations)
{
  for (guint i = 0; i < durations->n_bars; i++)
    {
      WdHistoryPoint *point = &g_array_index (history->points, WdHistoryPoint, i);

      point->wait = wd_histogram_get_percentiles (&durations->waits[i]);
      point->run = wd_histogram_get_percentiles (&durations->runs[i]);
    }
  history->total.wait = wd_histogram_get_percentiles (&durations->waits[durations->n_bars]);
  history->total.run = wd_histogram_get_percentiles (&durations->runs[durations->n_bars]);
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
  guint n_bars = history->points->len;
  g_autofree WdHistogram *waits = g_new0 (WdHistogram, n_bars + 1);
  g_autofree WdHistogram *runs = g_new0 (WdHistogram, n_bars + 1);
  Durations durations = { waits, runs, n_bars };
  const WdPgHistorySubject subjects[] = {
    { "outcome_count", "outcome", "0", "true", OUTCOME_DELTAS, FALSE, outcome_cb, history },
    { "duration_count", "measure", "bucket", "outcome = 'completed'", DURATION_DELTAS, TRUE,
      duration_cb, &durations },
  };
  g_autoptr (GPtrArray) horizon =
    wd_pg_history_read_cells (call, subjects, G_N_ELEMENTS (subjects),
                              (WdPgStatement) { "SELECT " WD_PG_HISTORY_HORIZON, NULL }, error);

  if (horizon == NULL)
    return FALSE;
  take_durations (history, &durations);
  take_horizon (history, call->grid, wd_pg_result_time (horizon->pdata[0], 0, 0));
  forget_partial (history);
  return TRUE;
}
