/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a platform's rows and queues disagree, and what is done about it. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_check_drift_async:
 * @self: a backend
 * @progress: (nullable) (scope call): told how far it is
 * @progress_data: for @progress, alive until the answer
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Compares all unfinished rows and all jobs of the queues, in slices, beside everything else.
 * Writes nothing. %WD_ERROR_NOT_SUPPORTED where there are no queues to compare with.
 */
void
wd_backend_check_drift_async (WdBackend *self, WdDriftProgress progress, gpointer progress_data,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_check_drift_async,
                               "check_drift");
  WD_BACKEND_GET_IFACE (self)->check_drift (self, progress, progress_data, task);
}

/**
 * wd_backend_check_drift_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was found
 */
WdDriftReport *
wd_backend_check_drift_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_fix_drift_async:
 * @self: a backend
 * @fix: what to do about which findings
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Each job is looked at again right before, and left where something else is wrong with it by now,
 * or nothing. Cancelling stops between two of them.
 */
void
wd_backend_fix_drift_async (WdBackend *self, const WdDriftFix *fix, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (fix != NULL && fix->ids != NULL);

  task = wd_backend_make_write_task (self, cancellable, callback, data, wd_backend_fix_drift_async,
                                     "fix_drift");
  WD_BACKEND_GET_IFACE (self)->fix_drift (self, fix, task);
}

/**
 * wd_backend_fix_drift_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the ids of what was done, and what was left and why
 */
WdOutboxReport *
wd_backend_fix_drift_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
