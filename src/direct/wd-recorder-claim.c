/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes before recording: both stores and their clocks, and whose turn it is. */

#include "base/wd-time.h"
#include "bullmq/wd-bullmq-recall.h"
#include "bullmq/wd-bullmq-streams.h"
#include "direct/wd-recorder-private.h"

/* Returns: the moment between then and now, on this machine */
static gint64
halfway_since (gint64 then)
{
  return then + (g_get_monotonic_time () - then) / 2;
}

/* How far apart the clocks are, which drifts: each as it was halfway through its answer. */
gboolean
wd_recorder_read_clocks (WdRecorderWork *self, GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self->lane, cancellable, error);
  WdPgConnection *postgres
    = redis != NULL ? wd_lane_get_postgres (self->lane, cancellable, error) : NULL;
  gint64 deadline = wd_deadline_in (WD_QUEUE_MS);
  gint64 began = g_get_monotonic_time ();
  WdTime theirs, ours;

  if (postgres == NULL
      || !wd_pg_recording_clock (postgres, &ours, deadline, cancellable, error))
    return FALSE;
  ours -= halfway_since (began);
  began = g_get_monotonic_time ();
  if (!wd_bullmq_clock (redis, &theirs, deadline, cancellable, error))
    return FALSE;
  self->offset = ours - (theirs - halfway_since (began));
  self->clocks_read = g_get_monotonic_time ();
  return TRUE;
}

/* Which Redis it is. */
gboolean
wd_recorder_read_site (WdRecorderWork *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdBullmqSite) site = wd_lane_read_site (self->lane, TRUE, cancellable, error);

  if (site == NULL)
    return FALSE;
  g_free (self->site);
  self->site = g_strdup (site->id);
  return TRUE;
}

/* Both stores, and what their tables and clocks are like. */
gboolean
wd_recorder_prepare (WdRecorderWork *self, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres;

  if (wd_lane_get_redis (self->lane, cancellable, error) == NULL
      || !wd_lane_check_writable (self->lane, cancellable, error))
    return FALSE;
  postgres = wd_lane_get_postgres (self->lane, cancellable, error);
  return postgres != NULL
         && wd_pg_recording_requires (postgres, &self->needs_wallet, &self->needs_user,
                                      wd_deadline_in (WD_READ_MS), cancellable, error)
         && wd_recorder_read_clocks (self, cancellable, error)
         && wd_recorder_read_site (self, cancellable, error);
}

/* Nothing but how far it is: to take a queue, to be heard of, to note that something was lost. */
gboolean
wd_recorder_save_place (WdRecorderWork *self, WdRecorderQueue *queue, WdPgRecordingPlace *place,
                        GCancellable *cancellable, GError **error)
{
  g_auto (WdRecorderJobs) none = { 0 };

  wd_recorder_jobs_init (&none);
  return wd_recorder_jobs_save (&none, self, queue, place, wd_deadline_in (WD_WRITE_MS),
                                cancellable, error);
}

/* What comes after @place was lost; where something was lost before, from there on. */
void
wd_recorder_note_gap (WdPgRecordingPlace *place)
{
  if (place->gap == NULL)
    place->gap = g_strdup (place->last);
}

/* Where the stream ends at this moment. */
static WdBullmqStreams *
look_at_end (WdRecorderWork *self, WdRecorderQueue *queue, GCancellable *cancellable,
             GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self->lane, cancellable, error);
  g_autoptr (WdBullmqStreams) streams = wd_bullmq_streams_new (queue->queue, 1);
  WdBullmqNews news;

  if (redis == NULL
      || !wd_bullmq_streams_catch_up (streams, redis, &news, wd_deadline_in (WD_QUEUE_MS),
                                      cancellable, error))
    return NULL;
  return g_steal_pointer (&streams);
}

static void
move_to (WdPgRecordingPlace *place, const char *last, gint64 n_read)
{
  char *before = place->last;

  place->last = g_strdup (last);
  place->n_read = n_read;
  g_free (before);
}

/* From where on a queue is recorded. One that never was begins with the next event, and with the
 * jobs that stand in it now: as if all that happened before had been lost. */
static void
find_start (WdRecorderWork *self, WdBullmqStreams *end, WdPgRecordingPlace *place)
{
  gint64 n_read;
  const char *last = wd_bullmq_streams_get_place (end, 0, &n_read);
  gboolean is_another = g_strcmp0 (place->site, self->site) != 0;

  if (last == NULL)
    last = WD_BULLMQ_STREAMS_START;
  if (!place->exists)
    move_to (place, last, n_read);
  if (!place->exists || is_another)
    wd_recorder_note_gap (place);
  /* Another Redis whose clock is behind: all of it is new. */
  if (place->exists && is_another && wd_bullmq_streams_compare (last, place->last) < 0)
    move_to (place, WD_BULLMQ_STREAMS_START, 0);
  g_free (place->site);
  place->site = g_strdup (self->site);
}

/* Takes a queue, unless another instance has it. */
gboolean
wd_recorder_claim (WdRecorderWork *self, WdRecorderQueue *queue, GCancellable *cancellable,
                   GError **error)
{
  const WdPgRecorder recorder
    = { wd_lane_get_profile (self->lane)->prefix, queue->queue->name, self->holder };
  g_autoptr (WdBullmqStreams) end = look_at_end (self, queue, cancellable, error);
  g_auto (WdPgRecordingPlace) place = { 0 };

  self->postgres = end != NULL ? wd_lane_get_postgres (self->lane, cancellable, error) : NULL;
  if (self->postgres == NULL
      || !wd_pg_recording_begin (self->postgres, &recorder, &place, wd_deadline_in (WD_WRITE_MS),
                                 cancellable, error))
    return FALSE;
  if (place.taken)
    return TRUE;
  wd_pg_recording_place_clear (&queue->place);
  if (place.exists)
    wd_pg_recording_place_copy (&place, &queue->place);
  find_start (self, end, &place);
  self->news = (WdRecorderTally) { 0 };
  g_hash_table_remove_all (queue->aside);
  queue->held = wd_recorder_save_place (self, queue, &place, cancellable, error);
  return queue->held;
}
