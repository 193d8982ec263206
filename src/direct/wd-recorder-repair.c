/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Events that were trimmed before they could be read are gone; the queue itself still says where
 * its jobs are. Every job that stands in it, those that were completed since and are kept, and
 * every row that says of its job that it will go on are compared, in slices. What became of a job
 * that is gone nobody knows: its row is left as it is, and it is said how many those are. */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-census.h"
#include "bullmq/wd-bullmq-recall.h"
#include "direct/wd-recorder-private.h"

/* One call, so that all of it is of one moment. */
#define SLICE_JOBS     WD_BULLMQ_RECALL_SLICE
#define MOST_COMPLETED 10000
#define MOST_ROWS      10000

typedef struct {
  WdRecorderWork *work;
  WdRecorderQueue *queue;
  WdBullmqCensus *census;   /* (owned) */
  GHashTable *seen;         /* (owned) (element-type utf8): set of ids in @ids */
  GPtrArray *ids;           /* (owned) (element-type utf8) */
  GCancellable *cancellable;
  guint n_changed;
} Repair;

static void
repair_clear (Repair *self)
{
  g_clear_pointer (&self->census, wd_bullmq_census_free);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Repair, repair_clear)

static void
add_id (Repair *self, const char *id)
{
  char *owned;

  if (g_hash_table_contains (self->seen, id) || !g_utf8_validate (id, -1, NULL))
    return;
  owned = g_strdup (id);
  g_ptr_array_add (self->ids, owned);
  g_hash_table_add (self->seen, owned);
}

static gboolean
add_queued (Repair *self, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self->work->lane, self->cancellable, error);
  gint64 since = g_ascii_strtoll (self->queue->place.gap, NULL, 10);
  g_autoptr (GPtrArray) completed = NULL;
  GHashTableIter iter;
  gpointer id;

  if (redis == NULL)
    return FALSE;
  self->census = wd_bullmq_census_take (redis, self->queue->queue, NULL, NULL, WD_QUEUE_MS,
                                        self->cancellable, error);
  if (self->census == NULL)
    return FALSE;
  completed = wd_bullmq_completed_since (redis, self->queue->queue, since, MOST_COMPLETED,
                                         wd_deadline_in (WD_QUEUE_MS), self->cancellable, error);
  if (completed == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, wd_bullmq_census_get_jobs (self->census));
  while (g_hash_table_iter_next (&iter, &id, NULL))
    add_id (self, id);
  for (guint i = 0; i < completed->len; i++)
    add_id (self, completed->pdata[i]);
  return TRUE;
}

/* Rows whose ids are of this queue. */
static gboolean
add_open (Repair *self, GError **error)
{
  static const char *const open[] = { "pending", "active", "processing", "retrying" };
  WdPgConnection *postgres = wd_lane_get_postgres (self->work->lane, self->cancellable, error);
  const char *name = self->queue->queue->name;

  if (postgres == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (open); i++)
    {
      g_autoptr (GPtrArray) job_ids =
        wd_pg_recording_open_jobs (postgres, (const char *const *) self->queue->types, open[i],
                                   MOST_ROWS, wd_deadline_in (WD_READ_MS), self->cancellable,
                                   error);

      if (job_ids == NULL)
        return FALSE;
      for (guint j = 0; j < job_ids->len; j++)
        {
          g_autofree char *queue = NULL, *id = NULL;

          if (wd_bullmq_job_id_split (job_ids->pdata[j], name, &queue, &id)
              && strcmp (queue, name) == 0)
            add_id (self, id);
        }
    }
  return TRUE;
}

/* Returns: whether the queue knows of the job */
static gboolean
repair_row (Repair *self, WdRecorderJobs *jobs, gsize i)
{
  GHashTable *standing = wd_bullmq_census_get_jobs (self->census);
  const WdQueueFacts *facts = g_hash_table_lookup (standing, jobs->ids->pdata[i]);
  gboolean waits = facts != NULL && (facts->places & (WD_PLACES_WAITING | WD_PLACE_ACTIVE)) != 0;
  WdPgRecordedRow *row = jobs->rows->pdata[i];

  if (row == NULL)
    return FALSE;
  if (wd_recorder_jobs_follow (jobs, i, NULL) != row)
    {
      self->work->news.unknown += wd_recorded_row_is_open (&row->row);
      row = jobs->rows->pdata[i];
    }
  if (wd_recorded_row_repair (&row->row, &jobs->known[i], waits))
    return TRUE;
  self->work->news.unknown += wd_recorded_row_is_open (&row->row);
  return FALSE;
}

/* The rows say by now what happened to these jobs until they were asked for. */
static void
note_told (Repair *self, const WdRecorderJobs *jobs, const gboolean *told)
{
  WdRecorderQueue *queue = self->queue;

  for (gsize i = 0; i < jobs->n; i++)
    {
      const WdPgRecordedRow *row = jobs->rows->pdata[i];

      self->n_changed += row != NULL && row->row.changed;
      if (told[i])
        g_hash_table_replace (queue->told, g_strdup (jobs->ids->pdata[i]), g_strdup (jobs->last));
    }
  g_free (queue->told_last);
  queue->told_last = g_strdup (jobs->last);
}

