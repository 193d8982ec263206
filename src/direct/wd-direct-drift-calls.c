/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing rows and queues, as it runs in its lane. */

#include "direct/wd-direct-calls.h"
#include "direct/wd-direct-drift.h"
#include "direct/wd-direct-tell.h"

typedef struct {
  GTask *task;   /* (owned) */
  gint64 n_jobs;
  gint64 n_rows;
} Progress;

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->task);
  g_free (progress);
}

static gboolean
progress_cb (gpointer data)
{
  Progress *progress = data;
  WdDirectCall *call = g_task_get_task_data (progress->task);

  call->drift_progress (progress->n_jobs, progress->n_rows, call->progress_data);
  return G_SOURCE_REMOVE;
}

/* Worker. */
static void
report_progress (gint64 n_jobs, gint64 n_rows, gpointer data)
{
  Progress *progress = g_new0 (Progress, 1);

  *progress = (Progress) { g_object_ref (data), n_jobs, n_rows };
  wd_direct_tell (progress->task, progress_cb, progress, progress_free);
}

/**
 * wd_direct_call_check_drift:
 * @task: returned with a #WdDriftReport
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `drift_progress`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_check_drift (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdDriftReport *report
      = wd_direct_check_drift (lane, call->drift_progress != NULL ? report_progress : NULL, task,
                               cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) wd_drift_report_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_fix_drift:
 * @task: returned with a #WdOutboxReport
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `fix`
 * @cancellable: (nullable): the task's; heeded between jobs
 */
void
wd_direct_call_fix_drift (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdOutboxReport *report = wd_direct_fix_drift (lane, call->fix, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) wd_outbox_report_unref);
  else
    g_task_return_error (task, error);
}
