/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What recording does all day: which queues are its turn, what comes in their streams, whether
 * something was lost. Everything is read anew from both stores after any failure. */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "bullmq/wd-bullmq-event.h"
#include "bullmq/wd-bullmq-recall.h"
#include "bullmq/wd-bullmq-streams.h"
#include "direct/wd-recorder-private.h"

/* Whoever records is heard of so often, and looks so often for what was lost. */
#define ROUND_MS  5000
#define ROUND_US  (ROUND_MS * 1000)
/* Between two attempts at another's turn. */
#define STAND_MS  2000
#define MINUTE_US (60 * G_USEC_PER_SEC)
#define COUNT     1000

typedef struct {
  WdRecorderWork *work;
  WdBullmqStreams *streams;     /* (owned) (nullable): of the queues that are held */
  WdRecorderQueue **held;       /* (owned): those, in the order of the streams */
  gsize n_held;
  char *site;                   /* (owned) (nullable) */
  guint count;
  gint64 looked;                /* monotonic */
  gint64 minute;                /* monotonic */
  GCancellable *cancellable;
} Loop;

static void
loop_clear (Loop *self)
{
  g_clear_pointer (&self->streams, wd_bullmq_streams_free);
  g_free (self->held);
  g_free (self->site);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loop, loop_clear)

static gboolean
read_clocks (Loop *self, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self->work->lane, self->cancellable, error);
  WdPgConnection *postgres = wd_lane_get_postgres (self->work->lane, self->cancellable, error);
  gint64 deadline = wd_deadline_in (WD_QUEUE_MS);
  g_autoptr (WdPgResult) result = NULL;
  WdTime now;

  if (redis == NULL || postgres == NULL)
    return FALSE;
  result = wd_pg_connection_query (postgres, "SELECT clock_timestamp()", NULL, deadline,
                                   self->cancellable, error);
  if (result == NULL || !wd_bullmq_clock (redis, &now, deadline, self->cancellable, error))
    return FALSE;
  self->work->offset = wd_pg_result_time (result, 0, 0) - now;
  self->minute = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
read_site (Loop *self, GError **error)
{
  g_autoptr (WdBullmqSite) site
    = wd_lane_read_site (self->work->lane, TRUE, self->cancellable, error);

  if (site == NULL)
    return FALSE;
  g_free (self->site);
  self->site = g_strdup (site->id);
  return TRUE;
}

/* Both stores, and what their tables and clocks are like. */
static gboolean
prepare (Loop *self, GError **error)
{
  WdRecorderWork *work = self->work;
  WdPgConnection *postgres;

  if (wd_lane_get_redis (work->lane, self->cancellable, error) == NULL
      || !wd_lane_check_writable (work->lane, self->cancellable, error))
    return FALSE;
  postgres = wd_lane_get_postgres (work->lane, self->cancellable, error);
  return postgres != NULL
         && wd_pg_recording_requires (postgres, &work->needs_wallet, &work->needs_user,
                                      wd_deadline_in (WD_READ_MS), self->cancellable, error)
         && read_clocks (self, error) && read_site (self, error);
}

/* Nothing but how far it is: to take a queue, to be heard of, to note that something was lost. */
static gboolean
save_place (Loop *self, WdRecorderQueue *queue, WdPgRecordingPlace *place, GError **error)
{
  g_auto (WdRecorderJobs) none = { 0 };

  wd_recorder_jobs_init (&none);
  return wd_recorder_jobs_save (&none, self->work, queue, place, wd_deadline_in (WD_WRITE_MS),
                                self->cancellable, error);
}

static void
note_gap (WdPgRecordingPlace *place)
{
  if (place->gap == NULL)
    place->gap = g_strdup (place->last);
}

/* Where the stream ends at this moment. */
static WdBullmqStreams *
look_at_end (Loop *self, WdRecorderQueue *queue, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self->work->lane, self->cancellable, error);
  g_autoptr (WdBullmqStreams) streams = wd_bullmq_streams_new (queue->queue, 1);
  WdBullmqNews news;

  if (redis == NULL
      || !wd_bullmq_streams_catch_up (streams, redis, &news, wd_deadline_in (WD_QUEUE_MS),
                                      self->cancellable, error))
    return NULL;
  return g_steal_pointer (&streams);
}

/* A queue that was never recorded begins with the next event, and with the jobs that stand in it
 * now: as if all that happened before had been lost. */
