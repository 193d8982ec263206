/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of a platform's queues and of this program's own tables, and done to them. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_list_queues_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads all queues in one round trip; one that must not be written to says why in its `layout`.
 */
void
wd_backend_list_queues_async (WdBackend *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_queues_async,
                               "list_queues");
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

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_set_queue_paused_async, "set_queue_paused");
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
 *
 * Writes nothing. Where Redis does not answer, the entries come all the same and say so.
 */
void
wd_backend_list_outbox_async (WdBackend *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_outbox_async,
                               "list_outbox");
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

  if (ids == NULL && min_age_ms > 0)
    task = wd_backend_make_upkeep_task (self, cancellable, callback, data,
                                        wd_backend_send_outbox_async, "send_outbox");
  else
    task = wd_backend_make_write_task (self, cancellable, callback, data,
                                       wd_backend_send_outbox_async, "send_outbox");
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

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_discard_outbox_async, "discard_outbox");
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
 * wd_backend_list_audit_async:
 * @self: a backend
 * @filter: which
 * @page: how many, and after which; sorted by %WD_SORT_CREATED
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_list_audit_async (WdBackend *self, const WdAuditFilter *filter,
                             const WdPageRequest *page, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_audit_async,
                               "list_audit");
  WD_BACKEND_GET_IFACE (self)->list_audit (self, filter, page, task);
}

/**
 * wd_backend_list_audit_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, %WD_ERROR_NOT_MIGRATED where nothing is audited yet, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): a page of #WdAuditEntry
 */
WdPage *
wd_backend_list_audit_finish (WdBackend *self, GAsyncResult *result, GError **error)
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

  task = wd_backend_make_write_task (self, cancellable, callback, data, wd_backend_migrate_async,
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

/**
 * wd_backend_run_doctor_async:
 * @self: a backend
 * @recount: also count everything anew and mend the counts table
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * What fails is a finding, also a store that cannot be reached; only being cancelled is an error.
 */
void
wd_backend_run_doctor_async (WdBackend *self, gboolean recount, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_run_doctor_async,
                               "run_doctor");
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
