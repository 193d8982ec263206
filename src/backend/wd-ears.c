/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Threads that listen, each on a connection of its own; each begins again when it is cut off, later
 * and later, and says meanwhile why nothing is heard. What they hear comes together here, on the
 * main context: the first change is told at once, those of the next quarter of a second in one. */

#include "backend/wd-ears.h"

#include "base/wd-error.h"
#include "base/wd-wait.h"
#include "base/wd-worker-thread.h"

#define JOIN_MS          250
#define FIRST_BACKOFF_MS 1000
#define LAST_BACKOFF_MS  30000
/* Between two looks whether somebody else has got through. */
#define STEP_MS          250
/* Where nothing will be heard before an admin has changed something. */
#define HOPELESS_MS      120000

struct _WdEars {
  GObject parent_instance;

  gpointer data;             /* (owned) (nullable): for all of them */
  GDestroyNotify data_free;
  GPtrArray *kinds;          /* (owned) (element-type WdEarKind) (unowned elements) */
  GPtrArray *threads;        /* (owned) (element-type WdWorkerThread): those of the last start */
  GCancellable *cancellable; /* (owned) (nullable): while it listens */
  WdLive *live;              /* (owned) */
  guint join_ms;             /* between two times that changes are told */
  guint changes;             /* not told yet */
  guint join_source;
  gint64 told_at;            /* monotonic */
};

struct _WdEar {
  const WdEarKind *kind;
  gpointer resource;         /* (owned) */
  GTask *task;               /* (unowned): while it runs */
  guint backoff_ms;
};

/* From a thread to the main context. */
typedef struct {
  GTask *task;               /* (owned) */
  WdLiveSource source;
  guint changes;             /* or 0: then the state is told */
  WdLiveState state;
  char *reason;              /* (owned) (nullable) */
} Word;

enum {
  SIGNAL_CHANGED,
  SIGNAL_LIVE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdEars, wd_ears, G_TYPE_OBJECT)

static void
word_free (gpointer data)
{
  Word *word = data;

  g_object_unref (word->task);
  g_free (word->reason);
  g_free (word);
}

static void
tell_changes (WdEars *self)
{
  guint changes = self->changes;

  self->changes = 0;
  self->told_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
}

static gboolean
join_cb (gpointer data)
{
  WdEars *self = data;

  self->join_source = 0;
  tell_changes (self);
  return G_SOURCE_REMOVE;
}

static void
take_changes (WdEars *self, guint changes)
{
  gint64 passed = (g_get_monotonic_time () - self->told_at) / 1000;

  self->changes |= changes;
  if (self->join_source != 0)
    return;
  if (passed >= self->join_ms)
    tell_changes (self);
  else
    self->join_source = g_timeout_add ((guint) (self->join_ms - passed), join_cb, self);
}

static void
set_live (WdEars *self, WdLiveSource source, WdLiveState state, const char *reason)
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
  WdEars *self = g_task_get_source_object (word->task);

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
say (WdEar *ear, WdLiveSource source, guint changes, WdLiveState state, const char *reason)
{
  g_autoptr (GSource) idle = g_idle_source_new ();
  Word *word = g_new0 (Word, 1);

  word->task = g_object_ref (ear->task);
  word->source = source;
  word->changes = changes;
  word->state = state;
  word->reason = g_strdup (reason);
  g_source_set_callback (idle, word_cb, word, word_free);
  g_source_set_priority (idle, G_PRIORITY_DEFAULT);
  g_source_attach (idle, g_task_get_context (ear->task));
}

/**
 * wd_ear_tell_changes:
 * @self: one that listens
 * @changes: #WdChange flags: what may have changed
 */
void
wd_ear_tell_changes (WdEar *self, guint changes)
{
  if (changes != 0)
    say (self, self->kind->source, changes, WD_LIVE_ON, NULL);
}

/**
 * wd_ear_tell_live:
 * @self: one that listens
 * @source: of what
 * @state: whether its changes are heard
 * @reason: (nullable): why they are not
 */
void
wd_ear_tell_live (WdEar *self, WdLiveSource source, WdLiveState state, const char *reason)
{
  if (state == WD_LIVE_ON)
    self->backoff_ms = FIRST_BACKOFF_MS;
  say (self, source, 0, state, reason);
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
next_wait (WdEar *ear, const GError *error)
{
  guint wait = is_hopeless (error) ? HOPELESS_MS : ear->backoff_ms;

  ear->backoff_ms = MIN (ear->backoff_ms * 2, LAST_BACKOFF_MS);
  return wait + (guint) g_random_int_range (0, (int) wait / 4);
}

/* What is away may be back for somebody else long before the next attempt. */
static void
wait_for_turn (WdEar *ear, const GError *error, GCancellable *cancellable)
{
  gboolean is_away = g_error_matches (error, WD_ERROR, WD_ERROR_NO_CONNECTION)
                     || g_error_matches (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  guint wait = next_wait (ear, error);
  int before;

  if (!is_away || ear->kind->count_reached == NULL)
    {
      wd_wait_ms (wait, cancellable, NULL);
      return;
    }
  before = ear->kind->count_reached (ear->resource);
  for (guint step; wait > 0 && ear->kind->count_reached (ear->resource) == before; wait -= step)
    {
      step = MIN (wait, STEP_MS);
      if (!wd_wait_ms (step, cancellable, NULL))
        return;
    }
}

static void
listen_in_worker (GTask *task, gpointer resource, gpointer data, GCancellable *cancellable)
{
  WdEar *ear = resource;

  ear->task = task;
  ear->backoff_ms = FIRST_BACKOFF_MS;
  while (!g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr (GError) error = NULL;

      ear->kind->listen (ear, ear->resource, cancellable, &error);
      ear->kind->rest (ear->resource);
      if (wd_error_is_cancelled (error))
        break;
      say (ear, ear->kind->source, 0, WD_LIVE_SILENT, error->message);
      wait_for_turn (ear, error, cancellable);
    }
  g_task_return_boolean (task, TRUE);
}

static void
ear_free (gpointer data)
{
  WdEar *ear = data;

  ear->kind->free (ear->resource);
  g_free (ear);
}

static void
start_thread (WdEars *self, const WdEarKind *kind)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, NULL, NULL);
  WdEar *ear = g_new0 (WdEar, 1);
  WdWorkerThread *thread;

  g_task_set_name (task, kind->name);
  ear->kind = kind;
  ear->resource = kind->prepare (self->data);
  thread = wd_worker_thread_new (kind->name, ear, ear_free);
  g_ptr_array_add (self->threads, thread);
  wd_worker_thread_push (thread, task, listen_in_worker);
  set_live (self, kind->source, WD_LIVE_STARTING, NULL);
}

