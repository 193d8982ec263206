/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-queue.h"

static void
clear_counts (WdQueueCounts *self)
{
  g_free (self->queue);
  g_free (self->rate_doubt);
  g_free (self->version);
  g_free (self->layout);
  g_free (self->warning);
  g_clear_pointer (&self->connected, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdQueueCounts, wd_queue_counts, clear_counts)

static void
clear_job (WdQueueJob *self)
{
  g_free (self->queue);
  g_free (self->id);
  g_free (self->name);
  g_free (self->state);
  g_free (self->data);
  g_free (self->progress);
  g_free (self->failed_reason);
  g_strfreev (self->stacktrace);
  g_strfreev (self->logs);
}

WD_DEFINE_RECORD (WdQueueJob, wd_queue_job, clear_job)

/**
 * wd_queue_worker_free:
 * @self: (transfer full): a worker
 */
void
wd_queue_worker_free (WdQueueWorker *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}
