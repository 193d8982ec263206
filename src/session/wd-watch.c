/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps an eye on one connection: measures, has the readings judged, and tells of what has changed.
 *
 * A round asks for the statistics, then for what else the rules want to know, then has the store
 * make incidents of it. Rounds come when something has changed, at most every five seconds, and
 * every minute in any case, every half where changes do not tell of themselves, and every five
 * seconds while a server does not answer. Statistics that a window has just read are taken as they
 * are. What a source told is used until it is asked again, seldom where nothing goes on. */

#include "session/wd-watch-private.h"

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "session/wd-alert-sources.h"
#include "session/wd-profile-backend.h"

#define LEAST_US     (5 * G_USEC_PER_SEC)
#define ASK_SECONDS  30
#define LOST_SECONDS 5
#define SETTLED_US   (120 * G_USEC_PER_SEC)
#define LIVE_SECONDS 60

/* What one source is asked. */
typedef struct {
  WdWatch *watch;            /* (owned) */
  gsize index;
} Question;

enum {
  SIGNAL_ALERT,
  SIGNAL_LOOKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdWatch, wd_watch, G_TYPE_OBJECT)

static void schedule (WdWatch *self, gboolean soon);

/* What the answer says holds, whoever asked. */
void
wd_watch_take (WdWatch *self, WdAlertAnswer *answer)
{
  wd_alert_rules_unref (self->rules);
  self->rules = wd_alert_rules_ref (answer->rules);
  self->rules_known = TRUE;
  g_ptr_array_unref (self->incidents);
  self->incidents = g_ptr_array_ref (answer->incidents);
  g_free (self->problem);
  self->problem = g_strdup (answer->problem);
  for (guint i = 0; i < answer->changes->len; i++)
    g_signal_emit (self, signals[SIGNAL_ALERT], 0, answer->changes->pdata[i]);
  g_signal_emit (self, signals[SIGNAL_LOOKED], 0);
}

static void
fed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWatch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdAlertAnswer) answer =
    wd_alert_store_finish (WD_ALERT_STORE (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_pointer (&self->reading, wd_reading_free);
  self->looked_at = wd_time_now ();
  if (answer != NULL)
    wd_watch_take (self, answer);
  schedule (self, self->again);
}

static void
end_round (WdWatch *self)
{
  g_autoptr (WdReading) whole = wd_reading_new ();
  gsize n_sources;

  wd_alert_sources (&n_sources);
  for (gsize i = 0; i < n_sources; i++)
    if (self->answers[i].reading != NULL)
      wd_reading_merge (whole, self->answers[i].reading);
  wd_reading_merge (whole, self->reading);
  wd_watch_find_unmeasured (self);
  wd_alert_store_feed_async (self->store, g_steal_pointer (&whole), wd_time_now (),
                             self->cancellable, fed_cb, g_object_ref (self));
}

static void
forget (WdWatchAnswer *answer)
{
  g_clear_pointer (&answer->reading, wd_reading_free);
  answer->is_moot = FALSE;
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (WdWatch) self = question->watch;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdReading) reading = wd_reading_new ();
  WdWatchAnswer *answer = &self->answers[question->index];
  gsize n_sources;
  const WdAlertSource *source = &wd_alert_sources (&n_sources)[question->index];

  source->read (reading, self->profile, self->rules, WD_BACKEND (object), result, &error);
  if (wd_error_is_cancelled (error))
    return;
  if (error != NULL)
    g_debug ("Nothing is known of %s: %s", wd_alert_metric_info (source->metrics[0])->name,
             error->message);
  wd_alert_source_remember (source, reading, error, &answer->past);
  forget (answer);
  answer->reading = g_steal_pointer (&reading);
  answer->is_asked = FALSE;
  if (source->slow)
    wd_watch_look_soon (self);
  else if (--self->n_asked == 0)
    end_round (self);
}