static void
wd_ears_dispose (GObject *object)
{
  WdEars *self = WD_EARS (object);

  wd_ears_stop (self);
  g_ptr_array_set_size (self->threads, 0);
  G_OBJECT_CLASS (wd_ears_parent_class)->dispose (object);
}

static void
wd_ears_finalize (GObject *object)
{
  WdEars *self = WD_EARS (object);

  if (self->data != NULL)
    self->data_free (self->data);
  wd_live_unref (self->live);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->threads);
  G_OBJECT_CLASS (wd_ears_parent_class)->finalize (object);
}

static void
wd_ears_class_init (WdEarsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_ears_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_ears_finalize;

  /**
   * WdEars::changed:
   * @changes: #WdChange flags: what may have changed
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_EARS, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_LIVE_CHANGED] = g_signal_new ("live-changed", WD_TYPE_EARS, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_ears_init (WdEars *self)
{
  self->join_ms = JOIN_MS;
  self->live = wd_live_new ();
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    self->live->since[i] = WD_TIME_NONE;
  self->kinds = g_ptr_array_new ();
  self->threads = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * wd_ears_new:
 *
 * Returns: (transfer full): those who have nothing to listen to yet; stop them before letting go
 */
WdEars *
wd_ears_new (void)
{
  return g_object_new (WD_TYPE_EARS, NULL);
}

/**
 * wd_ears_set_data:
 * @self: those who have nothing to listen to yet
 * @data: (transfer full): for `prepare`
 * @data_free: frees it
 */
void
wd_ears_set_data (WdEars *self, gpointer data, GDestroyNotify data_free)
{
  g_return_if_fail (WD_IS_EARS (self) && self->data == NULL);

  self->data = data;
  self->data_free = data_free;
}

/**
 * wd_ears_set_pace:
 * @self: those who have nothing to listen to yet
 * @milliseconds: for which changes that follow one another are joined, instead of a quarter of a
 *   second
 */
void
wd_ears_set_pace (WdEars *self, guint milliseconds)
{
  g_return_if_fail (WD_IS_EARS (self));

  self->join_ms = milliseconds;
}

/**
 * wd_ears_add:
 * @self: those who do not listen yet
 * @kind: (transfer none): how one more listens; static
 */
void
wd_ears_add (WdEars *self, const WdEarKind *kind)
{
  g_return_if_fail (WD_IS_EARS (self) && self->cancellable == NULL);

  g_ptr_array_add (self->kinds, (gpointer) kind);
}

/**
 * wd_ears_start:
 * @self: those who listen from now on, on the caller's main context
 */
void
wd_ears_start (WdEars *self)
{
  g_return_if_fail (WD_IS_EARS (self));

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  g_ptr_array_set_size (self->threads, 0);
  for (guint i = 0; i < self->kinds->len; i++)
    start_thread (self, self->kinds->pdata[i]);
}

/**
 * wd_ears_stop:
 * @self: those who listen
 *
 * They hear nothing any more; nobody is waited for.
 */
void
wd_ears_stop (WdEars *self)
{
  g_return_if_fail (WD_IS_EARS (self));

  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->join_source, g_source_remove);
  self->changes = 0;
  for (guint i = 0; i < self->threads->len; i++)
    wd_worker_thread_shut_down (self->threads->pdata[i]);
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    if (self->live->state[i] != WD_LIVE_OFF)
      set_live (self, i, WD_LIVE_OFF, NULL);
}

/**
 * wd_ears_wait:
 * @self: those who were stopped
 * @milliseconds: at most, for each thread
 *
 * For a program about to exit. Blocks.
 */
void
wd_ears_wait (WdEars *self, guint milliseconds)
{
  g_return_if_fail (WD_IS_EARS (self));

  for (guint i = 0; i < self->threads->len; i++)
    wd_worker_thread_wait (self->threads->pdata[i], milliseconds);
}

/**
 * wd_ears_get_live:
 * @self: those who listen
 *
 * Returns: (transfer none): which changes are heard now
 */
WdLive *
wd_ears_get_live (WdEars *self)
{
  g_return_val_if_fail (WD_IS_EARS (self), NULL);

  return self->live;
}
