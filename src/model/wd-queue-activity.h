/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/* More jobs than this of a queue are not looked at, the longest active ones first. */
#define WD_QUEUE_ACTIVITY_MOST 1000

/**
 * WdActiveJob:
 * @id: in its queue
 * @name: (nullable): BullMQ job name
 * @started: when it began to run, or when it failed for good; or %WD_TIME_NONE
 * @locked: whether a worker keeps its lock alive
 * @stalled: how often it lost its worker
 */
typedef struct {
  char *id;
  char *name;
  WdTime started;
  gboolean locked;
  gint64 stalled;
} WdActiveJob;

/**
 * WdQueueActivity:
 * @now: the time by Redis' clock when it was read
 * @active: (element-type WdActiveJob): those that run, the longest first; at most
 *   %WD_QUEUE_ACTIVITY_MOST
 * @stalled_waiting: (element-type WdActiveJob): those next to run that lost their worker before
 * @stalled_failed: (element-type WdActiveJob): those that failed in the last hour and had lost
 *   their worker before
 * @oldest_ready: since when the job waits that waits longest for a worker, or %WD_TIME_NONE
 * @last_finished: when a job ended last, as far as the queue still knows, or %WD_TIME_NONE
 * @last_started: likewise, when one began to run
 * @has_signs: whether something of a worker is there that only a living one renews, though it may
 *   not be seen connected
 *
 * What tells whether the jobs of a queue get anywhere.
 */
typedef struct {
  WdTime now;
  GPtrArray *active;
  GPtrArray *stalled_waiting;
  GPtrArray *stalled_failed;
  WdTime oldest_ready;
  WdTime last_finished;
  WdTime last_started;
  gboolean has_signs;
} WdQueueActivity;

WD_DECLARE_RECORD (WdQueueActivity, wd_queue_activity)

WdQueueActivity *wd_queue_activity_create (WdTime now);
void             wd_active_job_free (WdActiveJob *self);

G_END_DECLS
