/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs of a queue as the queue sees them. A connection need not be able to tell of them. */

#include <glib/gi18n-lib.h>

#include "backend/wd-backend-private.h"
#include "base/wd-error.h"

static void
answer_unsupported (GTask *task)
{
  g_task_return_new_error (task, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                           _("This connection does not tell of the jobs of a queue: connect to "
                             "Redis itself to see them"));
}

/**
 * wd_backend_list_queue_jobs_async:
 * @self: a backend
 * @request: which
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Jobs of one state, also those without a row.
 */
void
wd_backend_list_queue_jobs_async (WdBackend *self, WdQueueJobsRequest *request,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (request != NULL && request->queue != NULL && request->state != NULL);

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_queue_jobs_async,
                               "list_queue_jobs");
  if (WD_BACKEND_GET_IFACE (self)->list_queue_jobs != NULL)
    WD_BACKEND_GET_IFACE (self)->list_queue_jobs (self, request, task);
  else
    answer_unsupported (task);
}

/**
 * wd_backend_list_queue_jobs_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, %WD_ERROR_NOT_FOUND where there is no such queue, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): a page of them
 */
WdQueueJobs *
wd_backend_list_queue_jobs_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_queue_job_async:
 * @self: a backend
 * @queue: where a job is
 * @id: its id there
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * As wd_backend_load_job_async(), of a job that need not have a row.
 */
void
wd_backend_load_queue_job_async (WdBackend *self, const char *queue, const char *id,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (queue != NULL && id != NULL);

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_queue_job_async,
                               "load_queue_job");
  if (WD_BACKEND_GET_IFACE (self)->load_queue_job != NULL)
    WD_BACKEND_GET_IFACE (self)->load_queue_job (self, queue, id, task);
  else
    answer_unsupported (task);
}

/**
 * wd_backend_load_queue_job_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, %WD_ERROR_NOT_FOUND where the queue does not hold it, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the job, and its row if it has one
 */
WdJobDetail *
wd_backend_load_queue_job_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_flow_async:
 * @self: a backend
 * @queue: where a job is
 * @id: its id there
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * The jobs that wait for it and those that it waits for, in whichever queues they are.
 */
void
wd_backend_load_flow_async (WdBackend *self, const char *queue, const char *id,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (queue != NULL && id != NULL);

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_flow_async,
                               "load_flow");
  if (WD_BACKEND_GET_IFACE (self)->load_flow != NULL)
    WD_BACKEND_GET_IFACE (self)->load_flow (self, queue, id, task);
  else
    answer_unsupported (task);
}

/**
 * wd_backend_load_flow_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, %WD_ERROR_NOT_FOUND where the queue does not hold it, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the flow, perhaps of this job alone
 */
WdFlow *
wd_backend_load_flow_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
