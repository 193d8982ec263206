/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-stats.h"

/* Fewer finished jobs than this in an hour say nothing about a rate. */
#define LEAST_FINISHED 5

/**
 * wd_worker_stats_new:
 *
 * Returns: (transfer full): statistics of which nothing is known: no activity, workers that cannot
 *   be seen, a queue that nobody looked into
 */
WdWorkerStats *
wd_worker_stats_new (void)
{
  WdWorkerStats *self = g_new0 (WdWorkerStats, 1);

  self->last_active = self->oldest_waiting = WD_TIME_NONE;
  self->workers = -1;
  self->has_signs = WD_TRISTATE_UNSET;
  return self;
}

/**
 * wd_worker_stats_free:
 * @self: (transfer full): statistics
 */
void
wd_worker_stats_free (WdWorkerStats *self)
{
  g_free (self->job_type);
  g_free (self->queue);
  wd_queue_counts_unref (self->counts);
  g_free (self);
}

static void
clear_stats (WdStats *self)
{
  g_clear_pointer (&self->workers, g_ptr_array_unref);
  g_free (self->queue_error);
}

WD_DEFINE_RECORD (WdStats, wd_stats, clear_stats)

/**
 * wd_worker_stats_judge:
 * @self: the figures of one kind of worker
 * @failure_percent: from which share of failures in the last hour on it is an error
 *
 * The first that holds: stopped (paused, or no worker connected), error (too many failures among
 * at least five finished, or an active job without its lock), active, idle. Where workers cannot
 * be seen it is never stopped for want of them.
 *
 * Returns: the status
 */
WdWorkerStatus
wd_worker_stats_judge (const WdWorkerStats *self, guint failure_percent)
{
  g_return_val_if_fail (self != NULL, WD_WORKER_STATUS_ERROR);

  if (self->paused || self->workers == 0)
    return WD_WORKER_STATUS_STOPPED;
  if (self->lost_locks > 0
      || (self->finished_last_hour >= LEAST_FINISHED
          && self->failed_last_hour * 100 > self->finished_last_hour * (gint64) failure_percent))
    return WD_WORKER_STATUS_ERROR;
  return self->active > 0 ? WD_WORKER_STATUS_ACTIVE : WD_WORKER_STATUS_IDLE;
}

/**
 * wd_stats_is_idle:
 * @self: statistics
 *
 * A row that waits is something, whatever the queues say: they may have lost its job.
 *
 * Returns: whether nothing is going on: no job waits or runs, and none ended in the last hour
 */
gboolean
wd_stats_is_idle (const WdStats *self)
{
  if (self->pending_jobs > 0)
    return FALSE;
  for (guint i = 0; i < self->workers->len; i++)
    {
      const WdWorkerStats *worker = self->workers->pdata[i];

      if (worker->queued > 0 || worker->active > 0 || worker->finished_last_hour > 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * wd_stats_has_unseen_workers:
 * @self: statistics
 *
 * Returns: whether a queue has signs of a living worker and none that is connected, though whoever
 *   is can be seen
 */
gboolean
wd_stats_has_unseen_workers (const WdStats *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      const WdWorkerStats *worker = self->workers->pdata[i];

      if (worker->has_signs == WD_TRISTATE_TRUE && worker->workers < 0 && worker->sees_workers)
        return TRUE;
    }
  return FALSE;
}

/**
 * wd_stats_is_queue_told:
 * @self: statistics
 * @n: place of a kind of worker
 *
 * Several types of jobs may share a queue; what it holds is that of each of them, and counts once.
 *
 * Returns: whether what its queue holds is that of a kind before
 */
gboolean
wd_stats_is_queue_told (const WdStats *self, guint n)
{
  const WdWorkerStats *worker;

  g_return_val_if_fail (self != NULL && n < self->workers->len, FALSE);

  worker = self->workers->pdata[n];
  for (guint i = 0; worker->has_signs != WD_TRISTATE_UNSET && i < n; i++)
    {
      const WdWorkerStats *before = self->workers->pdata[i];

      if (before->has_signs != WD_TRISTATE_UNSET && g_strcmp0 (before->queue, worker->queue) == 0)
        return TRUE;
    }
  return FALSE;
}
