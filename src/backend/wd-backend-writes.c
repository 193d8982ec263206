/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls of a backend that write. */

#include "backend/wd-backend.h"

/* What a write did is told even when it was interrupted meanwhile. */
static GTask *
make_write_task (WdBackend *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer data, gpointer tag, const char *name)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_name (task, name);
  g_task_set_check_cancellable (task, FALSE);
  return task;
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

  task = make_write_task (self, cancellable, callback, data, wd_backend_change_flag_async,
                          "change_flag");
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
 * wd_backend_set_queue_paused_async:
 * @self: a backend
 * @queue: its name
 * @paused: pause, else resume (merging both waiting lists)
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Asking for what is so already is no error. Long lists are merged in slices: after an error in
 * between the queue stays paused, and asking again goes on. %WD_ERROR_NOT_FOUND for a queue that is
 * not there, %WD_ERROR_LAYOUT for one that must not be written to.
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
 * wd_backend_send_outbox_async:
 * @self: a backend
 * @ids: (nullable): entries the admin decided to send whatever is known of them; %NULL sends
 *   only what can be sent safely
 * @min_age_ms: leaves younger entries to whoever made them
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Each entry is sent once however many ask for it at a time. Cancelling stops between two slices.
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
 *
 * A dispatch's row becomes failed, a retry's is as it was before. What is found sent already is
 * left and said to be.
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
 * @names: (nullable) (array zero-terminated=1): which to apply; %NULL for all that are required
 * @progress: (nullable): told of each statement
 * @progress_data: for @progress; must stay valid until @callback
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Applies what is missing, in order; one that fails ends it, and those before it stay. Refused
 * behind a transaction pooler, with the address to use.
 */
void
wd_backend_migrate_async (WdBackend *self, gboolean dry_run, const char *const *names,
                          WdMigrateProgress progress, gpointer progress_data,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = make_write_task (self, cancellable, callback, data, wd_backend_migrate_async,
                          "migrate");
  WD_BACKEND_GET_IFACE (self)->migrate (self, dry_run, names, progress, progress_data, task);
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
