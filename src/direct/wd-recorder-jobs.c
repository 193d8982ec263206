/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs of one transaction of recording: what their queue knows of them, their rows, and those
 * rows written back. */

#include <string.h>

#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-recall.h"
#include "direct/wd-job-data.h"
#include "direct/wd-recorder-private.h"

/* What columns of deployed tables hold. */
#define TEXT_MAX 255

/* Jobs of which it is remembered that they were counted. */
#define MOST_COUNTED 10000

void
wd_recorder_jobs_init (WdRecorderJobs *self)
{
  *self = (WdRecorderJobs) { .ids = g_ptr_array_new_with_free_func (g_free),
                             .names = g_ptr_array_new (),
                             .past = g_ptr_array_new_with_free_func (
                               (GDestroyNotify) wd_pg_recorded_row_free),
                             .past_places = g_array_new (FALSE, FALSE, sizeof (gsize)) };
}

void
wd_recorder_jobs_clear (WdRecorderJobs *self)
{
  for (gsize i = 0; i < self->n; i++)
    wd_queue_known_clear (&self->known[i]);
  g_free (self->known);
  g_free (self->refused);
  g_free (self->last);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->past, g_ptr_array_unref);
  g_clear_pointer (&self->past_places, g_array_unref);
}

/* Asks the queue, until that are many bytes: @n of them. */
gboolean
wd_recorder_jobs_recall (WdRecorderJobs *self, WdRecorderWork *work, const WdRecorderQueue *queue,
                         GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (work->lane, cancellable, error);

  if (redis == NULL)
    return FALSE;
  if (self->ids->len == 0)
    return TRUE;
  self->known = g_new0 (WdQueueKnown, self->ids->len);
  self->n = wd_bullmq_recall (redis, queue->queue, (const char *const *) self->ids->pdata,
                              self->known, self->ids->len, &self->last,
                              wd_deadline_in (WD_WRITE_MS), cancellable, error);
  return self->n > 0;
}

static void
free_row (gpointer row)
{
  if (row != NULL)
    wd_pg_recorded_row_free (row);
}

/* Counts the jobs that get no row, each once though several events are about it. */
static void
count_refused (WdRecorderJobs *self, const WdRecorderQueue *queue)
{
  for (gsize i = 0; i < self->n; i++)
    {
      const char *id = self->ids->pdata[i];

      if (self->refused[i] == NULL || g_hash_table_contains (queue->refused, id))
        continue;
      if (g_hash_table_size (queue->refused) >= MOST_COUNTED)
        g_hash_table_remove_all (queue->refused);
      g_hash_table_add (queue->refused, g_strdup (id));
      (*self->refused[i])++;
    }
}

static gboolean
is_of_queue (const WdRecorderQueue *queue, const char *type)
{
  return type != NULL && g_strv_contains ((const char *const *) queue->types, type);
}

/* Gives each job its row, of several the newest; counts those that bear an id of another's. */
static void
sort_rows (WdRecorderJobs *self, WdRecorderWork *work, const WdRecorderQueue *queue,
           GHashTable *places, GPtrArray *found)
{
  g_autofree gboolean *foreign = g_new0 (gboolean, self->n);

  for (guint i = 0; i < found->len; i++)
    {
      WdPgRecordedRow *row = found->pdata[i];
      gsize place = GPOINTER_TO_SIZE (g_hash_table_lookup (places, row->job_id)) - 1;
      WdPgRecordedRow *before = self->rows->pdata[place];

      if (!is_of_queue (queue, row->job_type))
        foreign[place] = TRUE;
      else if (before->id == NULL)
        {
          if (row->row.written != WD_TIME_NONE)
            row->row.written -= work->offset;
          wd_pg_recorded_row_free (before);
          self->rows->pdata[place] = row;
          found->pdata[i] = NULL;
        }
    }
  for (gsize i = 0; i < self->n; i++)
    if (foreign[i] && ((WdPgRecordedRow *) self->rows->pdata[i])->id == NULL)
      {
        free_row (self->rows->pdata[i]);
        self->rows->pdata[i] = NULL;
        self->refused[i] = &work->tally.elsewhere;
      }
}

