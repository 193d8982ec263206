/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The workers of sample data: a loop in a thread of its own that takes jobs, lets them run for a
 * moment, and finishes them or lets them fail; and the platform that hands them a job now and then.
 *
 * What an admin triggers or retries always goes well. Only jobs that were made here may fail, and
 * which do was decided when they were made. */

#include "sample/wd-sample-workers.h"

#include <json-glib/json-glib.h>

#include "base/wd-error.h"
#include "base/wd-json-text.h"
#include "base/wd-wait.h"
#include "sample/wd-sample-kind.h"

#define MOST_AT_ONCE 2
#define LOOK_MS 250
#define AGAIN_MS 1000
#define ASK_MS 5000
/* Between two jobs of the platform, in milliseconds. */
#define SHORTEST_PAUSE 1500
#define LONGEST_PAUSE  5000

typedef struct {
  WdSampleQueue *queue;        /* not owned */
  WdBullmqSampleTaken *job;    /* (owned) */
  char *wallet;                /* (owned) (nullable) */
  gint64 due;                  /* monotonic */
} Running;

typedef struct {
  WdSampleSite *site;          /* not owned */
  GCancellable *cancellable;   /* not owned */
  GPtrArray *running;          /* (owned) (element-type Running) */
  GHashTable *doomed;          /* (owned) (element-type utf8 int): failures left, by job */
  gint64 next_job;             /* monotonic */
} Workers;

static void
running_free (gpointer data)
{
  Running *running = data;

  wd_bullmq_sample_taken_free (running->job);
  g_free (running->wallet);
  g_free (running);
}

static gint64
in_ms (guint milliseconds)
{
  return g_get_monotonic_time () + (gint64) milliseconds * 1000;
}

static gboolean
tell (Workers *self, const Running *running, const char *status, const char *reason,
      GError **error)
{
  const WdPgSampleMove move = {
    .job_id = running->job->id, .status = status, .made = running->job->made, .error = reason,
    .job_type = running->queue->type->name, .wallet = running->wallet,
  };

  return wd_pg_sample_move (self->site->database, &move, wd_deadline_in (ASK_MS),
                            self->cancellable, error);
}

