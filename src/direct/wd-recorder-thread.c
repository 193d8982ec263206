/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What recording does all day: which queues are its turn, what comes in their streams, whether
 * something was lost. Everything is read anew from both stores after any failure. */

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "bullmq/wd-bullmq-event.h"
#include "bullmq/wd-bullmq-streams.h"
#include "direct/wd-recorder-private.h"

/* Whoever records is heard of so often, and looks so often for what was lost. */
#define ROUND_US  wd_fault_span ("recorder:round", 5 * G_USEC_PER_SEC)
#define ROUND_MS  ((guint) (ROUND_US / 1000))
/* Between two attempts at another's turn. */
#define STAND_MS  2000
#define MINUTE_US (60 * G_USEC_PER_SEC)
#define COUNT     1000

typedef struct {
  WdRecorderWork *work;
  WdBullmqStreams *streams;     /* (owned) (nullable): of the queues that are held */
  WdRecorderQueue **held;       /* (owned): those, in the order of the streams */
  gsize n_held;
  guint count;
  gint64 looked;                /* monotonic */
  GCancellable *cancellable;
} Loop;

static void
loop_clear (Loop *self)
{
  g_clear_pointer (&self->streams, wd_bullmq_streams_free);
  g_free (self->held);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loop, loop_clear)

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
    {
      WdRecorderQueue *queue = &self->work->queues[i];

      if (!queue->held && !wd_recorder_claim (self->work, queue, self->cancellable, error))
        return FALSE;
    }
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
  if (!wd_recorder_read_site (self->work, self->cancellable, error)
      || !wd_recorder_begin (self->work, queue, wd_deadline_in (WD_WRITE_MS), self->cancellable,
                             error))
    return FALSE;
  if (!queue->held)
    return TRUE;
  wd_pg_recording_place_copy (&queue->place, &place);
  wd_recorder_note_gap (&place);
  if (wd_bullmq_streams_is_behind (self->streams, i)
      && g_strcmp0 (place.site, self->work->site) != 0)
    wd_bullmq_streams_place (self->streams, i, WD_BULLMQ_STREAMS_START, 0);
  last = wd_bullmq_streams_get_place (self->streams, i, &n_read);
  wd_recorder_tell (self->work, TRUE, "Events of the queue “%s” after %s were lost: its rows are "
                    "compared with the queue", queue->queue->name, place.last);
  g_free (place.last);
  place.last = g_strdup (last);
  place.n_read = n_read;
  g_free (place.site);
  place.site = g_strdup (self->work->site);
  return wd_recorder_save_place (self->work, queue, &place, self->cancellable, error);
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
  return wd_recorder_save_place (self->work, queue, &place, self->cancellable, error);
}

static gboolean
holds_all (Loop *self)
{
  for (gsize i = 0; i < self->n_held; i++)
    if (!self->held[i]->held)
      return FALSE;
  return self->n_held > 0;
}

/* Whether something is to be done even if nothing happens. */
static gboolean
is_in_hurry (Loop *self)
{
  if (self->work->state != WD_RECORDER_RECORDS)
    return TRUE;
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
  if (wd_bullmq_streams_read (self->streams, redis, is_in_hurry (self) ? 0 : ROUND_MS, news,
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
  if (g_get_monotonic_time () - self->work->clocks_read < MINUTE_US)
    return TRUE;
  wd_recorder_tell_tally (self->work);
  return wd_recorder_read_clocks (self->work, self->cancellable, error);
}

/**
 * wd_recorder_run:
 * @self: what to work with
 * @cancellable: ends it
 * @error: why it cannot go on
 *
 * Records until it cannot. Worker.
 *
 * Returns: %FALSE
 */
gboolean
wd_recorder_run (WdRecorderWork *self, GCancellable *cancellable, GError **error)
{
  g_auto (Loop) loop = { .work = self, .count = COUNT, .cancellable = cancellable };

  loop.held = g_new0 (WdRecorderQueue *, self->n_queues);
  if (!wd_recorder_prepare (self, cancellable, error))
    return FALSE;
  for (;;)
    {
      if (!claim_all (&loop, error))
        return FALSE;
      /* After a failure it has yet to show that it can. */
      if (loop.n_held == 0)
        wd_recorder_enter (self, WD_RECORDER_STANDS_BY, NULL);
      else if (self->state != WD_RECORDER_WAITS)
        wd_recorder_enter (self, WD_RECORDER_RECORDS, NULL);
      if (loop.n_held == 0
          && !wd_wait_ms (STAND_MS + (guint) g_random_int_range (0, STAND_MS / 4), cancellable,
                          error))
        return FALSE;
      for (gint64 until = g_get_monotonic_time () + ROUND_US;
           holds_all (&loop) && (loop.n_held == self->n_queues || g_get_monotonic_time () < until);)
        {
          if (!work_once (&loop, error))
            return FALSE;
          if (holds_all (&loop))
            wd_recorder_enter (self, WD_RECORDER_RECORDS, NULL);
        }
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

      if (self->queues[i].saved == 0)
        continue;
      if (postgres == NULL)
        postgres = wd_lane_get_postgres (self->lane, NULL, NULL);
      if (postgres == NULL
          || !wd_pg_recording_leave (postgres, &recorder, wd_deadline_in (WD_LOCK_MS), NULL, NULL))
        return;
    }
}