static void
leave_out_aside (WdRecorderJobs *self, const WdRecorderQueue *queue)
{
  for (gsize i = 0; i < self->n; i++)
    if (g_hash_table_contains (queue->aside, self->ids->pdata[i]))
      g_clear_pointer ((WdPgRecordedRow **) &self->rows->pdata[i], wd_pg_recorded_row_free);
}

/* The row is about an earlier job of the id, which its queue has given again: that one keeps it,
 * under an id that no other bears. Returns: (transfer none): that of the job that bears it now */
WdPgRecordedRow *
wd_recorder_jobs_follow (WdRecorderJobs *self, gsize i, const WdQueueEvent *event)
{
  WdPgRecordedRow *row = self->rows->pdata[i];
  gboolean is_past = row != NULL && wd_bullmq_job_id_is_automatic (self->ids->pdata[i])
                     && wd_recorded_row_is_past (&row->row, event, &self->known[i]);
  WdTime made;

  if (!is_past)
    return row;
  made = wd_time_is_finite (row->row.created) ? row->row.created : MAX (row->row.written, 0);
  row->past_id = wd_bullmq_job_id_of_past (row->job_id, made);
  if (strlen (row->past_id) > TEXT_MAX)
    {
      g_clear_pointer (&row->past_id, g_free);
      return row;
    }
  row->row.changed = TRUE;
  g_ptr_array_add (self->past, row);
  g_array_append_val (self->past_places, i);
  self->rows->pdata[i] = wd_pg_recorded_row_new (row->job_id);
  return self->rows->pdata[i];
}

/* Reads and locks the rows about the jobs, in the transaction of wd_recorder_begin(). */
gboolean
wd_recorder_jobs_load (WdRecorderJobs *self, WdRecorderWork *work, const WdRecorderQueue *queue,
                       gint64 deadline, GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (work->lane);
  const WdPgRecorder recorder = { profile->prefix, queue->queue->name, work->holder };
  g_autoptr (GPtrArray) job_ids = g_ptr_array_new ();
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = NULL;

  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->refused = g_new0 (guint *, self->n);
  for (gsize i = 0; i < self->n; i++)
    {
      g_autofree char *job_id = wd_bullmq_job_id_of (queue->queue->name, self->ids->pdata[i]);
      WdPgRecordedRow *row = wd_pg_recorded_row_new (job_id);

      g_ptr_array_add (self->rows, row);
      g_ptr_array_add (job_ids, row->job_id);
      g_hash_table_insert (places, row->job_id, GSIZE_TO_POINTER (i + 1));
    }
  found = wd_pg_recording_load (work->postgres, &recorder, &queue->place,
                                (const char *const *) job_ids->pdata, job_ids->len, deadline,
                                cancellable, error);
  if (found == NULL)
    {
      wd_pg_connection_rollback (work->postgres);
      return FALSE;
    }
  g_ptr_array_set_free_func (found, free_row);
  sort_rows (self, work, queue, places, found);
  leave_out_aside (self, queue);
  return TRUE;
}

static char *
take_wallet (const char *data, char **user)
{
  char *wallet;

  wd_job_data_read (data, &wallet, user);
  if (wallet != NULL && (strlen (wallet) > TEXT_MAX || *wallet == '\0'))
    g_clear_pointer (&wallet, g_free);
  return wallet;
}

/* What a row needs beside what events say, if it is new or tells of another job from now on;
 * returns whether it can be written. */
static gboolean
complete (WdRecorderJobs *self, gsize i, WdPgRecordedRow *row, WdRecorderWork *work,
          const WdRecorderQueue *queue)
{
  const WdProfile *profile = wd_lane_get_profile (work->lane);
  const WdQueueKnown *known = &self->known[i];
  const char *name = self->names->pdata[i] != NULL ? self->names->pdata[i] : known->name;
  const char *type = wd_profile_find_job_type (profile, queue->queue->name, name);

  if (type == NULL || strlen (row->job_id) > TEXT_MAX)
    {
      self->refused[i] = type == NULL ? &work->tally.no_kind : &work->tally.refused;
      return FALSE;
    }
  g_free (row->job_type);
  row->job_type = g_strdup (type);
  row->wallet = take_wallet (known->data, &row->user);
  if (work->care != WD_RECORDER_WHOLE)
    g_clear_pointer (&row->user, g_free);
  if ((work->needs_wallet && row->wallet == NULL) || (work->needs_user && row->user == NULL))
    {
      self->refused[i] = &work->tally.no_wallet;
      return FALSE;
    }
  row->trigger = known->scheduled || wd_bullmq_job_id_is_scheduled (self->ids->pdata[i])
                   ? "schedule" : "system";
  row->max_retries = known->exists ? known->attempts
                                   : wd_profile_get_mapping (profile, type)->attempts;
  if (work->care == WD_RECORDER_WHOLE)
    row->data = g_strdup (known->data);
  work->news.no_record += !known->exists;
  work->news.left_out += known->exists && row->data == NULL
                         && (known->left_out || known->data != NULL);
  return TRUE;
}

