/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A row that is pending while neither its queue nor the outbox has its job waits for ever. Whoever
 * is refused because of such a row should be told so. Where workers do not write the row, its job
 * may have run to its end and been removed: only the queue's events can tell the two apart, and
 * nobody is invited to queue another unless they do. */

#include "direct/wd-lost-jobs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-events.h"
#include "bullmq/wd-bullmq-job.h"
#include "direct/wd-drift-rule.h"
#include "direct/wd-job-birth.h"
#include "model/wd-words.h"
#include "postgres/wd-pg-outbox.h"

/* A pending job in the way. */
typedef struct {
  const WdJob *job;      /* (unowned) */
  WdRefusal *refusal;    /* (unowned) */
  char *queue;           /* (owned) */
  char *id;              /* (owned) in the queue */
  WdBullmqBirth birth;
  gboolean started;      /* by its row */
  WdQueueRan ran;
} Suspect;

static void
suspect_free (Suspect *self)
{
  g_free (self->queue);
  g_free (self->id);
  g_free (self);
}

static int
compare_queues (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Suspect *const *) a)->queue, (*(Suspect *const *) b)->queue);
}

static GPtrArray *
find_suspects (const WdProfile *profile, GPtrArray *conflicts, WdActionResult *result, guint first)
{
  GPtrArray *suspects = g_ptr_array_new_with_free_func ((GDestroyNotify) suspect_free);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const WdJob *job = conflicts->pdata[i];
      g_autofree char *queue = NULL;
      g_autofree char *id = NULL;
      WdBullmqBirth birth;
      Suspect *suspect;

      if (wd_job_status_from_string (job->status) != WD_JOB_STATUS_PENDING
          || !wd_job_birth_locate (job, profile, &queue, &id, &birth))
        continue;
      suspect = g_new (Suspect, 1);
      *suspect = (Suspect) { job, result->refused->pdata[first + i], g_steal_pointer (&queue),
                             g_steal_pointer (&id), birth, FALSE, WD_QUEUE_RAN_PERHAPS };
      g_ptr_array_add (suspects, suspect);
    }
  g_ptr_array_sort (suspects, compare_queues);
  return suspects;
}

/* Where those begin that are of the queue of the one before @to. */
static guint
find_group (GPtrArray *suspects, guint to)
{
  const Suspect *last = suspects->pdata[to - 1];

  while (to > 0 && strcmp (((Suspect *) suspects->pdata[to - 1])->queue, last->queue) == 0)
    to--;
  return to;
}

/* Drops from @suspects, sorted by queue, those that their queue holds. */
static gboolean
drop_queued (WdLane *lane, GPtrArray *suspects, GCancellable *cancellable)
{
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) births = g_array_new (FALSE, FALSE, sizeof (WdBullmqBirth));

  if (redis == NULL)
    return FALSE;
  for (guint to = suspects->len, from; to > 0; to = from)
    {
      WdBullmqQueue queue;
      g_autoptr (GPtrArray) states = NULL;

      from = find_group (suspects, to);
      g_ptr_array_set_size (ids, 0);
      g_array_set_size (births, 0);
      for (guint i = from; i < to; i++)
        {
          const Suspect *suspect = suspects->pdata[i];

          g_ptr_array_add (ids, suspect->id);
          g_array_append_val (births, suspect->birth);
        }
      queue = (WdBullmqQueue) { wd_lane_get_profile (lane)->prefix,
                                ((Suspect *) suspects->pdata[from])->queue };
      states = wd_bullmq_states (redis, &queue, (const char *const *) ids->pdata,
                                 (const WdBullmqBirth *) births->data, ids->len,
                                 wd_deadline_in (WD_QUEUE_MS), cancellable, NULL);
      if (states == NULL)
        return FALSE;
      for (guint i = states->len; i-- > 0;)
        if (states->pdata[i] != NULL)
          g_ptr_array_remove_index (suspects, from + i);
    }
  return TRUE;
}

/* Asked after the queues: a worker tells the row before it ends the job, so that a job which was
 * done meanwhile is not taken for lost. */
