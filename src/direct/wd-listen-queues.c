/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-listener.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "bullmq/wd-bullmq-streams.h"
#include "bullmq/wd-bullmq-worker.h"

/* A quiet queue costs three commands in this time: is anything there, who works, was the stream
 * made anew. */
#define QUIET_MS 20000
/* Between two reads while events come: an event alone is told of at once. */
#define PAUSE_MS 100
/* After the last event one looks once more: what it is about may be written a moment later. */
#define LOOK_MS  1000
/* Between two checks for what was trimmed unread. */
#define CHECK_US (5 * G_USEC_PER_SEC)

struct _WdQueueEar {
  WdBullmqQueue *queues;       /* (owned) (array length=n_queues) */
  gsize n_queues;
  WdBullmqStreams *streams;    /* (owned) */
  guint workers;               /* a hash of who works */
  gint64 checked;              /* monotonic */
  const WdListener *listener;  /* not owned: while it listens */
};

/* Who may not ask for the clients hears no less of the jobs. */
static gboolean
look_for_workers (WdQueueEar *self, WdRedisConnection *redis, GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GPtrArray) workers = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GError) local = NULL;

  workers = wd_bullmq_workers_list (redis, self->queues, self->n_queues,
                                    wd_deadline_in (WD_QUEUE_MS), cancellable, &local);
  if (workers == NULL
      && (wd_error_is_cancelled (local) || g_error_matches (local, WD_ERROR, WD_ERROR_NO_CONNECTION)
          || g_error_matches (local, WD_ERROR, WD_ERROR_TIMED_OUT)))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; workers != NULL && i < workers->len; i++)
    {
      const WdBullmqWorker *worker = workers->pdata[i];

      g_string_append_printf (names, "%" G_GSIZE_FORMAT " %s %s\n", worker->queue,
                              worker->name != NULL ? worker->name : "", worker->address);
    }
  if (self->workers != g_str_hash (names->str))
    self->listener->changed (WD_CHANGE_QUEUES, self->listener->data);
  self->workers = g_str_hash (names->str);
  return TRUE;
}

/* Once in a while, when nothing else is to do. */
static gboolean
look_around (WdQueueEar *self, WdRedisConnection *redis, gboolean quiet, GCancellable *cancellable,
             GError **error)
{
  gint64 now = g_get_monotonic_time ();
  WdBullmqNews news;

  if (!quiet && now - self->checked < CHECK_US)
    return TRUE;
  self->checked = now;
  if (!wd_bullmq_streams_check_next (self->streams, redis, &news, wd_deadline_in (WD_QUEUE_MS),
                                     cancellable, error))
    return FALSE;
  if (news.lost)
    self->listener->changed (WD_CHANGE_QUEUES | WD_CHANGE_ROWS, self->listener->data);
  return look_for_workers (self, redis, cancellable, error);
}

/**
 * wd_queue_ear_new:
 * @profile: whose queues
 *
 * Returns: (transfer full): one that has heard nothing yet
 */
WdQueueEar *
wd_queue_ear_new (const WdProfile *profile)
{
  WdQueueEar *self = g_new0 (WdQueueEar, 1);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  self->queues = g_new0 (WdBullmqQueue, n_types);
  for (gsize i = 0; i < n_types; i++)
    {
      const char *name = wd_profile_get_mapping (profile, types[i].name)->queue;
      gsize j = 0;

      while (j < self->n_queues && strcmp (self->queues[j].name, name) != 0)
        j++;
      if (j == self->n_queues)
        self->queues[self->n_queues++]
            = (WdBullmqQueue) { g_strdup (profile->prefix), g_strdup (name) };
    }
  self->streams = wd_bullmq_streams_new (self->queues, self->n_queues);
  return self;
}

/**
 * wd_queue_ear_free:
 * @self: (transfer full): any
 */
void
wd_queue_ear_free (WdQueueEar *self)
{
  wd_bullmq_streams_free (self->streams);
  for (gsize i = 0; i < self->n_queues; i++)
    {
      g_free (self->queues[i].prefix);
      g_free (self->queues[i].name);
    }
  g_free (self->queues);
  g_free (self);
}

/**
 * wd_queue_ear_listen:
 * @self: one that may have listened before
 * @lane: whose connection to Redis serves for nothing else
 * @listener: whom to tell
 * @cancellable: ends it
 * @error: why it hears nothing any more
 *
 * Hears of what happens in the queues until it cannot. Worker.
 *
 * Returns: %FALSE
 */
gboolean
wd_queue_ear_listen (WdQueueEar *self, WdLane *lane, const WdListener *listener,
                     GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  gboolean looks = FALSE;
  WdBullmqNews news;

  self->listener = listener;
  if (redis == NULL
      || !wd_bullmq_streams_catch_up (self->streams, redis, &news, wd_deadline_in (WD_QUEUE_MS),
                                      cancellable, error)
      || !look_for_workers (self, redis, cancellable, error))
    return FALSE;
  if (news.lost)
    g_debug ("Events of the queues were trimmed before they could be read");
  listener->live (listener->data);
  listener->changed (WD_CHANGE_QUEUES | WD_CHANGE_ROWS, listener->data);
  for (;;)
    {
      gboolean quiet;

      if (!wd_bullmq_streams_read (self->streams, redis, looks ? LOOK_MS : QUIET_MS, &news,
                                   cancellable, error))
        return FALSE;
      if (looks || news.n_events > 0)
        listener->changed (WD_CHANGE_QUEUES | WD_CHANGE_ROWS, listener->data);
      quiet = news.n_events == 0 && !looks;
      looks = news.n_events > 0;
      if (!look_around (self, redis, quiet, cancellable, error)
          || (news.n_events > 0 && !news.more && !wd_wait_ms (PAUSE_MS, cancellable, error)))
        return FALSE;
    }
}