static void
add_tally (WdRecorderTally *sum, const WdRecorderTally *more)
{
  sum->no_record += more->no_record;
  sum->left_out += more->left_out;
  sum->refused += more->refused;
  sum->unknown += more->unknown;
  sum->past += more->past;
}

/* Adds @row, about the job at @i, where it is to be written. */
static void
add_change (WdRecorderJobs *self, gsize i, WdPgRecordedRow *row, WdRecorderWork *work,
            const WdRecorderQueue *queue, GPtrArray *changes)
{
  if (row != NULL && row->row.changed
      && ((row->id != NULL && !row->row.anew) || complete (self, i, row, work, queue)))
    g_ptr_array_add (changes, row);
}

static GPtrArray *
collect_changes (WdRecorderJobs *self, WdRecorderWork *work, const WdRecorderQueue *queue)
{
  GPtrArray *changes = g_ptr_array_new ();

  if (work->care == WD_RECORDER_NOTHING)
    return changes;
  for (guint i = 0; i < self->past->len; i++)
    add_change (self, g_array_index (self->past_places, gsize, i), self->past->pdata[i], work,
                queue, changes);
  work->news.past += changes->len;
  for (gsize i = 0; i < self->n; i++)
    add_change (self, i, self->rows->pdata[i], work, queue, changes);
  return changes;
}

/* Remembers which jobs the rows are about that were not written. */
static void
note_missed (WdRecorderJobs *self, WdRecorderWork *work, GPtrArray *missed)
{
  for (guint i = 0; i < self->past->len; i++)
    if (g_ptr_array_find (missed, self->past->pdata[i], NULL))
      g_ptr_array_add (work->missed,
                       g_strdup (self->ids->pdata[g_array_index (self->past_places, gsize, i)]));
  for (gsize i = 0; missed->len > 0 && i < self->n; i++)
    if (g_ptr_array_find (missed, self->rows->pdata[i], NULL))
      g_ptr_array_add (work->missed, g_strdup (self->ids->pdata[i]));
}

/* Writes the rows that say something else, and @place, which is moved to the queue. */
gboolean
wd_recorder_jobs_save (WdRecorderJobs *self, WdRecorderWork *work, WdRecorderQueue *queue,
                       WdPgRecordingPlace *place, gint64 deadline, GCancellable *cancellable,
                       GError **error)
{
  const WdPgRecorder recorder
    = { wd_lane_get_profile (work->lane)->prefix, queue->queue->name, work->holder };
  g_autoptr (GPtrArray) changes = collect_changes (self, work, queue);
  g_autoptr (GPtrArray) missed = g_ptr_array_new ();
  WdPgOutcome outcome;

  wd_fault_point ("recorder:before-save");
  if (!wd_pg_recording_save (work->postgres, &recorder, place, queue->place.last, changes, missed,
                             deadline, cancellable, error))
    {
      note_missed (self, work, missed);
      wd_pg_connection_rollback (work->postgres);
      return FALSE;
    }
  wd_fault_point ("recorder:before-commit");
  if (!wd_pg_connection_commit (work->postgres, &outcome, deadline, NULL, error))
    return FALSE;
  wd_fault_point ("recorder:after-commit");
  add_tally (&work->tally, &work->news);
  count_refused (self, queue);
  wd_pg_recording_place_clear (&queue->place);
  wd_pg_recording_place_copy (place, &queue->place);
  queue->saved = g_get_monotonic_time ();
  return TRUE;
}
