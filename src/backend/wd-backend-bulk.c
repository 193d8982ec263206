/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Work on many jobs or wallets: frozen at a preview, then run. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_freeze_bulk_async:
 * @self: a backend
 * @request: what to do, and to which; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Writes down which jobs or wallets those are, as they are now; nothing is done to them. Those that
 * match later are not in it, and those that change meanwhile will be refused. Whoever does not go
 * on with it discards it.
 */
void
wd_backend_freeze_bulk_async (WdBackend *self, const WdBulkRequest *request,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_freeze_bulk_async, "freeze_bulk");
  WD_BACKEND_GET_IFACE (self)->freeze_bulk (self, request, task);
}

/**
 * wd_backend_freeze_bulk_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the run, with what it will do
 */
WdBulkRun *
wd_backend_freeze_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_run_bulk_async:
 * @self: a backend
 * @id: of a run that is not done
 * @progress: (nullable) (scope notified): told after each slice
 * @progress_data: for @progress; must live until the answer
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Goes on with what is left of it. An error or a cancel pauses it: what was done stands.
 * %WD_ERROR_BUSY where somebody else works on it, %WD_ERROR_REFUSED where it is done or discarded.
 */
void
wd_backend_run_bulk_async (WdBackend *self, const char *id, WdBulkProgress progress,
                           gpointer progress_data, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_upkeep_task (self, cancellable, callback, data, wd_backend_run_bulk_async,
                                      "run_bulk");
  WD_BACKEND_GET_IFACE (self)->run_bulk (self, id, progress, progress_data, task);
}

/**
 * wd_backend_run_bulk_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the run, done
 */
WdBulkRun *
wd_backend_run_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_bulk_async:
 * @self: a backend
 * @id: of a run
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * %WD_ERROR_NOT_FOUND where there is none.
 */
void
wd_backend_load_bulk_async (WdBackend *self, const char *id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_bulk_async,
                               "load_bulk");
  WD_BACKEND_GET_IFACE (self)->load_bulk (self, id, task);
}

/**
 * wd_backend_load_bulk_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the run, with its report
 */
WdBulkRun *
wd_backend_load_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_list_bulk_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads the newest fifty.
 */
void
wd_backend_list_bulk_async (WdBackend *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_bulk_async,
                               "list_bulk");
  WD_BACKEND_GET_IFACE (self)->list_bulk (self, task);
}

/**
 * wd_backend_list_bulk_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WdBulkRun): runs
 */
GPtrArray *
wd_backend_list_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_pause_bulk_async:
 * @self: a backend
 * @id: of a run
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Lets one rest that was not begun here. %WD_ERROR_BUSY where that can only be done by whoever
 * works on it, %WD_ERROR_NOT_FOUND where there is none. One at which nobody works stays as it is.
 */
void
wd_backend_pause_bulk_async (WdBackend *self, const char *id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_pause_bulk_async, "pause_bulk");
  WD_BACKEND_GET_IFACE (self)->pause_bulk (self, id, task);
}

/**
 * wd_backend_pause_bulk_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the run, at which nobody works
 */
WdBulkRun *
wd_backend_pause_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_bulk_goes_on:
 * @self: a backend
 *
 * Returns: whether a run that was begun here goes on without this program, and anybody can pause it
 */
gboolean
wd_backend_bulk_goes_on (WdBackend *self)
{
  g_return_val_if_fail (WD_IS_BACKEND (self), FALSE);

  return WD_BACKEND_GET_IFACE (self)->leave_bulk != NULL;
}

/**
 * wd_backend_leave_bulk:
 * @self: a backend whose runs go on without this program
 *
 * Nobody here wants to know any more how far they are. Runs that are waited for are answered with
 * %G_IO_ERROR_CANCELLED, and are not paused.
 */
void
wd_backend_leave_bulk (WdBackend *self)
{
  g_return_if_fail (wd_backend_bulk_goes_on (self));

  WD_BACKEND_GET_IFACE (self)->leave_bulk (self);
}

/**
 * wd_backend_discard_bulk_async:
 * @self: a backend
 * @id: of a run
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Gives up what is left of it: nobody can go on with it. What was done stands, and its report
 * stays. %WD_ERROR_BUSY where somebody works on it, %WD_ERROR_REFUSED where it is done,
 * %WD_ERROR_NOT_FOUND where there is none. Discarding it once more does nothing.
 */
void
wd_backend_discard_bulk_async (WdBackend *self, const char *id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_discard_bulk_async, "discard_bulk");
  WD_BACKEND_GET_IFACE (self)->discard_bulk (self, id, task);
}

/**
 * wd_backend_discard_bulk_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the run, discarded
 */
WdBulkRun *
wd_backend_discard_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
