/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-stats.h"

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-counts.h"
#include "postgres/wd-pg-stats.h"

static WdTime
find_midnight (GTimeZone *zone)
{
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  g_autoptr (GDateTime) midnight
      = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now),
                         g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
}

static WdStats *
make_stats (const WdProfile *profile)
{
  WdStats *stats = wd_stats_new ();
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  stats->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_worker_stats_free);
  stats->undelivered_jobs = stats->wallets = -1;
  stats->wallets_need_gas = stats->wallets_need_consolidation = -1;
  for (gsize i = 0; i < n_types; i++)
    {
      WdWorkerStats *worker = wd_worker_stats_new ();

      worker->worker_name = types[i].worker_name;
      worker->job_type = g_strdup (types[i].name);
      worker->queue = g_strdup (wd_profile_get_mapping (profile, types[i].name)->queue);
      g_ptr_array_add (stats->workers, worker);
    }
  return stats;
}

/* A quiet queue is not asked again and again. */
static GPtrArray *
count_queues (WdLane *lane, WdStats *stats, GCancellable *cancellable, GError **error)
{
  const char *prefix = wd_lane_get_profile (lane)->prefix;
  GPtrArray *counts = wd_lane_recall_queue_counts (lane);
  g_autofree WdBullmqQueue *queues = g_new (WdBullmqQueue, stats->workers->len);
  int serial = wd_lane_begin_queue_counts (lane);
  WdRedisConnection *redis;

  if (counts != NULL)
    return counts;
  redis = wd_lane_get_redis (lane, cancellable, error);
  if (redis == NULL)
    return NULL;
  for (guint i = 0; i < stats->workers->len; i++)
    queues[i] = (WdBullmqQueue) { (char *) prefix,
                                  ((WdWorkerStats *) stats->workers->pdata[i])->queue };
  counts = wd_bullmq_counts (redis, queues, stats->workers->len, wd_deadline_in (WD_QUEUE_MS),
                             cancellable, error);
  if (counts != NULL)
    wd_lane_keep_queue_counts (lane, counts, serial);
  return counts;
}

static gboolean
add_queues (WdLane *lane, WdStats *stats, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) counts = count_queues (lane, stats, cancellable, error);

  if (counts == NULL)
    return FALSE;
  for (guint i = 0; i < stats->workers->len; i++)
    {
      WdWorkerStats *worker = stats->workers->pdata[i];
      WdQueueCounts *queue = counts->pdata[i];

      worker->counts = wd_queue_counts_ref (queue);
      worker->active = queue->active;
      worker->queued = queue->waiting + queue->prioritized + queue->delayed;
      worker->waiting = queue->waiting + queue->prioritized;
      worker->overdue = queue->overdue;
      worker->oldest_waiting = queue->oldest_waiting;
      worker->paused = queue->paused;
      worker->workers = queue->workers;
      worker->has_signs = queue->has_signs ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
      worker->sees_workers = queue->connected != NULL;
      worker->lost_locks = queue->lost_locks;
    }
  return TRUE;
}

static void
sum_up (WdStats *stats, guint failure_percent)
{
  stats->active_jobs = stats->completed_jobs_today = 0;
  for (guint i = 0; i < stats->workers->len; i++)
    {
      WdWorkerStats *worker = stats->workers->pdata[i];

      worker->status = wd_worker_stats_judge (worker, failure_percent);
      if (!wd_stats_is_queue_told (stats, i))
        stats->active_jobs += worker->active;
      stats->completed_jobs_today += worker->completed_today;
    }
  stats->last_updated = wd_time_now ();
}

/**
 * wd_direct_load_stats:
 * @lane: the lane that watches
 * @zone: in which “today” begins
 * @cancellable: (nullable): a cancellable
 * @error: PostgreSQL's; Redis' failure is part of the answer
 *
 * One round trip to each store. Worker.
 *
 * Returns: (transfer full): every stat card
 */
WdStats *
wd_direct_load_stats (WdLane *lane, GTimeZone *zone, GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  g_autoptr (WdStats) stats = make_stats (profile);
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  g_autoptr (GError) queue_error = NULL;

  if (postgres == NULL
      || !wd_pg_stats_fill (postgres, stats, profile, find_midnight (zone),
                            wd_deadline_in (WD_READ_MS), cancellable, error))
    return NULL;
  if (wd_lane_has_redis (lane) && !add_queues (lane, stats, cancellable, &queue_error))
    {
      if (wd_error_is_cancelled (queue_error))
        {
          g_propagate_error (error, g_steal_pointer (&queue_error));
          return NULL;
        }
      stats->queue_error = g_strdup (queue_error->message);
      stats->queue_address_is_wrong = g_error_matches (queue_error, WD_ERROR,
                                                       WD_ERROR_INVALID_ARGUMENT);
    }
  sum_up (stats, profile->failure_percent);
  return g_steal_pointer (&stats);
}
