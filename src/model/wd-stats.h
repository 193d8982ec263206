/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-queue.h"
#include "model/wd-record.h"
#include "model/wd-wallet.h"
#include "model/wd-words.h"

G_BEGIN_DECLS

/**
 * WdWorkerStats:
 * @job_type: name in the table of job types
 * @queue: its BullMQ queue with this profile
 * @active: the queue's count; `job_logs`' where there is no Redis
 * @queued: likewise: waiting, prioritized and delayed
 * @waiting: of these, what a worker could take now; without Redis the same; -1 where unknown
 * @overdue: delayed jobs due for more than a minute; none without Redis
 * @oldest_waiting: since when the job waits that waits longest, or %WD_TIME_NONE where none waits
 *   or that cannot be told
 * @completed: all of `job_logs`
 * @failed: likewise
 * @completed_today: since midnight in the zone asked for
 * @finished_last_hour: completed and failed; -1 where unknown, like the next
 * @failed_last_hour: of these
 * @last_active: last start or end of a job, or %WD_TIME_NONE
 * @paused: whether the queue is
 * @workers: connected workers, or -1 where they cannot be seen
 * @has_signs: whether something is there that only a living worker renews; unset where nobody
 *   looked into its queue
 * @sees_workers: whether Redis tells who is connected
 * @lost_locks: active jobs whose worker is gone
 * @counts: (owned) (nullable): all that was counted of its queue; a remote dashboard does not tell
 *
 * One kind of worker.
 */
typedef struct {
  const char *worker_name;
  char *job_type;
  char *queue;
  gint64 active;
  gint64 queued;
  gint64 waiting;
  gint64 overdue;
  WdTime oldest_waiting;
  gint64 completed;
  gint64 failed;
  gint64 completed_today;
  gint64 finished_last_hour;
  gint64 failed_last_hour;
  WdTime last_active;
  gboolean paused;
  gint64 workers;
  WdTristate has_signs;
  gboolean sees_workers;
  gint64 lost_locks;
  WdQueueCounts *counts;
  WdWorkerStatus status;
} WdWorkerStats;

/**
 * WdStats:
 * @workers: (element-type WdWorkerStats): in the order of the table of job types
 * @pending_jobs: `pending` rows
 * @active_jobs: of all workers
 * @completed_jobs_today: likewise
 * @undelivered_jobs: outbox entries, or -1 without our schema
 * @wallets: all wallets; -1 where unknown, like the four below
 * @failed_last_day: failed in the last 24 hours
 * @finished_last_day: completed and failed in the last 24 hours
 * @queue_error: (nullable): why the queues' part is missing (Redis down or not configured)
 * @queue_address_is_wrong: whether that is because their address is none
 * @last_updated: when it was read
 *
 * Every stat card, from one round trip to each store. Immutable once published.
 */
typedef struct {
  GPtrArray *workers;
  gint64 pending_jobs;
  gint64 active_jobs;
  gint64 completed_jobs_today;
  gint64 undelivered_jobs;
  gint64 wallets;
  gint64 wallets_need_gas;
  gint64 wallets_need_consolidation;
  gint64 failed_last_day;
  gint64 finished_last_day;
  char *queue_error;
  gboolean queue_address_is_wrong;
  WdTime last_updated;
} WdStats;

WD_DECLARE_RECORD (WdStats, wd_stats)

WdWorkerStats *wd_worker_stats_new (void);
void           wd_worker_stats_free (WdWorkerStats *self);

WdWorkerStatus wd_worker_stats_judge (const WdWorkerStats *self, guint failure_percent);

gboolean wd_stats_is_idle (const WdStats *self);
gboolean wd_stats_has_unseen_workers (const WdStats *self);
gboolean wd_stats_is_queue_told (const WdStats *self, guint n);

G_END_DECLS
