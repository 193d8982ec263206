/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks every ten seconds whether both stores answer and whether there are jobs that somebody left
 * undelivered, and takes those up as a window does. Whoever asks whether the service is ready is
 * told what was seen a moment ago, so that asking often costs nothing. */

#include "server/wd-server-pulse.h"

#include "base/wd-error.h"
#include "server/wd-server-log.h"
#include "session/wd-alert-engine.h"
#include "session/wd-alert-sources.h"
#include "session/wd-courier.h"

#define PAUSE_SECONDS 10
#define FRESH_US      (2 * G_USEC_PER_SEC)

typedef struct {
  WdServerPulseFunc func;
  gpointer data;
} Asker;

struct _WdServerPulse {
  GObject parent_instance;

  WdProfile *profile;        /* (owned) */
  WdBackend *backend;        /* (owned) */
  WdCourier *courier;        /* (owned) */
  GTimeZone *zone;           /* (owned) */
  GCancellable *looking;     /* (owned) (nullable): while it does */
  GQueue askers;             /* of Asker */
  guint timer;
  gint64 seen_at;            /* monotonic; 0 before the first look */
  WdStats *stats;            /* (owned) (nullable): of the last look */
  WdAlertRules *rules;       /* (owned): of somebody who chose none */
  WdAlertEngine *alerts;     /* (owned) */
  gboolean database;
  WdTristate queues;
  gboolean told[2];          /* that the database, that the queues do not answer */
};

G_DEFINE_FINAL_TYPE (WdServerPulse, wd_server_pulse, G_TYPE_OBJECT)

static void
wd_server_pulse_dispose (GObject *object)
{
  WdServerPulse *self = WD_SERVER_PULSE (object);

  wd_server_pulse_stop (self);
  g_queue_clear_full (&self->askers, g_free);
  g_clear_pointer (&self->stats, wd_stats_unref);
  g_clear_pointer (&self->alerts, wd_alert_engine_free);
  g_clear_pointer (&self->rules, wd_alert_rules_unref);
  g_clear_object (&self->courier);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->profile, wd_profile_unref);

  G_OBJECT_CLASS (wd_server_pulse_parent_class)->dispose (object);
}

static void
wd_server_pulse_class_init (WdServerPulseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_server_pulse_dispose;
}

static void
wd_server_pulse_init (WdServerPulse *self)
{
  g_queue_init (&self->askers);
  self->zone = g_time_zone_new_utc ();
  self->rules = wd_alert_rules_create ();
  self->alerts = wd_alert_engine_new (FALSE);
  wd_alert_engine_set_rules (self->alerts, self->rules);
}

/* What is wrong by the rules that everybody has; nothing is told of it but how much. */
static void
judge (WdServerPulse *self, const GError *error)
{
  g_autoptr (WdReading) reading = wd_reading_new ();
  g_autoptr (GPtrArray) changes = NULL;
  gboolean has_queues = self->profile->redis_url != NULL;

  if (self->stats != NULL)
    wd_alert_read_stats (reading, has_queues, self->rules, self->stats);
  wd_alert_read_connection (reading, self->profile, has_queues, self->stats, error);
  changes = wd_alert_engine_feed (self->alerts, reading, wd_time_now ());
}

/* The log says when a store is lost and when it is back. */
static void
tell (gboolean *told, const char *store, const char *problem)
{
  if (problem != NULL && !*told)
    wd_server_log_text ("warning", "%s cannot be used: %s", store, problem);
  else if (problem == NULL && *told)
    wd_server_log_text ("info", "%s can be used again", store);
  *told = problem != NULL;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerPulse) self = data;
  g_autoptr (GError) error = NULL;
  WdStats *stats = wd_backend_load_stats_finish (WD_BACKEND (source), result, &error);
  Asker *asker;

  g_clear_object (&self->looking);
  g_clear_pointer (&self->stats, wd_stats_unref);
  self->stats = stats;
  judge (self, error);
  if (!wd_error_is_cancelled (error))
    tell (&self->told[0], "The database", error != NULL ? error->message : NULL);
  if (stats != NULL && self->profile->redis_url != NULL)
    tell (&self->told[1], "The queues' server", stats->queue_error);
  self->seen_at = g_get_monotonic_time ();
  self->database = stats != NULL;
  self->queues = self->profile->redis_url == NULL || stats == NULL
                 ? WD_TRISTATE_UNSET
                 : stats->queue_error == NULL ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
  if (stats != NULL)
    wd_courier_look (self->courier, stats->undelivered_jobs);
  while ((asker = g_queue_pop_head (&self->askers)) != NULL)
    {
      asker->func (self->database, self->queues, asker->data);
      g_free (asker);
    }
}

static void
look (WdServerPulse *self)
{
  if (self->looking != NULL)
    return;
  self->looking = g_cancellable_new ();
  wd_backend_load_stats_async (self->backend, self->zone, self->looking, looked_cb,
                               g_object_ref (self));
}

static gboolean
timer_cb (gpointer data)
{
  look (data);
  return G_SOURCE_CONTINUE;
}

/**
 * wd_server_pulse_new:
 * @profile: where the backend connects
 * @backend: whom to ask
 *
 * Returns: (transfer full): one that has begun
 */
WdServerPulse *
wd_server_pulse_new (WdProfile *profile, WdBackend *backend)
{
  WdServerPulse *self = g_object_new (WD_TYPE_SERVER_PULSE, NULL);

  self->profile = wd_profile_ref (profile);
  self->backend = g_object_ref (backend);
  self->courier = wd_courier_new (profile, backend);
  self->timer = g_timeout_add_seconds (PAUSE_SECONDS, timer_cb, self);
  look (self);
  return self;
}

/**
 * wd_server_pulse_ask:
 * @self: a pulse
 * @func: called with how both stores are
 * @data: for @func
 */
void
wd_server_pulse_ask (WdServerPulse *self, WdServerPulseFunc func, gpointer data)
{
  Asker *asker;

  if (self->seen_at != 0 && g_get_monotonic_time () - self->seen_at < FRESH_US)
    {
      func (self->database, self->queues, data);
      return;
    }
  asker = g_new0 (Asker, 1);
  asker->func = func;
  asker->data = data;
  g_queue_push_tail (&self->askers, asker);
  look (self);
}

/**
 * wd_server_pulse_get_stats:
 * @self: a pulse
 *
 * Returns: (transfer none) (nullable): what the last look saw; %NULL where the database did not
 *   answer
 */
const WdStats *
wd_server_pulse_get_stats (WdServerPulse *self)
{
  return self->stats;
}

/**
 * wd_server_pulse_count_alerts:
 * @self: a pulse
 * @severity: of what is to be counted
 *
 * Returns: how many alerts are open
 */
guint
wd_server_pulse_count_alerts (WdServerPulse *self, WdSeverity severity)
{
  GPtrArray *incidents = wd_alert_engine_get_incidents (self->alerts);
  guint n = 0;

  for (guint i = 0; i < incidents->len; i++)
    {
      const WdIncident *incident = incidents->pdata[i];

      n += incident->state == WD_INCIDENT_OPEN && incident->severity == severity;
    }
  return n;
}

/**
 * wd_server_pulse_stop:
 * @self: a pulse that nobody will ask any more
 */
void
wd_server_pulse_stop (WdServerPulse *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
}
