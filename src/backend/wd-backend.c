/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "backend/wd-backend.h"

G_DEFINE_INTERFACE (WdBackend, wd_backend, G_TYPE_OBJECT)

static void
wd_backend_default_init (WdBackendInterface *iface)
{
}

static GTask *
make_task (WdBackend *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data,
           gpointer tag, const char *name)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_name (task, name);
  return task;
}

/* What a write did is told even when it was interrupted meanwhile. */
static GTask *
make_write_task (WdBackend *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer data, gpointer tag, const char *name)
{
  GTask *task = make_task (self, cancellable, callback, data, tag, name);

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
 */
void
wd_backend_load_stats_async (WdBackend *self, GTimeZone *zone, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_task (self, cancellable, callback, data, wd_backend_load_stats_async, "load_stats");
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
 */
void
wd_backend_list_jobs_async (WdBackend *self, const WdJobFilter *filter, const WdPageRequest *page,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_task (self, cancellable, callback, data, wd_backend_list_jobs_async, "list_jobs");
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
 */
void
wd_backend_load_job_async (WdBackend *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_task (self, cancellable, callback, data, wd_backend_load_job_async, "load_job");
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

  task = make_task (self, cancellable, callback, data, wd_backend_find_jobs_async, "find_jobs");
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
 * wd_backend_list_wallets_async:
 * @self: a backend
 * @filter: which
 * @page: how many, and after which
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_list_wallets_async (WdBackend *self, const WdWalletFilter *filter,
                               const WdPageRequest *page, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_task (self, cancellable, callback, data, wd_backend_list_wallets_async,
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
 * wd_backend_list_networks_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_list_networks_async (WdBackend *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_task (self, cancellable, callback, data, wd_backend_list_networks_async,
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

  task = make_task (self, cancellable, callback, data, wd_backend_load_outlook_async, "load_outlook");
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
 */
void
wd_backend_dispatch_async (WdBackend *self, const WdDispatchRequest *request,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_write_task (self, cancellable, callback, data, wd_backend_dispatch_async,
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
 */
void
wd_backend_retry_async (WdBackend *self, const WdRetryRequest *request, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_write_task (self, cancellable, callback, data, wd_backend_retry_async,
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
 */
void
wd_backend_set_flags_async (WdBackend *self, const char *address, WdTristate needs_gas,
                            WdTristate needs_consolidation, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_write_task (self, cancellable, callback, data, wd_backend_set_flags_async,
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

  task = make_write_task (self, cancellable, callback, data, wd_backend_change_flag_async, "change_flag");
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

/**
 * wd_backend_list_queues_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_list_queues_async (WdBackend *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_task (self, cancellable, callback, data, wd_backend_list_queues_async, "list_queues");
  WD_BACKEND_GET_IFACE (self)->list_queues (self, task);
}

/**
 * wd_backend_list_queues_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WdQueueCounts): every queue found or named in the profile
 */
GPtrArray *
wd_backend_list_queues_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_set_queue_paused_async:
 * @self: a backend
 * @queue: its name
 * @paused: pause, else resume (merging both waiting lists)
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_set_queue_paused_async (WdBackend *self, const char *queue, gboolean paused,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_write_task (self, cancellable, callback, data, wd_backend_set_queue_paused_async,
                          "set_queue_paused");
  WD_BACKEND_GET_IFACE (self)->set_queue_paused (self, queue, paused, task);
}

/**
 * wd_backend_set_queue_paused_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is so now
 */
gboolean
wd_backend_set_queue_paused_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wd_backend_list_outbox_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_list_outbox_async (WdBackend *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_task (self, cancellable, callback, data, wd_backend_list_outbox_async, "list_outbox");
  WD_BACKEND_GET_IFACE (self)->list_outbox (self, task);
}

/**
 * wd_backend_list_outbox_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WdOutboxEntry): what is not known to be delivered, oldest
 *   first, with what both stores show
 */
GPtrArray *
wd_backend_list_outbox_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_send_outbox_async:
 * @self: a backend
 * @ids: (nullable): entries the admin decided to send whatever is known of them; %NULL sends
 *   only what can be sent safely
 * @min_age_ms: leaves younger entries to whoever made them
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_send_outbox_async (WdBackend *self, const char *const *ids, guint min_age_ms,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_write_task (self, cancellable, callback, data, wd_backend_send_outbox_async,
                          "send_outbox");
  WD_BACKEND_GET_IFACE (self)->send_outbox (self, ids, min_age_ms, task);
}

/**
 * wd_backend_send_outbox_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was settled and what was left
 */
WdOutboxReport *
wd_backend_send_outbox_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_discard_outbox_async:
 * @self: a backend
 * @ids: entries never to be sent
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_discard_outbox_async (WdBackend *self, const char *const *ids, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_write_task (self, cancellable, callback, data, wd_backend_discard_outbox_async,
                          "discard_outbox");
  WD_BACKEND_GET_IFACE (self)->discard_outbox (self, ids, task);
}

/**
 * wd_backend_discard_outbox_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was discarded and what was left
 */
WdOutboxReport *
wd_backend_discard_outbox_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_migrate_async:
 * @self: a backend
 * @dry_run: only look
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_migrate_async (WdBackend *self, gboolean dry_run, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_write_task (self, cancellable, callback, data, wd_backend_migrate_async,
                          "migrate");
  WD_BACKEND_GET_IFACE (self)->migrate (self, dry_run, task);
}

/**
 * wd_backend_migrate_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WdMigrationStep): every migration, with whether it is
 *   applied now
 */
GPtrArray *
wd_backend_migrate_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_run_doctor_async:
 * @self: a backend
 * @recount: also count everything anew and mend the counts table
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_run_doctor_async (WdBackend *self, gboolean recount, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_task (self, cancellable, callback, data, wd_backend_run_doctor_async, "run_doctor");
  WD_BACKEND_GET_IFACE (self)->run_doctor (self, recount, task);
}

/**
 * wd_backend_run_doctor_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WdCheck): every check
 */
GPtrArray *
wd_backend_run_doctor_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
