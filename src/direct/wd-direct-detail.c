/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-detail.h"

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-job.h"
#include "direct/wd-job-birth.h"
#include "postgres/wd-pg-jobs.h"

static gboolean
load_queue_job (WdLane *lane, WdJobDetail *detail, GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  const WdQueueMapping *mapping = wd_profile_get_mapping (profile, detail->job->job_type);
  WdRedisConnection *redis;
  g_autofree char *queue = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) local = NULL;

  detail->automatic = TRUE;
  if (mapping == NULL || !wd_bullmq_job_id_split (detail->job->job_id, mapping->queue, &queue, &id))
    return TRUE;
  detail->automatic = !wd_bullmq_job_id_may_return (detail->job->job_id, id);
  redis = wd_lane_get_redis (lane, cancellable, error);
  if (redis == NULL)
    return FALSE;
  detail->queue_job = wd_bullmq_job (redis, &(WdBullmqQueue) { profile->prefix, queue }, id,
                                     wd_deadline_in (WD_QUEUE_MS), cancellable, &local);
  if (detail->queue_job == NULL && !g_error_matches (local, WD_ERROR, WD_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* Nothing is said of another job, which got the id since. */
  if (detail->queue_job != NULL
      && !wd_job_birth_fits (detail->job, id, detail->queue_job->timestamp / 1000))
    g_clear_pointer (&detail->queue_job, wd_queue_job_unref);
  return TRUE;
}

/**
 * wd_direct_load_job:
 * @lane: the lane that watches
 * @id: the row's UUID or its `job_id`
 * @cancellable: (nullable): a cancellable
 * @error: PostgreSQL's; Redis' failure is part of the answer
 *
 * Returns: (transfer full): the row, and the job as its queue sees it. Worker.
 */
WdJobDetail *
wd_direct_load_job (WdLane *lane, const char *id, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  g_autoptr (WdJobDetail) detail = wd_job_detail_new ();
  g_autoptr (GError) queue_error = NULL;

  if (postgres == NULL)
    return NULL;
  detail->job = wd_pg_jobs_get (postgres, id, wd_deadline_in (WD_READ_MS), cancellable, error);
  if (detail->job == NULL)
    return NULL;
  if (wd_lane_has_redis (lane) && !load_queue_job (lane, detail, cancellable, &queue_error))
    {
      if (wd_error_is_cancelled (queue_error))
        {
          g_propagate_error (error, g_steal_pointer (&queue_error));
          return NULL;
        }
      detail->queue_error = g_strdup (queue_error->message);
    }
  return g_steal_pointer (&detail);
}
