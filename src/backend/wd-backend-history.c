/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What jobs did over some time. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_load_history_async:
 * @self: a backend
 * @request: which time, of which jobs
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Takes some ten milliseconds at any number of jobs; exact percentiles, and bars shorter than a
 * quarter of an hour, up to a second. @request is copied.
 */
void
wd_backend_load_history_async (WdBackend *self, const WdHistoryRequest *request,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (request != NULL);

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_history_async,
                               "load_history");
  WD_BACKEND_GET_IFACE (self)->load_history (self, request, task);
}

/**
 * wd_backend_load_history_finish:
 * @self: a backend
 * @result: of the call
 * @error: %WD_ERROR_INVALID_ARGUMENT for a range that cannot be, %WD_ERROR_NOT_MIGRATED without
 *   the counts, %WD_ERROR_NOT_SUPPORTED where exact percentiles are asked of more than
 *   %WD_HISTORY_MAX_JOBS jobs; others in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what happened
 */
WdHistory *
wd_backend_load_history_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
