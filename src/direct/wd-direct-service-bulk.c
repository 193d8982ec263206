/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk runs in the name of whoever asked the service. */

#include "direct/wd-direct-backend-private.h"
#include "direct/wd-direct-bulk.h"
#include "direct/wd-direct-service.h"

static GTask *
make_task (WdDirectBackend *self, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer data, gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  /* What was done stands. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static WdDirectCall *
make_call (const char *id, WdOrigin *origin)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (id);
  call->origin = wd_origin_ref (origin);
  return call;
}

/**
 * wd_direct_run_bulk_async:
 * @self: a backend
 * @id: of a run that is not done
 * @origin: on whose behalf
 * @progress: (nullable) (scope notified): told after each slice
 * @progress_data: for @progress; must live until the answer
 * @cancellable: (nullable): pauses it between two slices
 * @callback: called with the answer
 * @data: for @callback
 *
 * As wd_backend_run_bulk_async().
 */
void
wd_direct_run_bulk_async (WdDirectBackend *self, const char *id, WdOrigin *origin,
                          WdBulkProgress progress, gpointer progress_data,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data, wd_direct_run_bulk_async);
  WdDirectCall *call = make_call (id, origin);

  call->bulk_progress = progress;
  call->progress_data = progress_data;
  push (self->runs, task, call, wd_direct_call_run_bulk);
}

/**
 * wd_direct_run_bulk_finish:
 * @self: a backend
 * @result: of the call
 * @error: why it was paused; what was done stands
 *
 * Returns: (transfer full): the run, done
 */
WdBulkRun *
wd_direct_run_bulk_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
note_stop (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  const WdDirectCall *call = data;
  GError *error = NULL;
  gboolean noted;

  wd_lane_act_for (lane, call->origin);
  noted = wd_direct_bulk_note_stop (lane, call->text, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  if (noted)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_note_bulk_stop_async:
 * @self: a backend
 * @id: of a run that goes on
 * @origin: on whose behalf it is about to be paused
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Puts that into the audit trail.
 */
void
wd_direct_note_bulk_stop_async (WdDirectBackend *self, const char *id, WdOrigin *origin,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data,
                                      wd_direct_note_bulk_stop_async);

  push (self->writes, task, make_call (id, origin), note_stop);
}

/**
 * wd_direct_note_bulk_stop_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR
 */
gboolean
wd_direct_note_bulk_stop_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wd_direct_discard_bulk_async:
 * @self: a backend
 * @id: of a run that nobody works on
 * @origin: on whose behalf
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * As wd_backend_discard_bulk_async().
 */
void
wd_direct_discard_bulk_async (WdDirectBackend *self, const char *id, WdOrigin *origin,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data,
                                      wd_direct_discard_bulk_async);

  push (self->writes, task, make_call (id, origin), wd_direct_call_discard_bulk);
}

/**
 * wd_direct_discard_bulk_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full): the run, that nobody can go on with any more
 */
WdBulkRun *
wd_direct_discard_bulk_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