/* Compares the next jobs; returns how many, or 0. */
static gsize
repair_slice (Repair *self, gsize from, gsize most, GError **error)
{
  g_autofree gboolean *told = NULL;
  gint64 deadline;
  g_auto (WdRecorderJobs) jobs = { 0 };
  g_auto (WdPgRecordingPlace) place = { 0 };

  wd_recorder_try_anew (self->work);
  wd_recorder_jobs_init (&jobs);
  for (gsize i = from; i < MIN (from + most, self->ids->len); i++)
    {
      g_ptr_array_add (jobs.ids, g_strdup (self->ids->pdata[i]));
      g_ptr_array_add (jobs.names, NULL);
    }
  deadline = wd_deadline_in (WD_WRITE_MS);
  if (!wd_recorder_jobs_recall (&jobs, self->work, self->queue, self->cancellable, error)
      || !wd_recorder_begin (self->work, self->queue, deadline, self->cancellable, error))
    return 0;
  if (!self->queue->held)
    return jobs.n;
  if (!wd_recorder_jobs_load (&jobs, self->work, self->queue, deadline, self->cancellable, error))
    return 0;
  told = g_new0 (gboolean, jobs.n);
  for (gsize i = 0; i < jobs.n; i++)
    told[i] = repair_row (self, &jobs, i);
  wd_pg_recording_place_copy (&self->queue->place, &place);
  if (!wd_recorder_jobs_save (&jobs, self->work, self->queue, &place, deadline, self->cancellable,
                              error))
    return 0;
  note_told (self, &jobs, told);
  return jobs.n;
}

/* What the database refuses is looked for by halves. */
static gboolean
repair_all (Repair *self, GError **error)
{
  gsize most = SLICE_JOBS;
  guint n_busy = 0;

  for (gsize at = 0; self->queue->held && at < self->ids->len;)
    {
      g_autoptr (GError) local = NULL;
      gsize n = repair_slice (self, at, most, &local);

      if (n > 0)
        {
          at += n;
          most = SLICE_JOBS;
          self->work->care = WD_RECORDER_WHOLE;
        }
      else if (wd_recorder_may_repeat (self->work, self->queue, local, &n_busy,
                                       self->cancellable))
        continue;
      else if (!wd_recorder_was_refused (self->work) || self->work->care == WD_RECORDER_NOTHING)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      else if (most > 1)
        most = MAX (MIN (most, self->ids->len - at) / 2, 1);
      else
        self->work->care++;
    }
  return TRUE;
}

/* Nothing is left to be compared. */
static gboolean
close_gap (WdRecorderWork *self, WdRecorderQueue *queue, GCancellable *cancellable, GError **error)
{
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);
  g_auto (WdRecorderJobs) none = { 0 };
  g_auto (WdPgRecordingPlace) place = { 0 };

  wd_recorder_jobs_init (&none);
  if (!wd_recorder_begin (self, queue, deadline, cancellable, error))
    return FALSE;
  if (!queue->held)
    return TRUE;
  wd_pg_recording_place_copy (&queue->place, &place);
  g_clear_pointer (&place.gap, g_free);
  return wd_recorder_jobs_save (&none, self, queue, &place, deadline, cancellable, error);
}

/* Compares rows and queue where events were lost. */
gboolean
wd_recorder_repair (WdRecorderWork *self, WdRecorderQueue *queue, GCancellable *cancellable,
                    GError **error)
{
  g_auto (Repair) repair = { .work = self, .queue = queue, .cancellable = cancellable };
  guint unknown = self->tally.unknown;
  g_autoptr (GError) local = NULL;

  repair.seen = g_hash_table_new (g_str_hash, g_str_equal);
  repair.ids = g_ptr_array_new_with_free_func (g_free);
  self->care = WD_RECORDER_WHOLE;
  wd_fault_point ("recorder:before-repair");
  if (!add_queued (&repair, &local) || !add_open (&repair, &local))
    {
      if (!g_error_matches (local, WD_ERROR, WD_ERROR_LAYOUT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      wd_recorder_tell (self, TRUE, "Rows cannot be compared with the queue: %s", local->message);
      return close_gap (self, queue, cancellable, error);
    }
  if (!repair_all (&repair, error))
    return FALSE;
  wd_fault_point ("recorder:after-repair");
  if (!queue->held)
    return TRUE;
  wd_recorder_tell (self, FALSE, "The queue “%s” was compared with the rows: %u rows written or "
                    "changed; of %u jobs that are gone it is not known what became of them",
                    queue->queue->name, repair.n_changed, self->tally.unknown - unknown);
  self->tally.unknown = unknown;
  return close_gap (self, queue, cancellable, error);
}
