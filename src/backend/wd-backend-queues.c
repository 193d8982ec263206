/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with the jobs of a queue. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_plan_queue_async:
 * @self: a backend
 * @order: what is wanted; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Looks which jobs it is about, and of a scheduler how it is now. Writes nothing.
 */
void
wd_backend_plan_queue_async (WdBackend *self, const WdQueueOrder *order, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (order != NULL && order->queue != NULL);

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_plan_queue_async,
                               "plan_queue");
  WD_BACKEND_GET_IFACE (self)->plan_queue (self, order, task);
}

/**
 * wd_backend_plan_queue_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the jobs, to be shown and then given to wd_backend_run_queue_async()
 */
WdQueuePlan *
wd_backend_plan_queue_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_run_queue_async:
 * @self: a backend
 * @plan: whose jobs to promote, or to take out of the queue
 * @progress: (nullable) (scope call): told how far it is
 * @progress_data: for @progress, alive until the answer
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Does it to these jobs, or to this scheduler, and to no others: one in another state by now, or
 * that was changed, is left. Cancelling stops between two slices.
 */
void
wd_backend_run_queue_async (WdBackend *self, WdQueuePlan *plan, WdBulkProgress progress,
                            gpointer progress_data, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (plan != NULL);

  task = wd_backend_make_write_task (self, cancellable, callback, data, wd_backend_run_queue_async,
                                     "run_queue");
  WD_BACKEND_GET_IFACE (self)->run_queue (self, plan, progress, progress_data, task);
}

/**
 * wd_backend_run_queue_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED: nothing was done
 *
 * Returns: (transfer full): ids of jobs: what was done, and what was left and why
 */
WdOutboxReport *
wd_backend_run_queue_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
