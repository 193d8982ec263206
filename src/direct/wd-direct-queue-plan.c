/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which jobs an order about a queue is about. */

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-counts.h"
#include "bullmq/wd-bullmq-list.h"
#include "bullmq/wd-bullmq-look.h"
#include "bullmq/wd-bullmq-schedulers.h"
#include "direct/wd-direct-queue-order.h"
#include "direct/wd-queue-rows.h"

/* Returns: (array zero-terminated=1): the states whose jobs are concerned */
static const char *const *
states_of (const WdQueueOrder *order)
{
  static const char *const promoted[] = { "delayed", NULL };
  static const char *const completed[] = { "completed", NULL };
  static const char *const failed[] = { "failed", NULL };
  static const char *const drained[] = { "waiting", "prioritized", "delayed", NULL };
  static const char *const drained_now[] = { "waiting", "prioritized", NULL };

  switch (order->action)
    {
    case WD_QUEUE_PROMOTE:
      return promoted;
    case WD_QUEUE_CLEAN:
      return order->failed ? failed : completed;
    case WD_QUEUE_DRAIN:
    case WD_QUEUE_UNSCHEDULE:
    default:
      return order->with_delayed ? drained : drained_now;
    }
}

/* A queue we may not write to is told so before anything is listed. */
static gboolean
check_layout (WdLane *lane, WdRedisConnection *redis, const WdBullmqQueue *queue,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) counts = wd_bullmq_counts (redis, queue, 1, wd_deadline_in (WD_QUEUE_MS),
                                                   cancellable, error);
  const WdQueueCounts *found;

  if (counts == NULL)
    return FALSE;
  found = counts->pdata[0];
  if (found->layout == NULL)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_LAYOUT, _("The queue “%s” is left as it is: %s"),
               queue->name, found->layout);
  return FALSE;
}

static void
take_row (WdQueueItem *item, const WdJob *row)
{
  item->job_log_id = g_strdup (row->id);
  item->job_type = g_strdup (row->job_type);
  item->wallet_address = g_strdup (row->wallet_address);
  item->row_status = g_strdup (row->status);
}

/**
 * wd_direct_read_births:
 * @redis: a connection
 * @queue: where the jobs are
 * @items: (array length=n_items): which; those whose id BullMQ did not make are not asked for
 * @n_items: how many
 * @made_ms: (array length=n_items): get when each was made, in milliseconds; 0 where that is not
 *   known
 * @cancellable: (nullable): a cancellable
 * @error: Redis'
 *
 * An id that BullMQ made may be another job's once the queue was emptied. Worker.
 */
gboolean
wd_direct_read_births (WdRedisConnection *redis, const WdBullmqQueue *queue,
                       WdQueueItem *const *items, guint n_items, gint64 *made_ms,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) found = NULL;

  for (guint i = 0; i < n_items; i++)
    {
      made_ms[i] = 0;
      if (!wd_bullmq_job_id_is_automatic (items[i]->id))
        continue;
      g_ptr_array_add (ids, items[i]->id);
      g_array_append_val (places, i);
    }
  if (ids->len == 0)
    return TRUE;
  found = wd_bullmq_look (redis, queue, (const char *const *) ids->pdata, ids->len, FALSE,
                          wd_deadline_in (WD_PASS_MS), cancellable, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    made_ms[g_array_index (places, guint, i)]
        = MAX (g_array_index (found, WdQueueFacts, i).made_ms, 0);
  return found != NULL;
}

static gboolean
read_births (WdRedisConnection *redis, const WdBullmqQueue *queue, WdQueuePlan *plan,
             GCancellable *cancellable, GError **error)
{
  g_autofree gint64 *made_ms = g_new (gint64, plan->items->len);

  if (!wd_direct_read_births (redis, queue, (WdQueueItem *const *) plan->items->pdata,
                              plan->items->len, made_ms, cancellable, error))
    return FALSE;
  for (guint i = 0; i < plan->items->len; i++)
    ((WdQueueItem *) plan->items->pdata[i])->made_ms = made_ms[i];
  return TRUE;
}

