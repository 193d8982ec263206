/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_load_health_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Looks for what is stuck and for wallets in trouble. It costs more than the statistics: ask every
 * few seconds at most.
 */
void
wd_backend_load_health_async (WdBackend *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_health_async,
                               "load_health");
  WD_BACKEND_GET_IFACE (self)->load_health (self, task);
}

/**
 * wd_backend_load_health_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED; that Redis failed is part of the answer
 *
 * Returns: (transfer full): what is wrong now
 */
WdHealth *
wd_backend_load_health_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_health_limits_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads from where on something is wrong.
 */
void
wd_backend_load_health_limits_async (WdBackend *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data,
                               wd_backend_load_health_limits_async, "load_health_limits");
  WD_BACKEND_GET_IFACE (self)->load_health_limits (self, task);
}

/**
 * wd_backend_load_health_limits_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the limits; free with g_free()
 */
WdHealthLimits *
wd_backend_load_health_limits_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_set_health_limits_async:
 * @self: a backend
 * @before: as they were read; copied
 * @after: as they shall be, by wd_health_limits_set(); copied
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Sets those that differ, all or none. Everybody goes by them within a minute.
 */
void
wd_backend_set_health_limits_async (WdBackend *self, const WdHealthLimits *before,
                                    const WdHealthLimits *after, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (before != NULL && after != NULL);

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_set_health_limits_async, "set_health_limits");
  WD_BACKEND_GET_IFACE (self)->set_health_limits (self, before, after, task);
}

/**
 * wd_backend_set_health_limits_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was done
 */
gboolean
wd_backend_set_health_limits_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
