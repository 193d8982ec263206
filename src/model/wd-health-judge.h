/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-health-limits.h"
#include "model/wd-profile.h"
#include "model/wd-queue-activity.h"
#include "model/wd-queue.h"

G_BEGIN_DECLS

/**
 * WdTypeRuns:
 * @job_type: (not owned): a type of the table
 * @samples: how many completed jobs of the last week are known
 * @p99: microseconds that 99 of 100 of them ran at most
 * @last_finished: when one ended last, or %WD_TIME_NONE
 * @pending: how many rows wait, where there are no queues
 * @oldest_pending: since when the one waits that waits longest, or %WD_TIME_NONE
 *
 * How long jobs of a type usually run, and what waits in the rows.
 */
typedef struct {
  const char *job_type;
  gint64 samples;
  gint64 p99;
  WdTime last_finished;
  gint64 pending;
  WdTime oldest_pending;
} WdTypeRuns;

gint64 wd_health_judge_run_limit (const WdTypeRuns *runs, gsize n_runs, const char *job_type,
                                  const WdHealthLimits *limits);
void   wd_health_judge_queue (const WdQueueCounts *counts, const WdQueueActivity *activity,
                              const WdProfile *profile, const WdTypeRuns *runs, gsize n_runs,
                              const WdHealthLimits *limits, WdTime now, GPtrArray *findings);
void   wd_health_judge_rows (const GPtrArray *active, const WdTypeRuns *runs, gsize n_runs,
                             const WdHealthLimits *limits, WdTime now, GPtrArray *findings);

G_END_DECLS
