/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a backend to a file. Rows are read in the backend's thread, turned into text and written
 * in one of our own; the main thread only hands batches on. A batch is let go of when it is
 * written, which lets the backend read on: memory holds a few batches, whatever the set's size.
 *
 * Whichever side fails first ends the other, by one cancellable; the caller's triggers it too. */

#include "session/wd-export.h"

#include "base/wd-worker-thread.h"
#include "session/wd-export-sink.h"

struct _WdExport {
  GObject parent_instance;

  WdBackend *backend;        /* (owned) */
  WdExportRequest *request;  /* (owned) */
  WdExportFormat format;

  WdWorkerThread *writer;    /* (owned) (nullable): while it runs; works on a WdExportSink */
  GCancellable *stop;        /* (owned): ends both sides */
  GCancellable *cancellable; /* (owned) (nullable): the caller's */
  gulong cancelled_id;
  GTask *task;               /* (owned) (nullable): while it runs */
  GError *failure;           /* (owned) (nullable): the writer's */

  gint64 n_rows;             /* written */
  gboolean is_partial;       /* failed after something was written */
  gint64 total;              /* or -1 before it is known */
  gboolean total_is_exact;
  gint64 began;              /* monotonic, in microseconds */
};

enum {
  SIGNAL_PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdExport, wd_export, G_TYPE_OBJECT)

