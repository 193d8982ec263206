/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-histogram.h"
#include "model/wd-history-grid.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/** WD_HISTORY_MAX_JOBS: how many jobs are read one by one at most, for exact percentiles or for
 * bars shorter than a quarter of an hour. */
#define WD_HISTORY_MAX_JOBS 100000

/** WD_HISTORY_ENOUGH: of fewer finished jobs, or fewer whose retries are known, a rate or a mean
 * says little. */
#define WD_HISTORY_ENOUGH 5

/**
 * WdHistoryPoint:
 * @from: when the bar begins
 * @to: when it ends; not in it any more
 * @created: jobs created in it
 * @completed: jobs that ended in it, by how they did
 * @failed: likewise
 * @cancelled: likewise
 * @unfinished: jobs created before the end of it, or before now, that had not ended then, as far as
 *   their rows tell today; -1 where not known
 * @wait: from being created to being started, of the jobs completed in it
 * @run: from being started to being completed, of the same
 * @retries: mean number of retries of the jobs that completed or failed in it, or -1
 * @n_retries: of how many jobs that is the mean
 *
 * One bar. A job that failed and is retried counts no longer as having failed.
 */
typedef struct {
  WdTime from;
  WdTime to;
  gint64 created;
  gint64 completed;
  gint64 failed;
  gint64 cancelled;
  gint64 unfinished;
  WdPercentiles wait;
  WdPercentiles run;
  double retries;
  gint64 n_retries;
} WdHistoryPoint;

/**
 * WdHistory:
 * @job_type: (nullable): of which type; %NULL is all
 * @step: minutes of a bar, as in #WdHistoryGrid
 * @points: (element-type WdHistoryPoint): the bars
 * @total: all bars as one
 * @exact: whether percentiles are those of the jobs themselves; else about, wrong by at most 4.9 %
 * @durations_since: bars before then have no percentiles, since durations that old are kept by the
 *   day alone; or %WD_TIME_NONE
 * @days_until: percentiles before then are of days of UTC rather than of the time zone; or
 *   %WD_TIME_NONE
 * @coarse: whether shorter bars were asked for, and there are too many jobs for them
 * @retries_sampled: whether retries are those of some of the jobs
 * @read_at: when
 *
 * What jobs did over some time. Immutable once published.
 */
typedef struct {
  char *job_type;
  guint step;
  GArray *points;
  WdHistoryPoint total;
  gboolean exact;
  WdTime durations_since;
  WdTime days_until;
  gboolean coarse;
  gboolean retries_sampled;
  WdTime read_at;
} WdHistory;

WD_DECLARE_RECORD (WdHistory, wd_history)

WdHistory            *wd_history_create (const char *job_type, const WdHistoryGrid *grid);
guint                 wd_history_get_length (const WdHistory *self);
const WdHistoryPoint *wd_history_get_point (const WdHistory *self, guint i);

gint64 wd_history_point_get_finished (const WdHistoryPoint *self);
double wd_history_point_get_success (const WdHistoryPoint *self);

G_END_DECLS
