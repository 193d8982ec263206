/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders about a queue as they run in their lanes. */

#include "direct/wd-direct-calls.h"
#include "direct/wd-direct-limits.h"
#include "direct/wd-direct-queue-order.h"
#include "direct/wd-direct-queues.h"
#include "direct/wd-direct-tell.h"

/**
 * wd_direct_call_plan_queue:
 * @task: returned with a #WdQueuePlan
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `queue_order`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_plan_queue (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdQueuePlan *plan = wd_direct_plan_queue (lane, call->queue_order, cancellable, &error);

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) wd_queue_plan_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_run_queue:
 * @task: returned with a #WdOutboxReport
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `queue_plan` and `bulk_progress`
 * @cancellable: (nullable): the task's; heeded between slices
 */
void
wd_direct_call_run_queue (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdOutboxReport *report
      = wd_direct_run_queue (lane, call->queue_plan,
                             call->bulk_progress != NULL ? wd_direct_tell_progress : NULL, task,
                             cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) wd_outbox_report_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_list_schedulers:
 * @task: returned with a #WdSchedulerPage
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the queue, `cursor` and `number`, how many
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_list_schedulers (GTask *task, gpointer lane, gpointer data,
                                GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdSchedulerPage *page = wd_direct_list_schedulers (lane, call->text, call->cursor, call->number,
                                                     cancellable, &error);

  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) wd_scheduler_page_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_set_queue_limits:
 * @task: returned with whether it was done
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the queue, and `limits`, before and after
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_set_queue_limits (GTask *task, gpointer lane, gpointer data,
                                 GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;

  if (wd_direct_set_limits (lane, call->text, &call->limits[0], &call->limits[1], cancellable,
                            &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}
