/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-queue.h"

#include <string.h>

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
  g_free (self->worker);
  g_free (self->parent_queue);
  g_free (self->parent_id);
  g_free (self->deduplication_id);
  g_free (self->return_value);
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

/**
 * wd_queue_counts_may_change:
 * @self: what a queue holds
 *
 * Returns: whether it may become other without an event that says so: a job that runs may lose its
 *   lock, the signs of a worker that is no longer connected fade, and delayed jobs that nobody lets
 *   wait become overdue
 */
gboolean
wd_queue_counts_may_change (const WdQueueCounts *self)
{
  return self->active > 0 || (self->workers <= 0 && (self->has_signs || self->delayed > 0));
}

/**
 * wd_queue_counts_get:
 * @self: what a queue holds
 * @state: one of wd_queue_state_words()
 *
 * Returns: how many jobs are in that state
 */
gint64
wd_queue_counts_get (const WdQueueCounts *self, const char *state)
{
  const struct {
    const char *state;
    gint64 count;
  } counts[] = {
    { "waiting", self->waiting },
    { "active", self->active },
    { "prioritized", self->prioritized },
    { "delayed", self->delayed },
    { "waiting-children", self->waiting_children },
    { "failed", self->failed },
    { "completed", self->completed },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    if (strcmp (counts[i].state, state) == 0)
      return counts[i].count;
  g_return_val_if_reached (0);
}
