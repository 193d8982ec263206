/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The export as it runs in its lane: batches go to the caller's main context, two at a time. */

#include "base/wd-time.h"
#include "direct/wd-direct-calls.h"
#include "direct/wd-direct-tell.h"
#include "postgres/wd-pg-export.h"

/* One that is written, and one that is there when it is. */
#define MOST_BATCHES 2

/* A search without an index may have to look at every row before it finds the first. */
#define SLICE_MS (120 * 1000)

typedef struct {
  GTask *task;          /* (not owned) */
  WdExportGate *gate;   /* (owned) */
} Stream;

typedef struct {
  GTask *task;          /* (owned) */
  WdExportBatch *batch; /* (owned) (nullable): until it is handed out */
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  wd_export_batch_unref (delivery->batch);
  g_object_unref (delivery->task);
  g_free (delivery);
}

static gboolean
deliver_cb (gpointer data)
{
  Delivery *delivery = data;
  WdDirectCall *call = g_task_get_task_data (delivery->task);

  call->take_batch (g_steal_pointer (&delivery->batch), call->take_batch_data);
  return G_SOURCE_REMOVE;
}

/* Worker. */
static gboolean
deliver (GPtrArray *rows, gint64 total, gboolean total_is_exact, gpointer data,
         GCancellable *cancellable, GError **error)
{
  Stream *stream = data;
  WdExportBatch *batch = wd_export_gate_let_out (stream->gate, rows, wd_deadline_in (SLICE_MS),
                                                 cancellable, error);
  Delivery *delivery;

  if (batch == NULL)
    return FALSE;
  batch->total = total;
  batch->total_is_exact = total_is_exact;
  delivery = g_new0 (Delivery, 1);
  delivery->task = g_object_ref (stream->task);
  delivery->batch = batch;
  wd_direct_tell (stream->task, deliver_cb, delivery, delivery_free);
  return TRUE;
}

/**
 * wd_direct_call_export:
 * @task: returned with the number of rows
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `export` and `take_batch`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_export (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  g_autoptr (WdExportGate) gate = wd_export_gate_new (MOST_BATCHES);
  Stream stream = { task, gate };
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  gint64 n_rows = -1;

  if (postgres != NULL)
    n_rows = wd_pg_export (postgres, call->export, deliver, &stream, SLICE_MS, cancellable,
                           &error);
  if (n_rows >= 0)
    g_task_return_int (task, (gssize) n_rows);
  else
    g_task_return_error (task, error);
}
