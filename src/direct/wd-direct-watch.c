/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two threads that listen, one to each store, on connections of their own; each begins again when
 * it is cut off, later and later, and says meanwhile why nothing is heard. What they hear comes
 * together here, on the main context: the first change is told at once, those of the next quarter
 * of a second in one. */

#include "direct/wd-direct-watch.h"

#include "base/wd-error.h"
#include "base/wd-wait.h"
#include "base/wd-worker-thread.h"
#include "direct/wd-listener.h"

#define JOIN_MS          250
#define FIRST_BACKOFF_MS 1000
#define LAST_BACKOFF_MS  30000
/* Where nothing will be heard before an admin has changed something. */
#define HOPELESS_MS      120000

struct _WdDirectWatch {
  GObject parent_instance;

  WdProfile *profile;                          /* (owned) */
  WdQueueNews *news;                           /* (owned) */
  GCancellable *cancellable;                   /* (owned) (nullable): while it listens */
  WdWorkerThread *threads[WD_N_LIVE_SOURCES];  /* (owned) (nullable): those of the last start */
  WdLive *live;                                /* (owned) */
  guint changes;                               /* not told yet */
  guint join_source;
  gint64 told_at;                              /* monotonic */
};

/* What one thread works with. */
typedef struct {
  WdLiveSource source;
  WdLane *lane;        /* (owned) */
  WdQueueEar *ear;     /* (owned) (nullable) */
  WdQueueNews *news;   /* (owned) */
  GTask *task;         /* not owned: while it runs */
  guint backoff_ms;
} Post;

/* From a thread to the main context. */
typedef struct {
  GTask *task;         /* (owned) */
  WdLiveSource source;
  guint changes;       /* or 0: then the state is told */
  WdLiveState state;
  char *reason;        /* (owned) (nullable) */
} Word;

enum {
  SIGNAL_CHANGED,
  SIGNAL_LIVE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdDirectWatch, wd_direct_watch, G_TYPE_OBJECT)

static void
word_free (gpointer data)
{
  Word *word = data;

  g_object_unref (word->task);
  g_free (word->reason);
  g_free (word);
}

static void
tell_changes (WdDirectWatch *self)
{
  guint changes = self->changes;

  self->changes = 0;
  self->told_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
}

static gboolean
join_cb (gpointer data)
{
  WdDirectWatch *self = data;

  self->join_source = 0;
  tell_changes (self);
  return G_SOURCE_REMOVE;
}

static void
take_changes (WdDirectWatch *self, guint changes)
{
  gint64 passed = (g_get_monotonic_time () - self->told_at) / 1000;

  self->changes |= changes;
  if (self->join_source != 0)
    return;
  if (passed >= JOIN_MS)
    tell_changes (self);
  else
    self->join_source = g_timeout_add ((guint) (JOIN_MS - passed), join_cb, self);
}

static void
set_live (WdDirectWatch *self, WdLiveSource source, WdLiveState state, const char *reason)
{
  WdLive *before = self->live;

  self->live = wd_live_with (before, source, state, reason);
  wd_live_unref (before);
  g_signal_emit (self, signals[SIGNAL_LIVE_CHANGED], 0);
}

static gboolean
word_cb (gpointer data)
{
  Word *word = data;
  WdDirectWatch *self = g_task_get_source_object (word->task);

  /* Of those who listened before the last stop nothing is believed any more. */
  if (self->cancellable == NULL || self->cancellable != g_task_get_cancellable (word->task))
    return G_SOURCE_REMOVE;
  if (word->changes != 0)
    take_changes (self, word->changes);
  else
    set_live (self, word->source, word->state, word->reason);
  return G_SOURCE_REMOVE;
}

/* Worker. */
static void
say (Post *post, guint changes, WdLiveState state, const char *reason)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Word *word = g_new0 (Word, 1);

  word->task = g_object_ref (post->task);
  word->source = post->source;
  word->changes = changes;
  word->state = state;
  word->reason = g_strdup (reason);
  g_source_set_callback (source, word_cb, word, word_free);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_attach (source, g_task_get_context (post->task));
}

static void
live_cb (gpointer data)
{
  Post *post = data;

  post->backoff_ms = FIRST_BACKOFF_MS;
  if (post->source == WD_LIVE_QUEUES)
    wd_queue_news_set_live (post->news, TRUE);
  say (post, 0, WD_LIVE_ON, NULL);
}

static void
changed_cb (WdChange changes, gpointer data)
{
  Post *post = data;

  if ((changes & WD_CHANGE_QUEUES) != 0)
    wd_queue_news_add (post->news);
  say (post, changes, WD_LIVE_ON, NULL);
}

static gboolean
is_hopeless (const GError *error)
{
  return g_error_matches (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED)
         || g_error_matches (error, WD_ERROR, WD_ERROR_NOT_MIGRATED)
         || g_error_matches (error, WD_ERROR, WD_ERROR_PERMISSION)
         || g_error_matches (error, WD_ERROR, WD_ERROR_AUTHENTICATION);
}

/* A few percent more or less, so that many who were cut off do not all come back at once. */
static guint
next_wait (Post *post, const GError *error)
{
  guint wait = is_hopeless (error) ? HOPELESS_MS : post->backoff_ms;

  post->backoff_ms = MIN (post->backoff_ms * 2, LAST_BACKOFF_MS);
  return wait + (guint) g_random_int_range (0, (int) wait / 4);
}

