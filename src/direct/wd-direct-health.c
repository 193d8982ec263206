/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong, from both stores. Neither is changed. */

#include "direct/wd-direct-health.h"

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-counts.h"
#include "bullmq/wd-bullmq-health.h"
#include "direct/wd-direct-queues.h"
#include "postgres/wd-pg-health.h"

static WdTypeRuns *
make_runs (gsize *n_runs)
{
  const WdJobType *types = wd_job_types (n_runs);
  WdTypeRuns *runs = g_new0 (WdTypeRuns, *n_runs);

  for (gsize i = 0; i < *n_runs; i++)
    {
      runs[i].job_type = types[i].name;
      runs[i].last_finished = WD_TIME_NONE;
    }
  return runs;
}

static GPtrArray *
name_queues (WdLane *lane, WdRedisConnection *redis, GCancellable *cancellable, GError **error)
{
  GPtrArray *names = wd_lane_recall_queue_names (lane);

  if (names != NULL)
    return names;
  names = wd_direct_name_queues (lane, redis, cancellable, error);
  if (names != NULL)
    wd_lane_keep_queue_names (lane, names);
  return names;
}

static gboolean
add_findings (WdLane *lane, WdHealth *health, const WdTypeRuns *runs, gsize n_runs,
              GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autoptr (GPtrArray) names = NULL, counts = NULL, activity = NULL;
  g_autofree WdBullmqQueue *queues = NULL;
  gint64 deadline = wd_deadline_in (WD_QUEUE_MS);

  if (redis == NULL)
    return FALSE;
  names = name_queues (lane, redis, cancellable, error);
  if (names == NULL)
    return FALSE;
  queues = g_new (WdBullmqQueue, names->len);
  for (guint i = 0; i < names->len; i++)
    queues[i] = (WdBullmqQueue) { profile->prefix, names->pdata[i] };
  counts = wd_bullmq_counts (redis, queues, names->len, deadline, cancellable, error);
  if (counts == NULL)
    return FALSE;
  activity = wd_bullmq_health (redis, queues, names->len, deadline, cancellable, error);
  if (activity == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (activity->pdata[i] != NULL)
      wd_health_judge_queue (counts->pdata[i], activity->pdata[i], profile, runs, n_runs,
                             &health->limits, health->findings);
  return TRUE;
}

/**
 * wd_direct_load_health:
 * @lane: the lane that watches
 * @cancellable: (nullable): a cancellable
 * @error: PostgreSQL's; Redis' failure is part of the answer
 *
 * Worker.
 *
 * Returns: (transfer full): what is wrong
 */
WdHealth *
wd_direct_load_health (WdLane *lane, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  gsize n_runs;
  g_autofree WdTypeRuns *runs = make_runs (&n_runs);
  g_autoptr (WdHealth) health = NULL;
  g_autoptr (GError) queue_error = NULL;

  if (postgres == NULL)
    return NULL;
  health = wd_pg_health_load (postgres, runs, n_runs, wd_deadline_in (WD_READ_MS), cancellable,
                              error);
  if (health == NULL)
    return NULL;
  if (wd_lane_has_redis (lane)
      && !add_findings (lane, health, runs, n_runs, cancellable, &queue_error))
    {
      if (wd_error_is_cancelled (queue_error))
        {
          g_propagate_error (error, g_steal_pointer (&queue_error));
          return NULL;
        }
      health->queue_error = g_strdup (queue_error->message);
    }
  return g_steal_pointer (&health);
}
