/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What makes jobs of a queue again and again, and what its workers may do together. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_list_schedulers_async:
 * @self: a backend
 * @queue: its name
 * @cursor: (nullable): of an earlier page, to continue there
 * @limit: how many at most
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads what makes jobs again and again. One of them is removed by an order about the queue: see
 * wd_backend_plan_queue_async().
 */
void
wd_backend_list_schedulers_async (WdBackend *self, const char *queue, const char *cursor,
                                  guint limit, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (queue != NULL && limit > 0);

  task = wd_backend_make_task (self, cancellable, callback, data,
                               wd_backend_list_schedulers_async, "list_schedulers");
  WD_BACKEND_GET_IFACE (self)->list_schedulers (self, queue, cursor, limit, task);
}

/**
 * wd_backend_list_schedulers_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): schedulers
 */
WdSchedulerPage *
wd_backend_list_schedulers_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_set_queue_limits_async:
 * @self: a backend
 * @queue: its name
 * @before: as they were read; copied
 * @after: as they shall be; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Sets how many jobs of a queue run at once, and how many begin in a time. Where they are not as
 * they were read it is refused.
 */
void
wd_backend_set_queue_limits_async (WdBackend *self, const char *queue, const WdQueueLimits *before,
                                   const WdQueueLimits *after, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (queue != NULL && before != NULL && after != NULL);

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_set_queue_limits_async, "set_queue_limits");
  WD_BACKEND_GET_IFACE (self)->set_queue_limits (self, queue, before, after, task);
}

/**
 * wd_backend_set_queue_limits_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was done
 */
gboolean
wd_backend_set_queue_limits_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
