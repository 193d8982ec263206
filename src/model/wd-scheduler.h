/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdSchedulerState:
 * @WD_SCHEDULER_DELAYED: its next job waits for its time
 * @WD_SCHEDULER_WAITING: its job is due, and waits for a worker
 * @WD_SCHEDULER_ACTIVE: its job runs; the next one is made in a moment
 * @WD_SCHEDULER_ENDED: it has made all the jobs it was to make
 * @WD_SCHEDULER_BROKEN: its next job is gone, and with it all that were to follow
 * @WD_SCHEDULER_UNKNOWN: the lists are too long to look for its job
 *
 * How a scheduler goes on: each of its jobs makes the next one when a worker begins it.
 */
typedef enum {
  WD_SCHEDULER_DELAYED,
  WD_SCHEDULER_WAITING,
  WD_SCHEDULER_ACTIVE,
  WD_SCHEDULER_ENDED,
  WD_SCHEDULER_BROKEN,
  WD_SCHEDULER_UNKNOWN,
} WdSchedulerState;

/**
 * WdScheduler:
 * @key: its id in the queue
 * @name: (nullable): of the jobs it makes
 * @pattern: (nullable): of cron, where it has one
 * @every: milliseconds between two jobs, or 0
 * @tz: (nullable): time zone of @pattern; without one it is that of the workers
 * @next: when its next job falls due, or would have; see wd_scheduler_get_next()
 * @last: when a worker last began one of its jobs, or %WD_TIME_NONE where none did or nothing tells
 * @iterations: jobs made so far, the next one included; -1 where nobody counts
 * @limit: how many it makes at most, or 0
 * @start: when it begins, or %WD_TIME_NONE
 * @end: when it ends, or %WD_TIME_NONE
 * @data: (nullable): JSON text, what its jobs are given; cut when huge (see @data_size)
 * @data_size: bytes of the whole data
 * @options: (nullable): JSON text in BullMQ's short words, likewise
 * @options_size: bytes of the whole options
 * @job_id: (nullable): of its next job
 * @job_state: (nullable): where that stands, in BullMQ's words; `missing` where it does not
 * @state: how it goes on
 * @is_defined: whether the queue says what it makes
 * @is_legacy: made by `add` with `repeat`, not as a scheduler
 * @digest: of all that defines it: another text when it was changed
 *
 * What makes jobs again and again in a queue. Immutable once published.
 */
typedef struct {
  char *key;
  char *name;
  char *pattern;
  gint64 every;
  char *tz;
  WdTime next;
  WdTime last;
  gint64 iterations;
  gint64 limit;
  WdTime start;
  WdTime end;
  char *data;
  gint64 data_size;
  char *options;
  gint64 options_size;
  char *job_id;
  char *job_state;
  WdSchedulerState state;
  gboolean is_defined;
  gboolean is_legacy;
  char *digest;
} WdScheduler;

/**
 * WdSchedulerPage:
 * @items: (element-type WdScheduler): those that run first come first
 * @total: how many the queue has
 * @cursor: (nullable): continues the list; %NULL at its end. While schedulers run, one may come
 *   again further on, but none is left out
 * @now: the server's clock
 * @workers: connected to the queue, or -1 where they cannot be seen
 * @paused: whether the queue is
 * @layout: (nullable): why the queue is read-only for us
 *
 * A part of a queue's schedulers. Immutable once published.
 */
typedef struct {
  GPtrArray *items;
  gint64 total;
  char *cursor;
  WdTime now;
  gint64 workers;
  gboolean paused;
  char *layout;
} WdSchedulerPage;

WD_DECLARE_RECORD (WdScheduler, wd_scheduler)
WD_DECLARE_RECORD (WdSchedulerPage, wd_scheduler_page)

WdSchedulerPage *wd_scheduler_page_create (void);

const char *wd_scheduler_state_word (WdSchedulerState state);
WdTime      wd_scheduler_get_next (const WdScheduler *self);
gboolean    wd_scheduler_is_late (const WdScheduler *self, WdTime now);
char       *wd_scheduler_get_word (const WdScheduler *self);
char       *wd_scheduler_describe_schedule (const WdScheduler *self);
char       *wd_scheduler_describe_oddity (const WdScheduler *self, const WdSchedulerPage *page);

G_END_DECLS
