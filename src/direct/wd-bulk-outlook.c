/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which jobs a bulk retry will refuse for what stands in their queues, by the rule of the retry
 * itself. Writes nothing. A preview is no reason to wait for a Redis that does not answer: what
 * could not be asked about is told as that. */

#include "direct/wd-bulk-outlook.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-glance.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-job-birth.h"
#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-setting.h"

/* For all jobs; meanwhile a transaction is open. */
#define LOOK_MS 10000

struct _WdBulkOutlook {
  WdLane *lane;        /* (unowned) */
  gint64 deadline;
  gboolean lost;       /* nothing more is asked */
  GHashTable *queues;  /* (owned) (element-type utf8 Queue) */
};

/* One queue, and which jobs of a slice are there. */
typedef struct {
  gboolean known;        /* whether it was asked for its layout */
  const char *forecast;  /* (nullable): of all its jobs */
  GPtrArray *ids;        /* (owned) (element-type utf8) */
  GArray *births;        /* (owned) (element-type WdBullmqBirth): beside them */
  GPtrArray *jobs;       /* (owned) (element-type WdPgBulkJob): beside them */
} Queue;

static void
queue_free (Queue *queue)
{
  g_ptr_array_unref (queue->ids);
  g_array_unref (queue->births);
  g_ptr_array_unref (queue->jobs);
  g_free (queue);
}

