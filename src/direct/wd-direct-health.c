/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong, from both stores. Neither is changed. */

#include "direct/wd-direct-health.h"

#include <string.h>

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
      runs[i].last_finished = runs[i].oldest_pending = WD_TIME_NONE;
    }
  return runs;
}

/* Where nothing has happened since, what was read then is still so. */
static gboolean
read_queues (WdLane *lane, WdHealthFacts *facts, GPtrArray **counts, GPtrArray **activity,
             GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autofree WdBullmqQueue *queues = NULL;
  g_autoptr (GPtrArray) names = NULL;
  gint64 deadline;

  if (redis == NULL)
    return FALSE;
  if (wd_health_facts_have_names (facts))
    names = g_ptr_array_ref (facts->names);
  else
    names = wd_direct_name_queues (lane, redis, cancellable, error);
  if (names == NULL)
    return FALSE;
  if (names != facts->names)
    wd_health_facts_keep_names (facts, names);
  queues = g_new (WdBullmqQueue, names->len);
  for (guint i = 0; i < names->len; i++)
    queues[i] = (WdBullmqQueue) { wd_lane_get_profile (lane)->prefix, names->pdata[i] };
  deadline = wd_deadline_in (WD_QUEUE_MS);
  *counts = wd_bullmq_counts (redis, queues, names->len, deadline, cancellable, error);
  if (*counts != NULL)
    *activity = wd_bullmq_health (redis, queues, names->len, deadline, cancellable, error);
  return *counts != NULL && *activity != NULL;
}

static gboolean
add_findings (WdLane *lane, WdHealth *health, const WdTypeRuns *runs, gsize n_runs,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) counts = NULL, activity = NULL;
  WdQueueNews *news;
  WdHealthFacts *facts = wd_lane_get_health_facts (lane, &news);
  int serial = wd_lane_begin_queue_counts (lane);
  gint64 passed = 0;

  if (wd_health_facts_hold (facts, news))
    {
      counts = g_ptr_array_ref (facts->counts);
      activity = g_ptr_array_ref (facts->activity);
      passed = g_get_monotonic_time () - facts->read_at;
    }
  else if (read_queues (lane, facts, &counts, &activity, cancellable, error))
    wd_health_facts_keep (facts, counts, activity, wd_lane_get_profile (lane), serial);
  else
    return FALSE;
  for (guint i = 0; i < counts->len; i++)
    if (activity->pdata[i] != NULL)
      wd_health_judge_queue (counts->pdata[i], activity->pdata[i], wd_lane_get_profile (lane),
                             runs, n_runs, &health->limits,
                             ((WdQueueActivity *) activity->pdata[i])->now + passed,
                             health->findings);
    else
      g_ptr_array_add (health->unread, g_strdup (((WdQueueCounts *) counts->pdata[i])->queue));
  return TRUE;
}

static WdHealth *
read_database (WdLane *lane, WdTypeRuns *runs, gsize n_runs, GCancellable *cancellable,
               GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  WdQueueNews *news;
  WdHealthFacts *facts = wd_lane_get_health_facts (lane, &news);
  const WdHealth *before;
  WdHealth *health;

  if (postgres == NULL)
    return NULL;
  wd_health_facts_heed (facts, news);
  before = wd_health_facts_get_wallets (facts);
  health = wd_pg_health_load (postgres, runs, n_runs,
                              (before == NULL ? WD_PG_HEALTH_WALLETS : 0)
                                | (wd_lane_has_redis (lane) ? 0 : WD_PG_HEALTH_ROWS),
                              wd_deadline_in (WD_READ_MS), cancellable, error);
  if (health == NULL)
    return NULL;
  if (before != NULL)
    {
      memcpy (health->wallets, before->wallets, sizeof health->wallets);
      health->wallets_in_trouble = before->wallets_in_trouble;
    }
  else
    wd_health_facts_keep_wallets (facts, health);
  return health;
}

/**
 * wd_direct_load_health:
 * @lane: a lane others need not wait for
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
  gsize n_runs;
  g_autofree WdTypeRuns *runs = make_runs (&n_runs);
  g_autoptr (WdHealth) health = NULL;
  g_autoptr (GError) queue_error = NULL;

  health = read_database (lane, runs, n_runs, cancellable, error);
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