/* Returns: whether its last answer still does */
static gboolean
is_fresh (WdWatch *self, const WdAlertSource *source, const WdWatchAnswer *answer, gboolean idle)
{
  gboolean unchanged = wd_live_is_whole (wd_backend_get_live (self->backend))
                       && self->changed_at < answer->asked;
  gint64 wait = wd_alert_source_get_wait (source, &answer->past, unchanged, idle);
  gint64 age = g_get_monotonic_time () - answer->asked;

  return answer->is_asked || (answer->reading != NULL && age < wait * G_USEC_PER_SEC);
}

/* What is slow can wait until it is known that somebody stays. */
static gboolean
may_ask (WdWatch *self, const WdAlertSource *source)
{
  return !source->slow
         || (self->running
             && g_get_monotonic_time () - self->started
                  > wd_fault_span ("watch:settled", SETTLED_US));
}

static void
ask (WdWatch *self, const WdAlertSource *source, gsize index)
{
  Question *question = g_new (Question, 1);

  *question = (Question) { g_object_ref (self), index };
  self->answers[index].asked = g_get_monotonic_time ();
  self->answers[index].is_asked = TRUE;
  if (!source->slow)
    self->n_asked++;
  source->ask (self->backend, self->rules, self->cancellable, answered_cb, question);
}

/* There is nothing to tell of: that is known without asking. */
static void
know_nothing (WdWatchAnswer *answer, const WdAlertSource *source)
{
  forget (answer);
  answer->reading = wd_reading_new ();
  answer->asked = 0;
  answer->is_moot = TRUE;
  answer->past = (WdAlertPast) { 0 };
  for (guint i = 0; source->metrics[i] < WD_N_ALERT_METRICS; i++)
    wd_reading_measured (answer->reading, source->metrics[i]);
}

/* Without its servers nothing else is known either. */
static void
ask_sources (WdWatch *self, const WdStats *stats, gboolean has_queues)
{
  gsize n_sources;
  const WdAlertSource *sources = wd_alert_sources (&n_sources);

  g_assert (n_sources <= WD_WATCH_MAX_SOURCES);
  self->n_asked = 1;
  for (gsize i = 0; i < n_sources; i++)
    {
      WdWatchAnswer *answer = &self->answers[i];

      if (stats == NULL || !wd_alert_source_is_wanted (&sources[i], self->rules))
        forget (answer);
      else if (sources[i].needs_queues && !has_queues)
        know_nothing (answer, &sources[i]);
      else if (!is_fresh (self, &sources[i], answer, wd_stats_is_idle (stats))
               && may_ask (self, &sources[i]))
        ask (self, &sources[i], i);
    }
  if (--self->n_asked == 0)
    end_round (self);
}

static void
use_stats (WdWatch *self, const WdStats *stats, const GError *error)
{
  gboolean has_queues = wd_profile_sees_queues (self->profile, self->backend);

  self->is_blind = stats == NULL;
  self->is_lost = stats == NULL || (has_queues && stats->queue_error != NULL);
  wd_alert_read_connection (self->reading, self->profile, has_queues, stats, error);
  if (stats != NULL)
    wd_alert_read_stats (self->reading, has_queues, self->rules, stats);
  ask_sources (self, stats, has_queues);
}

static void
stats_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWatch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdStats) stats = wd_backend_load_stats_finish (WD_BACKEND (source), result, &error);

  if (!wd_error_is_cancelled (error))
    use_stats (self, stats, error);
}

static void
load_stats (WdWatch *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  if (self->stats != NULL && g_get_monotonic_time () - self->stats_at < LEAST_US)
    {
      use_stats (self, self->stats, NULL);
      return;
    }
  wd_backend_load_stats_async (self->backend, zone, self->cancellable, stats_cb,
                               g_object_ref (self));
}