/* Whether this site's jobs go through queues. Unlike a retry, a look agrees on nothing. */
static gboolean
read_delivery (WdLane *lane, gboolean *uses_queue, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  g_autoptr (GError) local = NULL;
  g_autofree char *agreed = NULL;

  if (postgres == NULL)
    return FALSE;
  agreed = wd_pg_setting_get (postgres, "delivery", wd_deadline_in (WD_READ_MS), cancellable,
                              &local);
  *uses_queue = agreed != NULL ? strcmp (agreed, "bullmq") == 0 : wd_lane_has_redis (lane);
  if (agreed != NULL || g_error_matches (local, WD_ERROR, WD_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* After a failure nothing more is asked. FALSE: it was a cancel, which goes to @error. */
static gboolean
lose (WdBulkOutlook *self, GError *problem, GError **error)
{
  if (wd_error_is_cancelled (problem))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_debug ("The queues are not asked about a bulk retry: %s", problem->message);
  g_error_free (problem);
  self->lost = TRUE;
  return TRUE;
}

/**
 * wd_bulk_outlook_new:
 * @lane: a lane
 * @outlook: (out) (transfer full) (nullable): to look with; %NULL where jobs go through no queue
 * @cancellable: (nullable): a cancellable
 * @error: that it was cancelled, or that the database cannot be asked how this site delivers
 *
 * Connects. Worker.
 */
gboolean
wd_bulk_outlook_new (WdLane *lane, WdBulkOutlook **outlook, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (WdBulkOutlook) self = NULL;
  gboolean uses_queue;
  GError *problem = NULL;

  *outlook = NULL;
  if (!read_delivery (lane, &uses_queue, cancellable, error))
    return FALSE;
  if (!uses_queue)
    return TRUE;
  self = g_new0 (WdBulkOutlook, 1);
  self->lane = lane;
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) queue_free);
  if (wd_lane_get_redis (lane, cancellable, &problem) == NULL && !lose (self, problem, error))
    return FALSE;
  self->deadline = wd_deadline_in (LOOK_MS);
  *outlook = g_steal_pointer (&self);
  return TRUE;
}

/**
 * wd_bulk_outlook_free:
 * @self: (transfer full): an outlook
 */
void
wd_bulk_outlook_free (WdBulkOutlook *self)
{
  g_hash_table_unref (self->queues);
  g_free (self);
}

/* Puts a job to those of its queue, where it can be in one. */
static void
sort_in (WdBulkOutlook *self, WdPgBulkJob *job)
{
  const WdQueueMapping *mapping
      = wd_profile_get_mapping (wd_lane_get_profile (self->lane), job->job_type);
  char *name = NULL;
  char *id = NULL;
  WdBullmqBirth birth;
  Queue *queue;

  if (mapping == NULL || !wd_bullmq_job_id_split (job->job_id, mapping->queue, &name, &id))
    {
      job->forecast = WD_PG_BULK_NO_QUEUE;
      return;
    }
  queue = g_hash_table_lookup (self->queues, name);
  if (queue == NULL)
    {
      queue = g_new0 (Queue, 1);
      queue->ids = g_ptr_array_new_with_free_func (g_free);
      queue->births = g_array_new (FALSE, FALSE, sizeof (WdBullmqBirth));
      queue->jobs = g_ptr_array_new ();
      g_hash_table_insert (self->queues, g_strdup (name), queue);
    }
  birth = wd_job_birth_of (job->job_id, id, job->created_at);
  g_ptr_array_add (queue->ids, id);
  g_array_append_val (queue->births, birth);
  g_ptr_array_add (queue->jobs, job);
  g_free (name);
}

static const char *
foretell (const WdPgBulkJob *job, const char *id, const char *state)
{
  switch (wd_retry_judge (state, !wd_bullmq_job_id_may_return (job->job_id, id), job->has_data))
    {
    case WD_RETRY_AUTOMATIC:
      return WD_PG_BULK_NOT_IN_QUEUE;
    case WD_RETRY_NO_DATA:
      return WD_PG_BULK_NO_DATA;
    case WD_RETRY_COMPLETED:
      return WD_PG_BULK_COMPLETED;
    case WD_RETRY_NOWHERE:
    case WD_RETRY_BY_ITSELF:
      return WD_PG_BULK_GOES_ON;
    case WD_RETRY_GOES:
    default:
      return NULL;
    }
}

/* Once for each queue: whether it may be written to. */
static gboolean
check_layout (WdBulkOutlook *self, const char *name, Queue *queue, GCancellable *cancellable,
              GError **error)
{
  GError *problem = NULL;

  if (queue->known || self->lost)
    return TRUE;
  queue->known = TRUE;
  if (wd_direct_check_layout (self->lane, name, cancellable, &problem))
    return TRUE;
  if (!g_error_matches (problem, WD_ERROR, WD_ERROR_LAYOUT))
    return lose (self, problem, error);
  g_error_free (problem);
  queue->forecast = WD_PG_BULK_LAYOUT;
  return TRUE;
}

/* Asks a queue about its jobs of this slice. FALSE: cancelled. */
static gboolean
ask (WdBulkOutlook *self, const char *name, Queue *queue, GCancellable *cancellable, GError **error)
{
  WdBullmqQueue key = { wd_lane_get_profile (self->lane)->prefix, (char *) name };
  g_autoptr (GPtrArray) states = NULL;
  GError *problem = NULL;

  if (queue->jobs->len == 0)
    return TRUE;
  if (!check_layout (self, name, queue, cancellable, error))
    return FALSE;
  if (!self->lost && queue->forecast == NULL)
    {
      WdRedisConnection *redis = wd_lane_get_redis (self->lane, cancellable, &problem);

      if (redis != NULL)
        states = wd_bullmq_glance (redis, &key, (const char *const *) queue->ids->pdata,
                                   (const WdBullmqBirth *) queue->births->data, queue->ids->len,
                                   NULL, self->deadline, cancellable, &problem);
      if (states == NULL && !lose (self, problem, error))
        return FALSE;
    }
  for (guint i = 0; i < queue->jobs->len; i++)
    {
      WdPgBulkJob *job = queue->jobs->pdata[i];

      if (queue->forecast != NULL)
        job->forecast = queue->forecast;
      else if (states == NULL)
        job->forecast = WD_PG_BULK_NOT_ASKED;
      else
        job->forecast = foretell (job, queue->ids->pdata[i], states->pdata[i]);
    }
  g_ptr_array_set_size (queue->ids, 0);
  g_array_set_size (queue->births, 0);
  g_ptr_array_set_size (queue->jobs, 0);
  return TRUE;
}

/**
 * wd_bulk_outlook_look:
 * @jobs: (array length=n_jobs): get their forecasts
 * @n_jobs: how many
 * @outlook: (type WdBulkOutlook): to look with
 * @cancellable: (nullable): a cancellable
 * @error: that it was cancelled
 *
 * A #WdPgBulkLook. Ten seconds after the outlook was made nothing more is asked. Worker.
 */
gboolean
wd_bulk_outlook_look (WdPgBulkJob *jobs, gsize n_jobs, gpointer outlook, GCancellable *cancellable,
                      GError **error)
{
  WdBulkOutlook *self = outlook;
  GHashTableIter iter;
  gpointer name, queue;

  for (gsize i = 0; i < n_jobs; i++)
    sort_in (self, &jobs[i]);
  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, &name, &queue))
    if (!ask (self, name, queue, cancellable, error))
      return FALSE;
  return TRUE;
}
