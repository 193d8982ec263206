/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-queue-limits.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdQueueWorker:
 * @name: (nullable): as it calls itself
 * @address: (nullable): where it connects from
 * @since: when it connected
 *
 * One that takes jobs from a queue.
 */
typedef struct {
  char *name;
  char *address;
  WdTime since;
} WdQueueWorker;

/**
 * WdQueueCounts:
 * @queue: its name
 * @waiting: of both waiting lists (`wait` and `paused`)
 * @ever_completed: how many its workers have counted, or -1 where they count none
 * @ever_failed: likewise
 * @workers: connected workers, or -1 where they cannot be seen
 * @connected: (nullable) (element-type WdQueueWorker): those, longest connected first
 * @has_signs: whether something is there that only a living worker renews, though no worker may be
 *   seen connected: then @workers is -1, not 0
 * @lost_locks: active jobs whose lock is gone; at most the first 1000 active ones are looked at
 * @overdue: delayed jobs due for more than a minute, which wait for a worker like any other
 * @oldest_waiting: since when the job waits that waits longest, prioritized ones too, or
 *   %WD_TIME_NONE where none waits or that cannot be told
 * @schedulers: how many make jobs again and again, or -1 where that is not known
 * @limits: of all its workers together
 * @limited_until: until when the rate limit lets no job begin, or %WD_TIME_NONE
 * @rate_doubt: (nullable): why a rate limit has, or may have, no effect
 * @ignores_rate: whether it has none
 * @version: (nullable): `meta.version` as it stands there
 * @layout: (nullable): why the queue is read-only for us; %NULL when it may be written
 * @warning: (nullable): what an admin should know, such as both waiting lists being filled
 *
 * What a queue holds at one moment. Immutable once published.
 */
typedef struct {
  char *queue;
  gint64 waiting;
  gint64 prioritized;
  gint64 delayed;
  gint64 active;
  gint64 completed;
  gint64 failed;
  gint64 waiting_children;
  gint64 ever_completed;
  gint64 ever_failed;
  gint64 workers;
  GPtrArray *connected;
  gboolean has_signs;
  gint64 lost_locks;
  gint64 overdue;
  WdTime oldest_waiting;
  gint64 schedulers;
  WdQueueLimits limits;
  WdTime limited_until;
  char *rate_doubt;
  gboolean ignores_rate;
  gboolean paused;
  char *version;
  char *layout;
  char *warning;
} WdQueueCounts;

WD_DECLARE_RECORD (WdQueueCounts, wd_queue_counts)

void     wd_queue_worker_free (WdQueueWorker *self);
gboolean wd_queue_counts_may_change (const WdQueueCounts *self);
gint64   wd_queue_counts_get (const WdQueueCounts *self, const char *state);

/**
 * WdQueueJob:
 * @queue: the queue
 * @id: its id there
 * @name: (nullable): BullMQ job name
 * @state: `waiting`, `prioritized`, `delayed`, `active`, `completed`, `failed`, `waiting-children`
 *   or `unknown` (a record in no list)
 * @data: (nullable): JSON text, cut when huge (see @data_size)
 * @data_size: bytes of the whole data
 * @attempts_made: attempts that ended
 * @attempts_started: attempts that began
 * @attempts: attempts allowed
 * @priority: BullMQ's scale: 1 is most urgent, 0 is none
 * @delay: milliseconds
 * @due: when a delayed job falls due, or %WD_TIME_NONE
 * @progress: (nullable): JSON text
 * @failed_reason: (nullable): text
 * @stacktrace: (array zero-terminated=1): one text for each failed attempt, oldest first
 * @logs: (array zero-terminated=1): log lines, oldest first, the last 1000
 * @lock_ms: milliseconds the running worker's lock still lives; -1 without one
 * @worker: (nullable): name of the worker that took it last, where it has one
 * @stalled: how often it lost its worker
 * @parent_queue: (nullable): where the job is that waits, or waited, for this one; with its prefix
 *   before it where that is another one than the connection's
 * @parent_id: (nullable): its id there
 * @n_children: jobs that it waits, or waited, for
 * @deduplication_id: (nullable): while it is there no other one with this is added
 * @return_value: (nullable): JSON text: what the worker returned
 * @has_record: else its id stands in the queue, but the rest of it is gone
 *
 * A job as its queue sees it. Immutable once published.
 */
typedef struct {
  char *queue;
  char *id;
  char *name;
  char *state;
  char *data;
  gint64 data_size;
  gint64 attempts_made;
  gint64 attempts_started;
  gint64 attempts;
  gint64 priority;
  gint64 delay;
  WdTime due;
  char *progress;
  WdTime timestamp;
  WdTime processed_on;
  WdTime finished_on;
  char *failed_reason;
  char **stacktrace;
  char **logs;
  gint64 lock_ms;
  char *worker;
  gint64 stalled;
  char *parent_queue;
  char *parent_id;
  gint64 n_children;
  char *deduplication_id;
  char *return_value;
  gboolean has_record;
} WdQueueJob;

WD_DECLARE_RECORD (WdQueueJob, wd_queue_job)

G_END_DECLS