static gboolean
claim (Loop *self, WdRecorderQueue *queue, GError **error)
{
  WdRecorderWork *work = self->work;
  const WdPgRecorder recorder
    = { wd_lane_get_profile (work->lane)->prefix, queue->queue->name, work->holder };
  g_autoptr (WdBullmqStreams) end = look_at_end (self, queue, error);
  g_auto (WdPgRecordingPlace) place = { 0 };
  gint64 n_read;
  const char *last;

  work->postgres = end != NULL ? wd_lane_get_postgres (work->lane, self->cancellable, error) : NULL;
  if (work->postgres == NULL
      || !wd_pg_recording_begin (work->postgres, &recorder, &place, wd_deadline_in (WD_WRITE_MS),
                                 self->cancellable, error))
    return FALSE;
  if (place.taken)
    return TRUE;
  last = wd_bullmq_streams_get_place (end, 0, &n_read);
  if (!place.exists)
    {
      place.last = g_strdup (last != NULL ? last : "0-0");
      place.n_read = n_read;
    }
  if (!place.exists || g_strcmp0 (place.site, self->site) != 0)
    note_gap (&place);
  g_free (place.site);
  place.site = g_strdup (self->site);
  work->news = (WdRecorderTally) { 0 };
  queue->held = save_place (self, queue, &place, error);
  return queue->held;
}

static void
take_entry_cb (gsize queue, const redisReply *entry, gpointer data)
{
  Loop *self = data;
  WdQueueEvent *event = wd_bullmq_event_parse (entry);

  if (event != NULL)
    g_ptr_array_add (self->held[queue]->events, event);
}

/* Listens to the queues that are held, each from its place on. */
static void
listen_to_held (Loop *self)
{
  g_autofree WdBullmqQueue *queues = g_new (WdBullmqQueue, self->work->n_queues);

  g_clear_pointer (&self->streams, wd_bullmq_streams_free);
  self->n_held = 0;
  for (gsize i = 0; i < self->work->n_queues; i++)
    {
      WdRecorderQueue *queue = &self->work->queues[i];

      g_ptr_array_set_size (queue->events, 0);
      if (!queue->held)
        g_hash_table_remove_all (queue->told);
      if (!queue->held)
        continue;
      queues[self->n_held] = *queue->queue;
      self->held[self->n_held++] = queue;
    }
  self->streams = wd_bullmq_streams_new (queues, self->n_held);
  wd_bullmq_streams_set_func (self->streams, take_entry_cb, self);
  wd_bullmq_streams_set_count (self->streams, self->count);
  for (gsize i = 0; i < self->n_held; i++)
    wd_bullmq_streams_place (self->streams, i, self->held[i]->place.last,
                             self->held[i]->place.n_read);
  self->looked = 0;
}

/* Tries for every queue that is not held; returns whether that was possible. */
static gboolean
claim_all (Loop *self, GError **error)
{
  for (gsize i = 0; i < self->work->n_queues; i++)
    if (!self->work->queues[i].held && !claim (self, &self->work->queues[i], error))
      return FALSE;
  listen_to_held (self);
  return TRUE;
}

/* What was lost of one queue is noted before anything after it is recorded. */
static gboolean
take_loss (Loop *self, gsize i, GError **error)
{
  WdRecorderQueue *queue = self->held[i];
  g_auto (WdPgRecordingPlace) place = { 0 };
  const char *last;
  gint64 n_read;

  if (!wd_bullmq_streams_take_lost (self->streams, i))
    return TRUE;
  if (!read_site (self, error)
      || !wd_recorder_begin (self->work, queue, wd_deadline_in (WD_WRITE_MS), self->cancellable,
                             error))
    return FALSE;
  if (!queue->held)
    return TRUE;
  wd_pg_recording_place_copy (&queue->place, &place);
  note_gap (&place);
  /* Another Redis whose clock is behind: all of it is new. */
  if (wd_bullmq_streams_is_behind (self->streams, i) && g_strcmp0 (place.site, self->site) != 0)
    wd_bullmq_streams_place (self->streams, i, "0-0", -1);
  last = wd_bullmq_streams_get_place (self->streams, i, &n_read);
  wd_recorder_tell (self->work, TRUE, "Events of the queue “%s” after %s were lost: its rows are "
                    "compared with the queue", queue->queue->name, place.last);
  g_free (place.last);
  place.last = g_strdup (last);
  place.n_read = n_read;
  g_free (place.site);
  place.site = g_strdup (self->site);
  return save_place (self, queue, &place, error);
}

static gboolean
look_for_losses (Loop *self, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self->work->lane, self->cancellable, error);
  WdBullmqNews news;

  self->looked = g_get_monotonic_time ();
  if (redis == NULL
      || !wd_bullmq_streams_catch_up (self->streams, redis, &news, wd_deadline_in (WD_QUEUE_MS),
                                      self->cancellable, error))
    return FALSE;
  for (gsize i = 0; i < self->n_held; i++)
    if (!take_loss (self, i, error))
      return FALSE;
  return TRUE;
}

/* Others hear that this one is there. */
static gboolean
show_up (Loop *self, WdRecorderQueue *queue, GError **error)
{
  g_auto (WdPgRecordingPlace) place = { 0 };

  if (g_get_monotonic_time () - queue->saved < ROUND_US)
    return TRUE;
  if (!wd_recorder_begin (self->work, queue, wd_deadline_in (WD_WRITE_MS), self->cancellable,
                          error))
    return FALSE;
  if (!queue->held)
    return TRUE;
  wd_pg_recording_place_copy (&queue->place, &place);
  return save_place (self, queue, &place, error);
}

