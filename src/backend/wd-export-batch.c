/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A gate is a counter with a lock: the thread that reads waits at it while as many batches are out
 * as may be; letting go of one, in whatever thread, opens it again. */

#include "backend/wd-export-batch.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

struct _WdExportGate {
  GMutex lock;
  GCond changed;
  guint out;    /* (mutex lock) */
  guint most;
};

static void
leave (WdExportGate *self)
{
  g_mutex_lock (&self->lock);
  self->out--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
clear_batch (WdExportBatch *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  if (self->gate != NULL)
    leave (self->gate);
  g_clear_pointer (&self->gate, wd_export_gate_unref);
}

WD_DEFINE_RECORD (WdExportBatch, wd_export_batch, clear_batch)

static void
clear_gate (WdExportGate *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

/**
 * wd_export_gate_new:
 * @most: batches to be out at a time
 *
 * Returns: (transfer full): a gate
 */
WdExportGate *
wd_export_gate_new (guint most)
{
  WdExportGate *self = g_atomic_rc_box_new0 (WdExportGate);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->most = most;
  return self;
}

/**
 * wd_export_gate_ref:
 * @self: a gate
 *
 * Returns: (transfer full): @self
 */
WdExportGate *
wd_export_gate_ref (WdExportGate *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wd_export_gate_unref:
 * @self: (transfer full): a gate
 */
void
wd_export_gate_unref (WdExportGate *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_gate);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  WdExportGate *self = data;

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * wd_export_gate_let_out:
 * @self: a gate
 * @rows: (transfer full): records
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED
 *
 * Waits until there is room. Worker thread.
 *
 * Returns: (transfer full): a batch of @rows, its totals still to be set
 */
WdExportBatch *
wd_export_gate_let_out (WdExportGate *self, GPtrArray *rows, gint64 deadline,
                        GCancellable *cancellable, GError **error)
{
  WdExportBatch *batch = NULL;
  gboolean in_time = TRUE;
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  g_mutex_lock (&self->lock);
  while (self->out >= self->most && in_time && !g_cancellable_is_cancelled (cancellable))
    in_time = g_cond_wait_until (&self->changed, &self->lock, deadline);
  if (in_time && !g_cancellable_is_cancelled (cancellable))
    {
      self->out++;
      batch = wd_export_batch_new ();
      batch->rows = g_steal_pointer (&rows);
      batch->gate = wd_export_gate_ref (self);
    }
  g_mutex_unlock (&self->lock);
  g_cancellable_disconnect (cancellable, handler);

  if (batch == NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error_literal (error, WD_ERROR, WD_ERROR_TIMED_OUT,
                         _("The rows were not taken in time, and the database was not kept "
                           "waiting any longer"));
  g_clear_pointer (&rows, g_ptr_array_unref);
  return batch;
}