/* Worker. */
static void
open_in_writer (GTask *task, gpointer sink, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (wd_export_sink_open (sink, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Worker. */
static void
write_in_writer (GTask *task, gpointer sink, gpointer data, GCancellable *cancellable)
{
  const WdExportBatch *batch = data;
  GError *error = NULL;

  if (wd_export_sink_write (sink, batch->rows, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Worker. */
static void
finish_in_writer (GTask *task, gpointer sink, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (wd_export_sink_finish (sink, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Worker. */
static void
discard_in_writer (GTask *task, gpointer sink, gpointer data, GCancellable *cancellable)
{
  wd_export_sink_discard (sink);
  g_task_return_boolean (task, wd_export_sink_has_written (sink));
}

/* Stopped while they wait, they do not run; what was done is told all the same. */
static void
push (WdExport *self, WdWorkerFunc func, WdExportBatch *batch, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, self->stop, callback, NULL);

  g_task_set_check_cancellable (task, FALSE);
  if (batch != NULL)
    g_task_set_task_data (task, batch, (GDestroyNotify) wd_export_batch_unref);
  wd_worker_thread_push (self->writer, task, func);
}

static void
end (WdExport *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  wd_worker_thread_shut_down (self->writer);
  g_clear_object (&self->writer);
  g_cancellable_disconnect (self->cancellable, self->cancelled_id);
  self->cancelled_id = 0;
  if (self->failure != NULL)
    g_task_return_error (task, g_steal_pointer (&self->failure));
  else
    g_task_return_boolean (task, TRUE);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdExport *self = WD_EXPORT (source);

  self->is_partial = g_task_propagate_boolean (G_TASK (result), NULL);
  end (self);
}

/* The first error of the writer counts; those after it only say that it was stopped. */
static gboolean
take_failure (WdExport *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return FALSE;
  if (self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  g_cancellable_cancel (self->stop);
  return TRUE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  take_failure (WD_EXPORT (source), result);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdExport *self = WD_EXPORT (source);
  const WdExportBatch *batch = g_task_get_task_data (G_TASK (result));

  if (take_failure (self, result))
    return;
  self->n_rows += batch->rows->len;
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdExport *self = WD_EXPORT (source);

  g_autoptr (GTask) task = NULL;

  take_failure (self, result);
  if (self->failure == NULL)
    {
      end (self);
      return;
    }
  task = g_task_new (self, NULL, discarded_cb, NULL);
  wd_worker_thread_push (self->writer, task, discard_in_writer);
}

static void
take_batch (WdExportBatch *batch, gpointer data)
{
  WdExport *self = data;

  self->total = batch->total;
  self->total_is_exact = batch->total_is_exact;
  push (self, write_in_writer, batch, written_cb);
}

/* What the backend read last may still be on its way to the file. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdExport) self = data;
  g_autoptr (GError) error = NULL;

  if (wd_backend_export_finish (WD_BACKEND (source), result, &error) < 0
      && self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  if (self->failure != NULL)
    g_cancellable_cancel (self->stop);
  push (self, finish_in_writer, NULL, finished_cb);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
start (WdExport *self, WdExportSink *sink, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer data)
{
  self->task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (self->task, wd_export_finish);
  self->writer = wd_worker_thread_new ("wd-export", sink, (GDestroyNotify) wd_export_sink_free);
  self->began = g_get_monotonic_time ();
  g_set_object (&self->cancellable, cancellable);
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (self->stop), g_object_unref);
  push (self, open_in_writer, NULL, opened_cb);
  wd_backend_export_async (self->backend, self->request, take_batch, self, self->stop, read_cb,
                           g_object_ref (self));
}

static void
wd_export_dispose (GObject *object)
{
  WdExport *self = WD_EXPORT (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (wd_export_parent_class)->dispose (object);
}

static void
wd_export_finalize (GObject *object)
{
  WdExport *self = WD_EXPORT (object);

  g_clear_pointer (&self->request, wd_export_request_free);
  g_clear_object (&self->stop);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (wd_export_parent_class)->finalize (object);
}

static void
wd_export_class_init (WdExportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_export_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_export_finalize;

  /**
   * WdExport::progress:
   *
   * Rows were written.
   */
  signals[SIGNAL_PROGRESS] =
    g_signal_new ("progress", WD_TYPE_EXPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_export_init (WdExport *self)
{
  self->stop = g_cancellable_new ();
  self->total = -1;
}

/**
 * wd_export_new:
 * @backend: (transfer none): what to read from
 * @request: which rows; copied
 * @format: how they are written
 *
 * Returns: (transfer full): an export, to be run once
 */
WdExport *
wd_export_new (WdBackend *backend, const WdExportRequest *request, WdExportFormat format)
{
  WdExport *self;

  g_return_val_if_fail (WD_IS_BACKEND (backend) && request != NULL, NULL);

  self = g_object_new (WD_TYPE_EXPORT, NULL);
  self->backend = g_object_ref (backend);
  self->request = wd_export_request_copy (request);
  self->format = format;
  return self;
}

/**
 * wd_export_to_file_async:
 * @self: a new export
 * @path: of the file; one that is there is replaced once every row is written, and not before
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_export_to_file_async (WdExport *self, const char *path, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (WD_IS_EXPORT (self) && self->task == NULL && path != NULL);

  start (self, wd_export_sink_new_file (self->request->kind, self->format, path), cancellable,
         callback, data);
}

/**
 * wd_export_to_fd_async:
 * @self: a new export
 * @fd: (not transferred): a descriptor to write to; must stay open until the answer
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_export_to_fd_async (WdExport *self, int fd, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (WD_IS_EXPORT (self) && self->task == NULL);

  start (self, wd_export_sink_new_fd (self->request->kind, self->format, fd), cancellable,
         callback, data);
}

/**
 * wd_export_finish:
 * @self: the export
 * @result: of the call
 * @error: in #WD_ERROR why the rows cannot be read, in #G_IO_ERROR why they cannot be written, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether every row was written; else a file is as it was before, and a descriptor has got
 *   wd_export_get_rows() of them, perhaps more
 */
gboolean
wd_export_finish (WdExport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wd_export_get_rows:
 * @self: an export
 *
 * Returns: how many rows are written
 */
gint64
wd_export_get_rows (WdExport *self)
{
  g_return_val_if_fail (WD_IS_EXPORT (self), 0);

  return self->n_rows;
}

/**
 * wd_export_is_partial:
 * @self: an export that failed
 *
 * Returns: whether a descriptor has got something all the same: wd_export_get_rows() of them, be
 *   they none, and perhaps a part of the next ones
 */
gboolean
wd_export_is_partial (WdExport *self)
{
  g_return_val_if_fail (WD_IS_EXPORT (self), FALSE);

  return self->is_partial;
}

/**
 * wd_export_get_total:
 * @self: an export
 * @is_exact: (out) (optional): else it is an estimate and must be labelled as one
 *
 * Returns: how many rows there will be, or -1 while that is not known
 */
gint64
wd_export_get_total (WdExport *self, gboolean *is_exact)
{
  g_return_val_if_fail (WD_IS_EXPORT (self), -1);

  if (is_exact != NULL)
    *is_exact = self->total_is_exact;
  return self->total;
}

/**
 * wd_export_get_rate:
 * @self: an export
 *
 * Returns: rows per second since it was begun
 */
double
wd_export_get_rate (WdExport *self)
{
  g_return_val_if_fail (WD_IS_EXPORT (self), 0);

  return (double) self->n_rows * G_USEC_PER_SEC
         / (double) MAX (g_get_monotonic_time () - self->began, 1);
}
