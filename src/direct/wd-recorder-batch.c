/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Events become rows, some hundred in one transaction. What the database refuses in a batch is
 * looked for by halves, so that one job with a zero byte in its data stops no other. */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-tally.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "bullmq/wd-bullmq-streams.h"
#include "direct/wd-recorder-private.h"

#define BUSY_TIMES 20
#define BUSY_MS    100

/* Whoever wrote a row meanwhile has done so by then. */
#define MISSED_TIMES 3
/* Jobs of which it is remembered that they are left out. */
#define MOST_ASIDE   10000

/* Begins a transaction in which the queue's place is ours; where it is not any more the queue is
 * let go, and that is no error. */
gboolean
wd_recorder_begin (WdRecorderWork *self, WdRecorderQueue *queue, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  const WdPgRecorder recorder
    = { wd_lane_get_profile (self->lane)->prefix, queue->queue->name, self->holder };
  g_auto (WdPgRecordingPlace) place = { 0 };

  self->news = (WdRecorderTally) { 0 };
  self->postgres = wd_lane_get_postgres (self->lane, cancellable, error);
  if (self->postgres == NULL
      || !wd_pg_recording_begin (self->postgres, &recorder, &place, deadline, cancellable, error))
    return FALSE;
  if (place.taken)
    queue->held = FALSE;
  else if (!place.exists || strcmp (place.last, queue->place.last) != 0
           || place.n_read != queue->place.n_read)
    {
      wd_pg_connection_rollback (self->postgres);
      queue->held = FALSE;
    }
  else
    {
      queue->place.known_from = place.known_from;
      queue->place.now = place.now;
    }
  return TRUE;
}

/* Which jobs the first @n of the events are about. */
static void
collect (WdRecorderJobs *jobs, const GPtrArray *events, guint n, GHashTable *places)
{
  for (guint i = 0; i < n; i++)
    {
      const WdQueueEvent *event = events->pdata[i];
      gsize place;

      if (event->kind == WD_QUEUE_EVENT_OTHER)
        continue;
      place = GPOINTER_TO_SIZE (g_hash_table_lookup (places, event->id));
      if (place == 0)
        {
          g_ptr_array_add (jobs->ids, g_strdup (event->id));
          g_ptr_array_add (jobs->names, NULL);
          place = jobs->ids->len;
          g_hash_table_insert (places, event->id, GSIZE_TO_POINTER (place));
        }
      if (event->name != NULL)
        jobs->names->pdata[place - 1] = event->name;
    }
}

/* How many of the events are about jobs that were asked for. */
static guint
count_answered (const WdRecorderJobs *jobs, const GPtrArray *events, guint n, GHashTable *places)
{
  for (guint i = 0; i < n; i++)
    {
      const WdQueueEvent *event = events->pdata[i];

      if (event->kind != WD_QUEUE_EVENT_OTHER
          && GPOINTER_TO_SIZE (g_hash_table_lookup (places, event->id)) > jobs->n)
        return i;
    }
  return n;
}

/* Whether a repair knew of the event, and more. */
static gboolean
is_told (const WdRecorderQueue *queue, const WdQueueEvent *event)
{
  const char *last = event->id != NULL ? g_hash_table_lookup (queue->told, event->id) : NULL;

  return last != NULL && wd_bullmq_streams_compare (event->position, last) <= 0;
}

static void
apply (WdRecorderJobs *jobs, const WdRecorderQueue *queue, guint n, GHashTable *places)
{
  for (guint i = 0; i < n; i++)
    {
      const WdQueueEvent *event = queue->events->pdata[i];
      gsize place = event->kind != WD_QUEUE_EVENT_OTHER
                      ? GPOINTER_TO_SIZE (g_hash_table_lookup (places, event->id)) : 0;
      WdPgRecordedRow *row = place > 0 ? jobs->rows->pdata[place - 1] : NULL;

      if (row == NULL || is_told (queue, event))
        continue;
      row = wd_recorder_jobs_follow (jobs, place - 1, event);
      wd_recorded_row_apply (&row->row, event, &jobs->known[place - 1]);
    }
}

/* Records the first @n of the events that were read, or, where their data are many bytes, as many
 * as it says then. */