static GHashTable *
find_forgotten (WdLane *lane, GPtrArray *suspects, GCancellable *cancellable)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < suspects->len; i++)
    g_ptr_array_add (ids, ((Suspect *) suspects->pdata[i])->job->id);
  return postgres == NULL ? NULL
                          : wd_pg_outbox_forgotten (postgres, (const char *const *) ids->pdata,
                                                    ids->len, wd_deadline_in (WD_READ_MS),
                                                    cancellable, NULL);
}

static void
keep_forgotten (GPtrArray *suspects, GHashTable *forgotten)
{
  for (guint i = suspects->len; i-- > 0;)
    {
      Suspect *suspect = suspects->pdata[i];
      gpointer started;

      if (g_hash_table_lookup_extended (forgotten, suspect->job->id, NULL, &started))
        suspect->started = GPOINTER_TO_INT (started);
      else
        g_ptr_array_remove_index (suspects, i);
    }
}

/* Asked last, as the events may say what the rows were not told. Of a queue that does not answer
 * nothing is known. */
static void
read_events (WdLane *lane, GPtrArray *suspects, GCancellable *cancellable)
{
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, NULL);
  WdDriftFacts facts = { .status = WD_JOB_STATUS_PENDING };

  for (guint to = redis != NULL ? suspects->len : 0, from; to > 0; to = from)
    {
      g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) ran = NULL;
      WdBullmqQueue queue;

      from = find_group (suspects, to);
      for (guint i = from; i < to; i++)
        g_hash_table_add (wanted, ((Suspect *) suspects->pdata[i])->id);
      queue = (WdBullmqQueue) { wd_lane_get_profile (lane)->prefix,
                                ((Suspect *) suspects->pdata[from])->queue };
      ran = wd_bullmq_events_ran (redis, &queue, wanted, wd_deadline_in (WD_READ_MS), cancellable,
                                  NULL);
      for (guint i = from; ran != NULL && i < to; i++)
        {
          Suspect *suspect = suspects->pdata[i];

          facts.started = suspect->started;
          suspect->ran = wd_drift_ran (&facts, GPOINTER_TO_INT (g_hash_table_lookup (ran,
                                                                                 suspect->id)));
        }
    }
}

static GError *
explain (const Suspect *self)
{
  const char *id = self->job->id;

  switch (self->ran)
    {
    case WD_QUEUE_RAN_TO_ITS_END:
      return g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                          _("Job %s for this wallet is pending, but its queue’s events say that it "
                            "completed; only its row was not told. Mark it as completed."), id);
    case WD_QUEUE_RAN_NOT:
      return g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                          _("Job %s for this wallet is pending, but its queue no longer holds it: "
                            "it will not run by itself. Look at it, or queue another by force."),
                          id);
    case WD_QUEUE_RAN_PERHAPS:
    default:
      return g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                          _("Job %s for this wallet is pending, but its queue no longer holds it. "
                            "Nothing proves that it did not run. Look at the chain, then mark "
                            "it."), id);
    }
}

/**
 * wd_lost_jobs_name:
 * @lane: a lane with Redis
 * @conflicts: (element-type WdJob): jobs under way
 * @result: whose refusals from @first on are because of them, one beside each
 * @first: index into the refusals
 * @cancellable: (nullable): a cancellable
 *
 * Says so in the refusals whose job is lost, and whether it ran as far as its queue's events tell.
 * Where it cannot be found out that it is lost they stay as they are. Worker.
 */
void
wd_lost_jobs_name (WdLane *lane, GPtrArray *conflicts, WdActionResult *result, guint first,
                   GCancellable *cancellable)
{
  g_autoptr (GPtrArray) suspects
      = find_suspects (wd_lane_get_profile (lane), conflicts, result, first);
  g_autoptr (GHashTable) forgotten = NULL;

  wd_fault_point ("lost-jobs:begin");
  if (suspects->len == 0 || !drop_queued (lane, suspects, cancellable) || suspects->len == 0)
    return;
  forgotten = find_forgotten (lane, suspects, cancellable);
  if (forgotten == NULL)
    return;
  keep_forgotten (suspects, forgotten);
  read_events (lane, suspects, cancellable);
  for (guint i = 0; i < suspects->len; i++)
    {
      Suspect *suspect = suspects->pdata[i];

      g_clear_error (&suspect->refusal->error);
      suspect->refusal->error = explain (suspect);
    }
}
