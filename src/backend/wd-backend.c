/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What all calls have in common, and the statistics. The other files have a subject each. */

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

  /**
   * WdBackend::abilities-changed:
   * @self: a backend
   *
   * wd_backend_get_lack() answers otherwise than before.
   */
  g_signal_new ("abilities-changed", WD_TYPE_BACKEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

/**
 * wd_backend_get_lack:
 * @self: a backend
 * @ability: what is wanted of it
 *
 * Whatever it lacks is refused with %WD_ERROR_NOT_SUPPORTED and the same reason.
 *
 * Returns: (transfer none) (nullable): why it cannot do that, translated; %NULL where it can.
 *   #WdBackend::abilities-changed tells when that is known better
 */
const char *
wd_backend_get_lack (WdBackend *self, WdAbility ability)
{
  WdBackendInterface *iface;

  g_return_val_if_fail (WD_IS_BACKEND (self), NULL);

  iface = WD_BACKEND_GET_IFACE (self);
  return iface->get_lack != NULL ? iface->get_lack (self, ability) : NULL;
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
 * wd_backend_make_upkeep_task:
 * @self: a backend
 * @cancellable: (nullable): the caller's
 * @callback: the caller's
 * @data: for @callback
 * @tag: the method
 * @name: of the method, for debugging
 *
 * What a write did is told even when it was interrupted meanwhile.
 *
 * Returns: (transfer full): the task of a method that writes what anybody may go on with
 */
GTask *
wd_backend_make_upkeep_task (WdBackend *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data, gpointer tag,
                             const char *name)
{
  GTask *task = wd_backend_make_task (self, cancellable, callback, data, tag, name);

  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static GQuark
orders_quark (void)
{
  return g_quark_from_static_string ("wd-backend-orders");
}

static void
add_orders (GObject *backend, int n)
{
  int before = GPOINTER_TO_INT (g_object_get_qdata (backend, orders_quark ()));

  g_object_set_qdata (backend, orders_quark (), GINT_TO_POINTER (before + n));
}

/* A task tells of nothing but its end, and of that after the callback: what was ordered next by it
 * has been counted already. */
static void
order_completed_cb (GTask *task, GParamSpec *pspec, gpointer application)
{
  add_orders (g_task_get_source_object (task), -1);
  if (application != NULL)
    g_application_release (application);
}

static void
unref_application (gpointer application, GClosure *closure)
{
  g_clear_object ((GApplication **) &application);
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
 * Like wd_backend_make_upkeep_task(), for what somebody ordered: a program with a #GApplication
 * does not end between two steps of it.
 *
 * Returns: (transfer full): the task that a method that writes answers with
 */
GTask *
wd_backend_make_write_task (WdBackend *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data, gpointer tag,
                            const char *name)
{
  GTask *task = wd_backend_make_upkeep_task (self, cancellable, callback, data, tag, name);
  GApplication *application = g_application_get_default ();

  add_orders (G_OBJECT (self), 1);
  if (application != NULL)
    g_application_hold (g_object_ref (application));
  g_signal_connect_data (task, "notify", G_CALLBACK (order_completed_cb), application,
                         unref_application, 0);
  return task;
}

/**
 * wd_backend_has_orders:
 * @self: a backend
 *
 * Returns: whether something that somebody ordered is being written
 */
gboolean
wd_backend_has_orders (WdBackend *self)
{
  g_return_val_if_fail (WD_IS_BACKEND (self), FALSE);

  return g_object_get_qdata (G_OBJECT (self), orders_quark ()) != NULL;
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
