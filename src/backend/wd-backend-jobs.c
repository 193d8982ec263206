/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of a platform's jobs, and done to them. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_list_jobs_async:
 * @self: a backend
 * @filter: which
 * @page: how many, and after which
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * @filter and @page are copied. A filter that nothing matches is answered by an empty page. Pages
 * follow one another by cursor, so that rows made meanwhile shift nothing.
 */
void
wd_backend_list_jobs_async (WdBackend *self, const WdJobFilter *filter, const WdPageRequest *page,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_jobs_async,
                               "list_jobs");
  WD_BACKEND_GET_IFACE (self)->list_jobs (self, filter, page, task);
}

/**
 * wd_backend_list_jobs_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): a page of #WdJob
 */
WdPage *
wd_backend_list_jobs_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_job_async:
 * @self: a backend
 * @id: the row's UUID or its `job_id`; row ids win
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Where the queue cannot be asked the row comes all the same, with the reason in its `queue_error`.
 * %WD_ERROR_NOT_FOUND where there is no such row.
 */
void
wd_backend_load_job_async (WdBackend *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_job_async,
                               "load_job");
  WD_BACKEND_GET_IFACE (self)->load_job (self, id, task);
}

/**
 * wd_backend_load_job_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the row and its queue's view of it
 */
WdJobDetail *
wd_backend_load_job_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_find_jobs_async:
 * @self: a backend
 * @ids: (array zero-terminated=1): rows' UUIDs, or `job_id`s; row ids win
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_find_jobs_async (WdBackend *self, const char *const *ids,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_find_jobs_async,
                               "find_jobs");
  WD_BACKEND_GET_IFACE (self)->find_jobs (self, ids, task);
}

/**
 * wd_backend_find_jobs_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WdJob): the jobs there are, in the order of the ids
 */
GPtrArray *
wd_backend_find_jobs_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_error_report_async:
 * @self: a backend
 * @filter: which jobs; those of them that failed
 * @n_jobs: how many to look at, the newest ones: %WD_ERROR_REPORT_JOBS, or %G_MAXINT for all,
 *   which may take a minute
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * @filter is copied.
 */
void
wd_backend_load_error_report_async (WdBackend *self, const WdJobFilter *filter, guint n_jobs,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data,
                               wd_backend_load_error_report_async, "load_error_report");
  WD_BACKEND_GET_IFACE (self)->load_error_report (self, filter, n_jobs, task);
}

/**
 * wd_backend_load_error_report_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): failed jobs by what went wrong
 */
WdErrorReport *
wd_backend_load_error_report_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_dispatch_async:
 * @self: a backend
 * @request: what to queue. An error means that nothing was written, except
 *   %WD_ERROR_UNKNOWN_OUTCOME, which says what may have been
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Writes a row for each wallet, promises its job and queues it, once whatever dies in between. A
 * refusal of one wallet hinders no other; what was written and is not known to be queued yet counts
 * as done, not delivered. Cancelling stops before the next transaction: what was written is
 * delivered and told. @request is copied.
 */
void
wd_backend_dispatch_async (WdBackend *self, const WdDispatchRequest *request,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data, wd_backend_dispatch_async,
                                     "dispatch");
  WD_BACKEND_GET_IFACE (self)->dispatch (self, request, task);
}

/**
 * wd_backend_dispatch_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was queued and what was refused
 */
WdActionResult *
wd_backend_dispatch_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_retry_async:
 * @self: a backend
 * @request: which jobs
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * The same three steps as wd_backend_dispatch_async(), with rows that exist: each goes back to
 * pending and its job to the queue, or is refused and stays as it was. What an error and cancelling
 * mean is the same too. @request is copied.
 */
void
wd_backend_retry_async (WdBackend *self, const WdRetryRequest *request, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data, wd_backend_retry_async,
                                     "retry");
  WD_BACKEND_GET_IFACE (self)->retry (self, request, task);
}

/**
 * wd_backend_retry_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what is retried and what was refused
 */
WdActionResult *
wd_backend_retry_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
