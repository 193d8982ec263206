/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-tell.h"

#include "direct/wd-direct-calls.h"

/**
 * wd_direct_tell:
 * @task: a call that is not answered yet
 * @func: (scope notified): called once, on the main context of whoever made the call
 * @data: for @func
 * @destroy: frees @data
 *
 * Worker. What is told is of the answer's priority, so that it comes in order, and before it.
 */
void
wd_direct_tell (GTask *task, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, func, data, destroy);
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_attach (source, g_task_get_context (task));
}

typedef struct {
  GTask *task;   /* (owned) */
  gint64 done;
  gint64 refused;
  gint64 total;
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

  call->bulk_progress (progress->done, progress->refused, progress->total, call->progress_data);
  return G_SOURCE_REMOVE;
}

/**
 * wd_direct_tell_progress:
 * @done: how many are done
 * @refused: how many are not, and will not be
 * @total: of how many
 * @data: (type GTask): whose call has a `bulk_progress` to be told
 *
 * Worker.
 */
void
wd_direct_tell_progress (gint64 done, gint64 refused, gint64 total, gpointer data)
{
  Progress *progress = g_new0 (Progress, 1);

  progress->task = g_object_ref (data);
  progress->done = done;
  progress->refused = refused;
  progress->total = total;
  wd_direct_tell (progress->task, progress_cb, progress, progress_free);
}
