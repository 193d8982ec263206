/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"
#include "model/wd-scheduler.h"

G_BEGIN_DECLS

/* How many jobs one order is about at most. */
#define WD_QUEUE_ORDER_MAX 20000

/**
 * WdQueueAction:
 * @WD_QUEUE_PROMOTE: delayed jobs run now
 * @WD_QUEUE_CLEAN: the queue forgets jobs that ended; their rows stay as they are
 * @WD_QUEUE_DRAIN: jobs that wait are taken out of the queue; their rows say failed
 * @WD_QUEUE_UNSCHEDULE: a scheduler is removed, and its next job with it while that is delayed
 *
 * What may be done with the jobs of a queue.
 */
typedef enum {
  WD_QUEUE_PROMOTE,
  WD_QUEUE_CLEAN,
  WD_QUEUE_DRAIN,
  WD_QUEUE_UNSCHEDULE,
} WdQueueAction;

/**
 * WdQueueOrder:
 * @queue: its name
 * @action: what to do
 * @failed: clean: the failed jobs, else the completed ones
 * @older_than: clean: microseconds since they ended
 * @with_delayed: drain: also those that are delayed
 * @scheduler: (nullable): unschedule: its key
 *
 * What an admin wants done with a queue.
 */
typedef struct {
  char *queue;
  WdQueueAction action;
  gboolean failed;
  gint64 older_than;
  gboolean with_delayed;
  char *scheduler;
} WdQueueOrder;

/**
 * WdQueueItem:
 * @id: in the queue
 * @state: where it stands there: `waiting`, `prioritized`, `delayed`, `completed` or `failed`
 * @job_log_id: (nullable): UUID of its row
 * @job_type: (nullable): the row's
 * @wallet_address: (nullable): the row's
 * @row_status: (nullable): what the row says
 * @made_ms: of a job whose id BullMQ made: when that was, in milliseconds; 0 where it does not say
 *
 * One job that an order is about.
 */
typedef struct {
  char *id;
  char *state;
  char *job_log_id;
  char *job_type;
  char *wallet_address;
  char *row_status;
  gint64 made_ms;
} WdQueueItem;

/**
 * WdQueuePlan:
 * @order: (owned): what is wanted
 * @items: (element-type WdQueueItem): the jobs, state by state, those that would run first first
 * @scheduler: (owned) (nullable): unschedule: as it was when it was looked
 * @or_more: there are more than %WD_QUEUE_ORDER_MAX
 *
 * The jobs that an order is about, as they were when it was looked: whatever comes later is not
 * touched by it. Immutable once published.
 */
typedef struct {
  WdQueueOrder *order;
  GPtrArray *items;
  WdScheduler *scheduler;
  gboolean or_more;
} WdQueuePlan;

WD_DECLARE_RECORD (WdQueueOrder, wd_queue_order)
WD_DECLARE_RECORD (WdQueuePlan, wd_queue_plan)

WdQueueOrder *wd_queue_order_copy (const WdQueueOrder *self);

WdQueuePlan *wd_queue_plan_create (const WdQueueOrder *order);
WdQueueItem *wd_queue_plan_add (WdQueuePlan *self, const char *id, const char *state);
guint        wd_queue_plan_get_n_rows (const WdQueuePlan *self);

G_END_DECLS