static void
listen_in_worker (GTask *task, gpointer resource, gpointer data, GCancellable *cancellable)
{
  Post *post = resource;
  const WdListener listener = { live_cb, changed_cb, post };

  post->task = task;
  post->backoff_ms = FIRST_BACKOFF_MS;
  while (!g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr (GError) error = NULL;

      if (post->source == WD_LIVE_QUEUES)
        wd_queue_ear_listen (post->ear, post->lane, &listener, cancellable, &error);
      else
        wd_listen_to_rows (post->lane, &listener, cancellable, &error);
      if (post->source == WD_LIVE_QUEUES)
        wd_queue_news_set_live (post->news, FALSE);
      wd_lane_disconnect (post->lane);
      if (wd_error_is_cancelled (error))
        break;
      say (post, 0, WD_LIVE_SILENT, error->message);
      wd_wait_ms (next_wait (post, error), cancellable, NULL);
    }
  g_task_return_boolean (task, TRUE);
}

static void
post_free (gpointer data)
{
  Post *post = data;

  wd_lane_free (post->lane);
  g_clear_pointer (&post->ear, wd_queue_ear_free);
  wd_queue_news_unref (post->news);
  g_free (post);
}

static void
start_thread (WdDirectWatch *self, WdLiveSource source, const char *name)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, NULL, NULL);
  Post *post = g_new0 (Post, 1);

  g_task_set_name (task, name);
  post->source = source;
  post->lane = wd_lane_new (self->profile);
  post->news = wd_queue_news_ref (self->news);
  if (source == WD_LIVE_QUEUES)
    post->ear = wd_queue_ear_new (self->profile);
  self->threads[source] = wd_worker_thread_new (name, post, post_free);
  wd_worker_thread_push (self->threads[source], task, listen_in_worker);
  set_live (self, source, WD_LIVE_STARTING, NULL);
}

static void
wd_direct_watch_dispose (GObject *object)
{
  WdDirectWatch *self = WD_DIRECT_WATCH (object);

  wd_direct_watch_stop (self);
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    g_clear_object (&self->threads[i]);
  G_OBJECT_CLASS (wd_direct_watch_parent_class)->dispose (object);
}

static void
wd_direct_watch_finalize (GObject *object)
{
  WdDirectWatch *self = WD_DIRECT_WATCH (object);

  wd_live_unref (self->live);
  wd_queue_news_unref (self->news);
  wd_profile_unref (self->profile);
  G_OBJECT_CLASS (wd_direct_watch_parent_class)->finalize (object);
}

static void
wd_direct_watch_class_init (WdDirectWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_direct_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_direct_watch_finalize;

  /**
   * WdDirectWatch::changed:
   * @changes: #WdChange flags: what may have changed
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_DIRECT_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_LIVE_CHANGED] =
    g_signal_new ("live-changed", WD_TYPE_DIRECT_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_direct_watch_init (WdDirectWatch *self)
{
  self->live = wd_live_new ();
}

/**
 * wd_direct_watch_new:
 * @profile: what to listen to
 * @news: told of what happens in the queues, before anybody else
 *
 * Returns: (transfer full): one that does not listen yet; stop it before letting go
 */
WdDirectWatch *
wd_direct_watch_new (WdProfile *profile, WdQueueNews *news)
{
  WdDirectWatch *self = g_object_new (WD_TYPE_DIRECT_WATCH, NULL);

  self->profile = wd_profile_ref (profile);
  self->news = wd_queue_news_ref (news);
  return self;
}

/**
 * wd_direct_watch_start:
 * @self: a watch
 *
 * Listens, on the caller's main context, to each store that the profile names.
 */
void
wd_direct_watch_start (WdDirectWatch *self)
{
  g_return_if_fail (WD_IS_DIRECT_WATCH (self));

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    g_clear_object (&self->threads[i]);
  if (self->profile->database_url != NULL)
    start_thread (self, WD_LIVE_DATABASE, "wd-listen-rows");
  if (self->profile->redis_url != NULL)
    start_thread (self, WD_LIVE_QUEUES, "wd-listen-queues");
}

/**
 * wd_direct_watch_stop:
 * @self: a watch
 *
 * Hears nothing any more, and waits for nobody.
 */
void
wd_direct_watch_stop (WdDirectWatch *self)
{
  g_return_if_fail (WD_IS_DIRECT_WATCH (self));

  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->join_source, g_source_remove);
  self->changes = 0;
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    if (self->threads[i] != NULL)
      {
        wd_worker_thread_shut_down (self->threads[i]);
        set_live (self, i, WD_LIVE_OFF, NULL);
      }
}

/**
 * wd_direct_watch_wait:
 * @self: a watch that was stopped
 * @milliseconds: at most, for each connection
 *
 * For a program about to exit. Blocks.
 */
void
wd_direct_watch_wait (WdDirectWatch *self, guint milliseconds)
{
  g_return_if_fail (WD_IS_DIRECT_WATCH (self));

  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    if (self->threads[i] != NULL)
      wd_worker_thread_wait (self->threads[i], milliseconds);
}

/**
 * wd_direct_watch_get_live:
 * @self: a watch
 *
 * Returns: (transfer none): which changes are heard now
 */
WdLive *
wd_direct_watch_get_live (WdDirectWatch *self)
{
  g_return_val_if_fail (WD_IS_DIRECT_WATCH (self), NULL);

  return self->live;
}