static void
rules_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWatch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdAlertAnswer) answer =
    wd_alert_store_finish (WD_ALERT_STORE (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  self->rules_known = TRUE;
  if (answer != NULL)
    wd_watch_take (self, answer);
  load_stats (self);
}

/**
 * wd_watch_look:
 * @self: a watch
 *
 * Begins a round, unless one is under way: “looked” tells of its end.
 */
void
wd_watch_look (WdWatch *self)
{
  g_return_if_fail (WD_IS_WATCH (self));

  if (self->reading != NULL || self->store == NULL)
    return;
  self->again = FALSE;
  self->reading = wd_reading_new ();
  self->began = g_get_monotonic_time ();
  /* Windows and thresholds of the rules decide what is asked for. */
  if (self->rules_known)
    load_stats (self);
  else
    wd_alert_store_feed_async (self->store, NULL, wd_time_now (), self->cancellable, rules_cb,
                               g_object_ref (self));
}

static gboolean
timer_cb (gpointer data)
{
  WdWatch *self = data;

  self->timer = 0;
  wd_watch_look (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (WdWatch *self, gboolean soon)
{
  gboolean is_live = wd_live_is_whole (wd_backend_get_live (self->backend));
  gint64 wait = (self->is_lost ? LOST_SECONDS : is_live ? LIVE_SECONDS : ASK_SECONDS)
                * G_USEC_PER_SEC;
  gint64 since = g_get_monotonic_time () - self->began;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->running || self->reading != NULL)
    return;
  wait = (soon ? LEAST_US : wait) - since;
  self->timer = g_timeout_add ((guint) (MAX (wait, 0) / 1000), timer_cb, self);
}

/* As soon as may be. */
void
wd_watch_look_soon (WdWatch *self)
{
  if (self->again)
    return;
  self->again = TRUE;
  schedule (self, TRUE);
}

/* What was read before is old now. */
static void
changed_cb (WdWatch *self)
{
  g_clear_pointer (&self->stats, wd_stats_unref);
  self->changed_at = g_get_monotonic_time ();
  wd_watch_look_soon (self);
}

static void
wd_watch_dispose (GObject *object)
{
  WdWatch *self = WD_WATCH (object);

  self->running = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->store != NULL)
    g_object_run_dispose (G_OBJECT (self->store));
  g_clear_object (&self->store);
  G_OBJECT_CLASS (wd_watch_parent_class)->dispose (object);
}

static void
wd_watch_finalize (GObject *object)
{
  WdWatch *self = WD_WATCH (object);

  for (guint i = 0; i < WD_WATCH_MAX_SOURCES; i++)
    forget (&self->answers[i]);
  g_clear_pointer (&self->reading, wd_reading_free);
  g_clear_pointer (&self->stats, wd_stats_unref);
  wd_alert_rules_unref (self->rules);
  g_ptr_array_unref (self->incidents);
  wd_profile_unref (self->profile);
  g_clear_object (&self->backend);
  g_object_unref (self->cancellable);
  g_free (self->problem);
  G_OBJECT_CLASS (wd_watch_parent_class)->finalize (object);
}

static void
wd_watch_class_init (WdWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_watch_finalize;

  /* A WdAlertChange. */
  signals[SIGNAL_ALERT] = g_signal_new ("alert", WD_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /* Incidents, rules and the problem are as they are now. */
  signals[SIGNAL_LOOKED] = g_signal_new ("looked", WD_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_watch_init (WdWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->rules = wd_alert_rules_create ();
  self->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);
  self->looked_at = WD_TIME_NONE;
}

/**
 * wd_watch_new:
 * @profile: the connection
 * @backend: whom to ask
 *
 * Returns: (transfer full): a watch at rest
 */
WdWatch *
wd_watch_new (WdProfile *profile, WdBackend *backend)
{
  WdWatch *self;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (WD_IS_BACKEND (backend), NULL);

  self = g_object_new (WD_TYPE_WATCH, NULL);
  self->profile = wd_profile_ref (profile);
  self->backend = g_object_ref (backend);
  self->store = wd_alert_store_new (profile);
  g_signal_connect_object (backend, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_watch_set_running:
 * @self: a watch
 * @running: whether it looks by itself
 */
void
wd_watch_set_running (WdWatch *self, gboolean running)
{
  g_return_if_fail (WD_IS_WATCH (self));

  if (self->running == running)
    return;
  self->running = running;
  self->started = g_get_monotonic_time ();
  schedule (self, TRUE);
}