static gboolean
holds_all (Loop *self)
{
  for (gsize i = 0; i < self->n_held; i++)
    if (!self->held[i]->held)
      return FALSE;
  return self->n_held > 0;
}

static gboolean
has_gap (Loop *self)
{
  for (gsize i = 0; i < self->n_held; i++)
    if (self->held[i]->place.gap != NULL)
      return TRUE;
  return FALSE;
}

/* Reads what there is; an answer that is too large is asked for in smaller parts. */
static gboolean
read_events (Loop *self, WdBullmqNews *news, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self->work->lane, self->cancellable, error);
  GError *local = NULL;

  if (redis == NULL)
    return FALSE;
  wd_bullmq_streams_set_count (self->streams, self->count);
  if (wd_bullmq_streams_read (self->streams, redis, has_gap (self) ? 0 : ROUND_MS, news,
                              self->cancellable, &local))
    {
      self->count = MIN (self->count * 2, COUNT);
      return TRUE;
    }
  if (!g_error_matches (local, WD_ERROR, WD_ERROR_PROTOCOL) || self->count == 1)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  self->count = MAX (self->count / 4, 1);
  *news = (WdBullmqNews) { .more = TRUE };
  return TRUE;
}

/* One round: events, and what is due beside them. */
static gboolean
work_once (Loop *self, GError **error)
{
  WdBullmqNews news;

  if (g_get_monotonic_time () - self->looked >= ROUND_US && !look_for_losses (self, error))
    return FALSE;
  if (!holds_all (self))
    return TRUE;
  if (!read_events (self, &news, error))
    return FALSE;
  for (gsize i = 0; i < self->n_held; i++)
    if (!wd_recorder_record (self->work, self->held[i], self->cancellable, error)
        || !show_up (self, self->held[i], error))
      return FALSE;
  for (gsize i = 0; !news.more && i < self->n_held; i++)
    if (self->held[i]->held && self->held[i]->place.gap != NULL
        && !wd_recorder_repair (self->work, self->held[i], self->cancellable, error))
      return FALSE;
  if (g_get_monotonic_time () - self->minute < MINUTE_US)
    return TRUE;
  wd_recorder_tell_tally (self->work);
  return read_clocks (self, error);
}

/**
 * wd_recorder_run:
 * @self: what to work with
 * @reached: (out): whether it began to record, or to stand by
 * @cancellable: ends it
 * @error: why it cannot go on
 *
 * Records until it cannot. Worker.
 *
 * Returns: %FALSE
 */
gboolean
wd_recorder_run (WdRecorderWork *self, gboolean *reached, GCancellable *cancellable, GError **error)
{
  g_auto (Loop) loop = { .work = self, .count = COUNT, .cancellable = cancellable };
  gboolean stood_by = FALSE;

  *reached = FALSE;
  loop.held = g_new0 (WdRecorderQueue *, self->n_queues);
  if (!prepare (&loop, error))
    return FALSE;
  for (;;)
    {
      if (!claim_all (&loop, error))
        return FALSE;
      if (!*reached || stood_by != (loop.n_held == 0))
        wd_recorder_tell (self, FALSE, loop.n_held > 0 ? "Recording the events of %" G_GSIZE_FORMAT
                                                         " queues"
                                                       : "Another instance records: standing by "
                                                         "(%" G_GSIZE_FORMAT " queues held)",
                          loop.n_held);
      *reached = TRUE;
      stood_by = loop.n_held == 0;
      if (stood_by && !wd_wait_ms (STAND_MS + (guint) g_random_int_range (0, STAND_MS / 4),
                                   cancellable, error))
        return FALSE;
      for (gint64 until = g_get_monotonic_time () + ROUND_US;
           holds_all (&loop) && (loop.n_held == self->n_queues || g_get_monotonic_time () < until);)
        if (!work_once (&loop, error))
          return FALSE;
    }
}

/**
 * wd_recorder_leave:
 * @self: what was worked with
 *
 * Gives up what is held, where the database answers at once. Worker.
 */
void
wd_recorder_leave (WdRecorderWork *self)
{
  WdPgConnection *postgres = NULL;

  for (gsize i = 0; i < self->n_queues; i++)
    {
      const WdPgRecorder recorder = { wd_lane_get_profile (self->lane)->prefix,
                                      self->queues[i].queue->name, self->holder };

      if (!self->queues[i].held)
        continue;
      if (postgres == NULL)
        postgres = wd_lane_get_postgres (self->lane, NULL, NULL);
      if (postgres == NULL
          || !wd_pg_recording_leave (postgres, &recorder, wd_deadline_in (WD_LOCK_MS), NULL, NULL))
        return;
      self->queues[i].held = FALSE;
    }
}