static gboolean
find_rows (WdLane *lane, WdQueuePlan *plan, GCancellable *cancellable, GError **error)
{
  const char *queue = plan->order->queue;
  g_autoptr (WdQueueRows) rows = wd_queue_rows_new ();

  for (guint i = 0; i < plan->items->len; i++)
    wd_queue_rows_want (rows, queue, ((WdQueueItem *) plan->items->pdata[i])->id);
  if (!wd_queue_rows_load (rows, lane, FALSE, cancellable, error))
    return FALSE;
  for (guint i = 0; i < plan->items->len; i++)
    {
      WdQueueItem *item = plan->items->pdata[i];
      const WdJob *row = wd_queue_rows_get (rows, queue, item->id, item->made_ms);

      if (row != NULL)
        take_row (item, row);
    }
  return TRUE;
}

static gboolean
find_jobs (WdRedisConnection *redis, const WdBullmqQueue *queue, WdQueuePlan *plan,
           GCancellable *cancellable, GError **error)
{
  const WdQueueOrder *order = plan->order;

  for (const char *const *state = states_of (order); *state != NULL; state++)
    {
      g_autoptr (GPtrArray) ids =
        wd_bullmq_list_ids (redis, queue, *state, order->older_than / 1000,
                            WD_QUEUE_ORDER_MAX + 1 - plan->items->len,
                            wd_deadline_in (WD_PASS_MS), cancellable, error);

      if (ids == NULL)
        return FALSE;
      for (guint i = 0; i < ids->len; i++)
        wd_queue_plan_add (plan, ids->pdata[i], *state);
    }
  plan->or_more = plan->items->len > WD_QUEUE_ORDER_MAX;
  if (plan->or_more)
    g_ptr_array_set_size (plan->items, WD_QUEUE_ORDER_MAX);
  return TRUE;
}

/* A job that is beyond its delay stays. */
static gboolean
find_scheduler (WdRedisConnection *redis, const WdBullmqQueue *queue, WdQueuePlan *plan,
                GCancellable *cancellable, GError **error)
{
  plan->scheduler = wd_bullmq_scheduler (redis, queue, plan->order->scheduler,
                                         wd_deadline_in (WD_QUEUE_MS), cancellable, error);
  if (plan->scheduler == NULL)
    return FALSE;
  if (wd_bullmq_scheduler_would_go_on (plan->scheduler))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                           _("Its job waits for a worker already, or runs. Removed now, a "
                             "repeatable job of this old kind could go on all the same: try again "
                             "when its next job is delayed"));
      return FALSE;
    }
  if (plan->scheduler->state == WD_SCHEDULER_DELAYED)
    wd_queue_plan_add (plan, plan->scheduler->job_id, plan->scheduler->job_state);
  return TRUE;
}

/**
 * wd_direct_plan_queue:
 * @lane: the lane of checks
 * @order: what is wanted
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_LAYOUT where it cannot be done; %WD_ERROR_NOT_FOUND for a scheduler that is not
 *   there, %WD_ERROR_REFUSED for one that would go on; or either store's
 *
 * Writes nothing. Worker.
 *
 * Returns: (transfer full): the jobs it is about
 */
WdQueuePlan *
wd_direct_plan_queue (WdLane *lane, const WdQueueOrder *order, GCancellable *cancellable,
                      GError **error)
{
  WdBullmqQueue queue = { wd_lane_get_profile (lane)->prefix, order->queue };
  g_autoptr (WdQueuePlan) plan = wd_queue_plan_create (order);
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);

  if (redis == NULL || !check_layout (lane, redis, &queue, cancellable, error))
    return NULL;
  if (order->action == WD_QUEUE_UNSCHEDULE
        ? !find_scheduler (redis, &queue, plan, cancellable, error)
        : !find_jobs (redis, &queue, plan, cancellable, error))
    return NULL;
  if (!read_births (redis, &queue, plan, cancellable, error)
      || !find_rows (lane, plan, cancellable, error))
    return NULL;
  return g_steal_pointer (&plan);
}
