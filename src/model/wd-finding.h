/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-format.h"
#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdFindingKind:
 * @WD_FINDING_LOST_LOCK: active jobs whose lock has expired
 * @WD_FINDING_LONG_RUN: active jobs that run longer than their type usually does
 * @WD_FINDING_STALLED: jobs that lost their worker while they ran
 * @WD_FINDING_NOTHING_ENDS: jobs wait, workers are connected, and nothing ends
 * @WD_FINDING_NO_WORKER: jobs wait and no worker is connected
 *
 * The ways in which jobs are stuck.
 */
typedef enum {
  WD_FINDING_LOST_LOCK,
  WD_FINDING_LONG_RUN,
  WD_FINDING_STALLED,
  WD_FINDING_NOTHING_ENDS,
  WD_FINDING_NO_WORKER,
  WD_N_FINDING_KINDS,
} WdFindingKind;

/* As many jobs of a finding are named. */
#define WD_FINDING_EXAMPLES 5

/**
 * WdFinding:
 * @queue: (nullable): its queue; %NULL where there are none
 * @job_type: (nullable): the type of job, where the profile names the queue
 * @since: since when. Of %WD_FINDING_LOST_LOCK when the first of them began to run, of
 *   %WD_FINDING_STALLED when the first was last taken up or failed; or %WD_TIME_NONE
 * @count: how many jobs
 * @at_least: whether there may be more
 * @workers: connected workers, or -1 where they cannot be seen
 * @limit: microseconds of which @since is the end, or 0
 * @job_ids: (array zero-terminated=1): a few of them, by their ids in the queue
 *
 * One thing that is wrong with a queue. Immutable once published.
 */
typedef struct {
  WdFindingKind kind;
  char *queue;
  char *job_type;
  WdTime since;
  gint64 count;
  gboolean at_least;
  gint64 workers;
  gint64 limit;
  char **job_ids;
} WdFinding;

WD_DECLARE_RECORD (WdFinding, wd_finding)

WdFinding  *wd_finding_create (WdFindingKind kind, const char *queue, const char *job_type);
const char *wd_finding_kind_word (WdFindingKind kind);
const char *wd_finding_get_subject (const WdFinding *self);
char       *wd_finding_describe (const WdFinding *self, const WdNumberFormat *format);
char       *wd_finding_describe_since (const WdFinding *self, WdTime now);
const char *wd_finding_get_advice (const WdFinding *self);

G_END_DECLS
