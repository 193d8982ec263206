/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole sets, read in a stream. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_export_async:
 * @self: a backend
 * @request: which rows; copied
 * @func: (scope notified): takes them
 * @func_data: for @func; must live until the answer
 * @cancellable: (nullable): ends it, between two batches or within one
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads a whole filtered set as it is at one moment, in batches. @func is called on the caller's
 * main context, in order and never after the answer; no more than a few batches are there at a
 * time, so one that is not let go of holds up the rest, and after two minutes ends it with
 * %WD_ERROR_TIMED_OUT. Other calls are not held up.
 */
void
wd_backend_export_async (WdBackend *self, const WdExportRequest *request, WdExportFunc func,
                         gpointer func_data, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (request != NULL && func != NULL);

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_export_async,
                               "export");
  WD_BACKEND_GET_IFACE (self)->export_rows (self, request, func, func_data, task);
}

/**
 * wd_backend_export_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED; rows may have been handed out all the same
 *
 * Returns: how many rows there were; -1 on an error
 */
gint64
wd_backend_export_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
