/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of a platform's jobs and wallets, and done to them. */

#include "backend/wd-backend-private.h"

G_DEFINE_INTERFACE (WdBackend, wd_backend, G_TYPE_OBJECT)

static void
wd_backend_default_init (WdBackendInterface *iface)
{
  /**
   * WdBackend::changed:
   * @self: a backend that listens
   * @changes: #WdChange flags: what may have changed
   *
   * At most four times a second, on the main context of whoever let it listen.
   */
  g_signal_new ("changed", WD_TYPE_BACKEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_UINT);

  /**
   * WdBackend::live-changed:
   * @self: a backend
   *
   * wd_backend_get_live() answers otherwise than before.
   */
  g_signal_new ("live-changed", WD_TYPE_BACKEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

/**
 * wd_backend_make_task:
 * @self: a backend
 * @cancellable: (nullable): the caller's
 * @callback: the caller's
 * @data: for @callback
 * @tag: the method
 * @name: of the method, for debugging
 *
 * Returns: (transfer full): the task that a method answers with
 */
GTask *
wd_backend_make_task (WdBackend *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data, gpointer tag, const char *name)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_name (task, name);
  return task;
}

/**
 * wd_backend_make_write_task:
 * @self: a backend
 * @cancellable: (nullable): the caller's
 * @callback: the caller's
 * @data: for @callback
 * @tag: the method
 * @name: of the method, for debugging
 *
 * What a write did is told even when it was interrupted meanwhile.
 *
 * Returns: (transfer full): the task that a method that writes answers with
 */
GTask *
wd_backend_make_write_task (WdBackend *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data, gpointer tag,
                            const char *name)
{
  GTask *task = wd_backend_make_task (self, cancellable, callback, data, tag, name);

  g_task_set_check_cancellable (task, FALSE);
  return task;
}

/**
 * wd_backend_load_stats_async:
 * @self: a backend
 * @zone: in which “today” begins
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Asks each store once. Where the queues cannot be read the answer comes all the same, with the
 * reason in its `queue_error`.
 */
void
wd_backend_load_stats_async (WdBackend *self, GTimeZone *zone, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_stats_async,
                               "load_stats");
  WD_BACKEND_GET_IFACE (self)->load_stats (self, zone, task);
}

/**
 * wd_backend_load_stats_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): every stat card
 */
WdStats *
wd_backend_load_stats_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

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
 * wd_backend_list_wallets_async:
 * @self: a backend
 * @filter: which
 * @page: how many, and after which
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * @filter and @page are copied; as wd_backend_list_jobs_async().
 */
void
wd_backend_list_wallets_async (WdBackend *self, const WdWalletFilter *filter,
                               const WdPageRequest *page, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_wallets_async,
                               "list_wallets");
  WD_BACKEND_GET_IFACE (self)->list_wallets (self, filter, page, task);
}

/**
 * wd_backend_list_wallets_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): a page of #WdWallet
 */
WdPage *
wd_backend_list_wallets_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_wallet_async:
 * @self: a backend
 * @address: of a wallet, exactly
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_load_wallet_async (WdBackend *self, const char *address, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (address != NULL);

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_wallet_async,
                               "load_wallet");
  WD_BACKEND_GET_IFACE (self)->load_wallet (self, address, task);
}

/**
 * wd_backend_load_wallet_finish:
 * @self: a backend
 * @result: of the call
 * @error: %WD_ERROR_NOT_FOUND, else in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the wallet with every column an admin may see
 */
WdWalletDetail *
wd_backend_load_wallet_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_list_networks_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * For the choices of a filter: the names as they stand in the database, which may be any.
 */
void
wd_backend_list_networks_async (WdBackend *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_networks_async,
                               "list_networks");
  WD_BACKEND_GET_IFACE (self)->list_networks (self, task);
}

/**
 * wd_backend_list_networks_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (array zero-terminated=1): the networks wallets are on
 */
char **
wd_backend_list_networks_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_outlook_async:
 * @self: a backend
 * @addresses: (array zero-terminated=1): of any number of wallets
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_load_outlook_async (WdBackend *self, const char *const *addresses,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_outlook_async,
                               "load_outlook");
  WD_BACKEND_GET_IFACE (self)->load_outlook (self, addresses, task);
}

/**
 * wd_backend_load_outlook_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): which of them exist, and their jobs under way
 */
WdOutlook *
wd_backend_load_outlook_finish (WdBackend *self, GAsyncResult *result, GError **error)
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

/**
 * wd_backend_set_flags_async:
 * @self: a backend
 * @address: of the wallet
 * @needs_gas: the new value, or unset to leave it
 * @needs_consolidation: likewise
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * One transaction, which also writes down who did it. %WD_ERROR_NOT_FOUND for a wallet that is not
 * there.
 */
void
wd_backend_set_flags_async (WdBackend *self, const char *address, WdTristate needs_gas,
                            WdTristate needs_consolidation, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data, wd_backend_set_flags_async,
                                     "set_flags");
  WD_BACKEND_GET_IFACE (self)->set_flags (self, address, needs_gas, needs_consolidation, task);
}

/**
 * wd_backend_set_flags_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the wallet as it is now
 */
WdWallet *
wd_backend_set_flags_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_change_flag_async:
 * @self: a backend
 * @request: which flag of which wallets. An error means that nothing was written, except
 *   %WD_ERROR_UNKNOWN_OUTCOME
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_change_flag_async (WdBackend *self, const WdFlagRequest *request,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_change_flag_async, "change_flag");
  WD_BACKEND_GET_IFACE (self)->change_flag (self, request, task);
}

/**
 * wd_backend_change_flag_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was changed from what, and what was left
 */
WdFlagResult *
wd_backend_change_flag_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
