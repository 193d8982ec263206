/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-queue-order.h"

static void
wd_queue_order_clear (gpointer data)
{
  WdQueueOrder *self = data;

  g_free (self->queue);
  g_free (self->scheduler);
}

WD_DEFINE_RECORD (WdQueueOrder, wd_queue_order, wd_queue_order_clear)

/**
 * wd_queue_order_copy:
 * @self: an order
 *
 * Returns: (transfer full): another one
 */
WdQueueOrder *
wd_queue_order_copy (const WdQueueOrder *self)
{
  WdQueueOrder *copy = wd_queue_order_new ();

  *copy = *self;
  copy->queue = g_strdup (self->queue);
  copy->scheduler = g_strdup (self->scheduler);
  return copy;
}

static void
item_free (gpointer data)
{
  WdQueueItem *item = data;

  g_free (item->id);
  g_free (item->state);
  g_free (item->job_log_id);
  g_free (item->job_type);
  g_free (item->wallet_address);
  g_free (item->row_status);
  g_free (item);
}

static void
wd_queue_plan_clear (gpointer data)
{
  WdQueuePlan *self = data;

  g_clear_pointer (&self->order, wd_queue_order_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->scheduler, wd_scheduler_unref);
}

WD_DEFINE_RECORD (WdQueuePlan, wd_queue_plan, wd_queue_plan_clear)

/**
 * wd_queue_plan_create:
 * @order: what is wanted; copied
 *
 * Returns: (transfer full): a plan without jobs, to be filled
 */
WdQueuePlan *
wd_queue_plan_create (const WdQueueOrder *order)
{
  WdQueuePlan *self = wd_queue_plan_new ();

  self->order = wd_queue_order_copy (order);
  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

/**
 * wd_queue_plan_add:
 * @self: a plan that is being filled
 * @id: of a job
 * @state: where it stands
 *
 * Returns: (transfer none): its item
 */
WdQueueItem *
wd_queue_plan_add (WdQueuePlan *self, const char *id, const char *state)
{
  WdQueueItem *item = g_new0 (WdQueueItem, 1);

  item->id = g_strdup (id);
  item->state = g_strdup (state);
  g_ptr_array_add (self->items, item);
  return item;
}

/**
 * wd_queue_plan_get_n_rows:
 * @self: a plan
 *
 * Returns: how many of its jobs have a row
 */
guint
wd_queue_plan_get_n_rows (const WdQueuePlan *self)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += ((const WdQueueItem *) self->items->pdata[i])->job_log_id != NULL;
  return n;
}