static char *
wallet_of (const char *data)
{
  g_autoptr (JsonNode) node = wd_json_text_is_valid (data) ? json_from_string (data, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
           ? g_strdup (json_object_get_string_member_with_default (json_node_get_object (node),
                                                                   "wallet_address", NULL))
           : NULL;
}

static guint
count_running (Workers *self, const WdSampleQueue *queue)
{
  guint n = 0;

  for (guint i = 0; i < self->running->len; i++)
    n += ((Running *) self->running->pdata[i])->queue == queue;
  return n;
}

static gboolean
take_jobs (Workers *self, WdSampleQueue *queue, GError **error)
{
  const WdSampleKind *kind = wd_sample_kind_lookup (queue->type->name);

  while (count_running (self, queue) < MOST_AT_ONCE)
    {
      WdBullmqSampleTaken *job;
      Running *running;

      if (!wd_bullmq_sample_take (queue->queue, &job, wd_deadline_in (ASK_MS), self->cancellable,
                                  error))
        return FALSE;
      if (job == NULL)
        return TRUE;
      running = g_new0 (Running, 1);
      running->queue = queue;
      running->job = job;
      running->wallet = wallet_of (job->data);
      running->due = in_ms (wd_sample_kind_pick_ms (kind,
                                                    wd_sample_data_get_random (self->site->data)));
      g_ptr_array_add (self->running, running);
      if (!tell (self, running, "active", NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* The row first, as a worker does it before its queue knows. */
static gboolean
end_job (Workers *self, const Running *running, GError **error)
{
  const WdSampleKind *kind = wd_sample_kind_lookup (running->queue->type->name);
  int failures = GPOINTER_TO_INT (g_hash_table_lookup (self->doomed, running->job->id));
  const char *reason;

  if (failures == 0)
    return tell (self, running, "completed", NULL, error)
           && wd_bullmq_sample_finish (running->queue->queue, running->job->id,
                                       "{\"sample\":true}", wd_deadline_in (ASK_MS),
                                       self->cancellable, error);
  reason = wd_sample_kind_pick_error (kind, wd_sample_data_get_random (self->site->data));
  if (failures == 1)
    g_hash_table_remove (self->doomed, running->job->id);
  else
    g_hash_table_insert (self->doomed, g_strdup (running->job->id),
                         GINT_TO_POINTER (failures - 1));
  return tell (self, running,
               running->job->made + 1 < running->job->attempts ? "retrying" : "failed", reason,
               error)
         && wd_bullmq_sample_fail (running->queue->queue, running->job, reason,
                                   running->queue->type->backoff_ms, wd_deadline_in (ASK_MS),
                                   self->cancellable, error);
}

static gboolean
end_jobs (Workers *self, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = self->running->len; i > 0; i--)
    {
      Running *running = self->running->pdata[i - 1];

      if (running->due > now)
        continue;
      if (!end_job (self, running, error))
        return FALSE;
      g_ptr_array_remove_index (self->running, i - 1);
    }
  return TRUE;
}

/* One in twelve fails once and one in twenty for good, so that there is something to retry. */
static void
doom (Workers *self, const WdJob *job, GRand *random)
{
  gint32 chance = g_rand_int_range (random, 0, 60);
  int failures = chance < 3 ? (int) job->max_retries : chance < 8 ? 1 : 0;

  if (failures > 0)
    g_hash_table_insert (self->doomed, g_strdup (job->id), GINT_TO_POINTER (failures));
}

static gboolean
add_job (Workers *self, GError **error)
{
  GRand *random = wd_sample_data_get_random (self->site->data);
  WdTime now = wd_time_now ();
  g_autoptr (WdJob) job = NULL;
  WdBullmqSampleJob queued;

  if (g_get_monotonic_time () < self->next_job)
    return TRUE;
  self->next_job = in_ms ((guint) g_rand_int_range (random, SHORTEST_PAUSE, LONGEST_PAUSE));
  job = wd_sample_data_next_job (self->site->data, now);
  queued = wd_sample_data_queue_job (job, "waiting", now);
  doom (self, job, random);
  return wd_pg_sample_add (self->site->database, job, wd_deadline_in (ASK_MS), self->cancellable,
                           error)
         && wd_bullmq_sample_put (wd_sample_site_get_queue (self->site, job->job_type)->queue,
                                  &queued, 1, wd_deadline_in (ASK_MS), self->cancellable, error);
}

static gboolean
work (Workers *self, GError **error)
{
  if (!end_jobs (self, error) || !add_job (self, error))
    return FALSE;
  for (gsize i = 0; i < self->site->n_queues; i++)
    if (!take_jobs (self, &self->site->queues[i], error))
      return FALSE;
  return TRUE;
}

/**
 * wd_sample_workers_run:
 * @site: of the sample, and of nothing else: there is no way to make one of other servers
 * @cancellable: what ends it
 *
 * Works until @cancellable is triggered. A server that does not answer for a while is asked again.
 * Worker.
 */
void
wd_sample_workers_run (WdSampleSite *site, GCancellable *cancellable)
{
  Workers self = {
    .site = site,
    .cancellable = cancellable,
    .running = g_ptr_array_new_with_free_func (running_free),
    .doomed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .next_job = in_ms (SHORTEST_PAUSE),
  };
  gboolean cancelled = FALSE;

  while (!cancelled)
    {
      g_autoptr (GError) error = NULL;
      gboolean good = work (&self, &error);

      if (!good && !wd_error_is_cancelled (error))
        g_debug ("The sample's workers wait: %s", error->message);
      cancelled = wd_error_is_cancelled (error)
                  || !wd_wait_ms (good ? LOOK_MS : AGAIN_MS, cancellable, NULL);
    }
  g_hash_table_unref (self.doomed);
  g_ptr_array_unref (self.running);
}