static gboolean
record_some (WdRecorderWork *self, WdRecorderQueue *queue, guint *n, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (WdRecorderJobs) jobs = { 0 };
  g_auto (WdPgRecordingPlace) place = { 0 };
  const WdQueueEvent *last;
  gint64 deadline;

  wd_recorder_try_anew (self);
  wd_recorder_jobs_init (&jobs);
  collect (&jobs, queue->events, *n, places);
  if (!wd_recorder_jobs_recall (&jobs, self, queue, cancellable, error))
    return FALSE;
  *n = count_answered (&jobs, queue->events, *n, places);
  last = queue->events->pdata[*n - 1];
  wd_fault_point ("recorder:before-begin");
  deadline = wd_deadline_in (WD_WRITE_MS);
  if (!wd_recorder_begin (self, queue, deadline, cancellable, error))
    return FALSE;
  if (!queue->held)
    return TRUE;
  if (!wd_recorder_jobs_load (&jobs, self, queue, deadline, cancellable, error))
    return FALSE;
  apply (&jobs, queue, *n, places);
  wd_pg_recording_place_copy (&queue->place, &place);
  g_free (place.last);
  place.last = g_strdup (last->position);
  if (place.n_read >= 0)
    place.n_read += *n;
  self->news.refused += self->care == WD_RECORDER_NOTHING;
  return wd_recorder_jobs_save (&jobs, self, queue, &place, deadline, cancellable, error);
}

/* Nothing is known yet of what the next attempt is refused. */
void
wd_recorder_try_anew (WdRecorderWork *self)
{
  self->postgres = NULL;
  g_ptr_array_set_size (self->missed, 0);
}

/* From now on the events about the jobs whose rows could not be written are left out. */
static void
set_aside (WdRecorderWork *self, WdRecorderQueue *queue, const GError *why)
{
  if (g_hash_table_size (queue->aside) + self->missed->len > MOST_ASIDE)
    g_hash_table_remove_all (queue->aside);
  for (guint i = 0; i < self->missed->len; i++)
    {
      const char *id = self->missed->pdata[i];

      if (!g_hash_table_add (queue->aside, g_strdup (id)))
        continue;
      wd_tally_add (WD_TALLY_SET_ASIDE, 1);
      wd_recorder_tell (self, TRUE, "The events about the job “%s” of the queue “%s” are left out "
                        "until the queue is recorded anew: %s", id, queue->queue->name,
                        why->message);
    }
}

/* Somebody holds a row, or has just written one: that passes. What does not pass stops no other
 * job: it is set aside. */
gboolean
wd_recorder_may_repeat (WdRecorderWork *self, WdRecorderQueue *queue, const GError *error,
                        guint *n_times, GCancellable *cancellable)
{
  if (self->missed->len > 0 && ++*n_times > MISSED_TIMES)
    {
      set_aside (self, queue, error);
      *n_times = 0;
      return TRUE;
    }
  if (self->missed->len == 0
      && (!g_error_matches (error, WD_ERROR, WD_ERROR_BUSY) || ++*n_times > BUSY_TIMES))
    return FALSE;
  return wd_wait_ms ((guint) g_random_int_range (BUSY_MS / 2, BUSY_MS), cancellable, NULL);
}

/* Whether the database refused what was to be written, and would do so again. */
gboolean
wd_recorder_was_refused (WdRecorderWork *self)
{
  const char *sqlstate
    = self->postgres != NULL ? wd_pg_connection_get_sqlstate (self->postgres) : NULL;

  return sqlstate != NULL
         && (g_str_has_prefix (sqlstate, "22") || g_str_has_prefix (sqlstate, "23")
             || g_str_has_prefix (sqlstate, "54"));
}

/* What a repair knew more is no news any longer. */
static void
forget_told (WdRecorderQueue *queue)
{
  if (queue->told_last == NULL
      || wd_bullmq_streams_compare (queue->place.last, queue->told_last) < 0)
    return;
  g_hash_table_remove_all (queue->told);
  g_clear_pointer (&queue->told_last, g_free);
}

/* Records what was read of a queue. */
gboolean
wd_recorder_record (WdRecorderWork *self, WdRecorderQueue *queue, GCancellable *cancellable,
                    GError **error)
{
  guint most = G_MAXUINT, n_busy = 0;

  wd_fault_point ("recorder:after-read");
  self->care = WD_RECORDER_WHOLE;
  while (queue->held && queue->events->len > 0)
    {
      g_autoptr (GError) local = NULL;
      guint n = MIN (most, queue->events->len);

      if (record_some (self, queue, &n, cancellable, &local))
        {
          g_ptr_array_remove_range (queue->events, 0, queue->held ? n : queue->events->len);
          most = G_MAXUINT;
          n_busy = 0;
          self->care = WD_RECORDER_WHOLE;
          forget_told (queue);
          continue;
        }
      if (wd_recorder_may_repeat (self, queue, local, &n_busy, cancellable))
        continue;
      if (!wd_recorder_was_refused (self) || self->care == WD_RECORDER_NOTHING)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (n > 1)
        most = n / 2;
      else
        self->care++;
      if (self->care == WD_RECORDER_NOTHING)
        wd_recorder_tell (self, TRUE, "An event of the queue “%s” cannot be recorded and is left "
                          "out: %s", queue->queue->name, local->message);
    }
  return TRUE;
}
