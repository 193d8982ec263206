/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people see of a watch, and ask of it. */

#include "session/wd-alert-sources.h"
#include "session/wd-watch-private.h"

/**
 * wd_watch_set_zone:
 * @self: a watch
 * @zone: in which quiet hours are meant
 */
void
wd_watch_set_zone (WdWatch *self, GTimeZone *zone)
{
  g_return_if_fail (WD_IS_WATCH (self));

  wd_alert_store_set_zone (self->store, zone);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWatch) self = data;
  g_autoptr (WdAlertAnswer) answer = wd_alert_store_finish (WD_ALERT_STORE (source), result, NULL);

  if (answer != NULL)
    wd_watch_take (self, answer);
}

/**
 * wd_watch_set_notifies:
 * @self: a watch
 * @notifies: whether whoever hears of an alert can tell people; at first not
 *
 * Of what they could not be told before they are told now.
 */
void
wd_watch_set_notifies (WdWatch *self, gboolean notifies)
{
  g_return_if_fail (WD_IS_WATCH (self));

  if (self->notifies == notifies || self->store == NULL)
    return;
  self->notifies = notifies;
  wd_alert_store_set_notifies (self->store, notifies);
  if (notifies && self->looked_at != WD_TIME_NONE)
    wd_alert_store_feed_async (self->store, NULL, wd_time_now (), self->cancellable, told_cb,
                               g_object_ref (self));
}

/**
 * wd_watch_take_stats:
 * @self: a watch
 * @stats: that were just read
 *
 * Spares it reading them.
 */
void
wd_watch_take_stats (WdWatch *self, WdStats *stats)
{
  g_return_if_fail (WD_IS_WATCH (self));

  wd_stats_ref (stats);
  g_clear_pointer (&self->stats, wd_stats_unref);
  self->stats = stats;
  self->stats_at = g_get_monotonic_time ();
  wd_watch_look_soon (self);
}

/**
 * wd_watch_take_health:
 * @self: a watch
 * @health: that was just read
 *
 * Spares it reading that.
 */
void
wd_watch_take_health (WdWatch *self, const WdHealth *health)
{
  gsize n_sources;
  const WdAlertSource *sources = wd_alert_sources (&n_sources);

  g_return_if_fail (WD_IS_WATCH (self));

  for (gsize i = 0; i < n_sources; i++)
    if (sources[i].metrics[0] == WD_ALERT_STUCK)
      {
        g_clear_pointer (&self->answers[i].reading, wd_reading_free);
        self->answers[i].reading = wd_reading_new ();
        self->answers[i].asked = g_get_monotonic_time ();
        self->answers[i].past.n_failed = 0;
        wd_alert_read_health (self->answers[i].reading, self->profile, health);
      }
}

/**
 * wd_watch_get_name:
 * @self: a watch
 *
 * Returns: (transfer none): what its connection is called
 */
const char *
wd_watch_get_name (WdWatch *self)
{
  g_return_val_if_fail (WD_IS_WATCH (self), NULL);

  return self->profile->name;
}

/**
 * wd_watch_get_incidents:
 * @self: a watch
 *
 * Returns: (transfer none) (element-type WdIncident): open ones, and lately resolved ones
 */
GPtrArray *
wd_watch_get_incidents (WdWatch *self)
{
  g_return_val_if_fail (WD_IS_WATCH (self), NULL);

  return self->incidents;
}

/**
 * wd_watch_get_rules:
 * @self: a watch
 *
 * Returns: (transfer none): what is an incident
 */
WdAlertRules *
wd_watch_get_rules (WdWatch *self)
{
  g_return_val_if_fail (WD_IS_WATCH (self), NULL);

  return self->rules;
}

/**
 * wd_watch_get_problem:
 * @self: a watch
 *
 * Returns: (transfer none) (nullable): what of its files could not be read or written
 */
const char *
wd_watch_get_problem (WdWatch *self)
{
  g_return_val_if_fail (WD_IS_WATCH (self), NULL);

  return self->problem;
}

/**
 * wd_watch_get_looked_at:
 * @self: a watch
 *
 * Returns: the end of its last round, or %WD_TIME_NONE
 */
WdTime
wd_watch_get_looked_at (WdWatch *self)
{
  g_return_val_if_fail (WD_IS_WATCH (self), WD_TIME_NONE);

  return self->looked_at;
}

/* Where there is nothing to tell of nothing is watched either; what is slow is waited for. */
void
wd_watch_find_unmeasured (WdWatch *self)
{
  g_autoptr (WdReading) told = wd_reading_new ();
  gsize n_sources;
  const WdAlertSource *sources = wd_alert_sources (&n_sources);
  guint awaited = 0;

  for (gsize i = 0; i < n_sources; i++)
    if (self->answers[i].reading == NULL && sources[i].slow && !self->is_blind)
      awaited |= wd_alert_source_get_bits (&sources[i]);
    else if (self->answers[i].reading != NULL && !self->answers[i].is_moot)
      wd_reading_merge (told, self->answers[i].reading);
  wd_reading_merge (told, self->reading);
  self->unmeasured = wd_alert_find_unmeasured (told, self->rules) & ~awaited;
}

/**
 * wd_watch_get_unmeasured:
 * @self: a watch
 *
 * Returns: which rules could not be looked at in the last round: a bit for each #WdAlertMetric
 */
guint
wd_watch_get_unmeasured (WdWatch *self)
{
  g_return_val_if_fail (WD_IS_WATCH (self), 0);

  return self->unmeasured;
}

/**
 * wd_watch_find:
 * @self: a watch
 * @id: of an incident
 *
 * Returns: (transfer none) (nullable): that one, if it is open or was lately resolved
 */
WdIncident *
wd_watch_find (WdWatch *self, const char *id)
{
  g_return_val_if_fail (WD_IS_WATCH (self), NULL);

  for (guint i = 0; i < self->incidents->len; i++)
    if (g_strcmp0 (((WdIncident *) self->incidents->pdata[i])->id, id) == 0)
      return self->incidents->pdata[i];
  return NULL;
}

/**
 * wd_watch_count:
 * @self: a watch
 * @is_critical: (out): whether one of them is critical
 *
 * Returns: how many open incidents nobody has said anything to
 */
guint
wd_watch_count (WdWatch *self, gboolean *is_critical)
{
  WdTime now = wd_time_now ();
  guint n = 0;

  g_return_val_if_fail (WD_IS_WATCH (self), 0);

  *is_critical = FALSE;
  for (guint i = 0; i < self->incidents->len; i++)
    {
      const WdIncident *incident = self->incidents->pdata[i];

      if (!wd_incident_needs_attention (incident, now))
        continue;
      n++;
      *is_critical |= incident->severity == WD_SEVERITY_CRITICAL;
    }
  return n;
}

static int
compare_ends (gconstpointer a, gconstpointer b)
{
  const WdIncident *first = *(const WdIncident *const *) a;
  const WdIncident *second = *(const WdIncident *const *) b;

  return first->resolved < second->resolved ? 1 : first->resolved > second->resolved ? -1 : 0;
}

/* Returns: (transfer full): what was, with what has not cooled down yet */
static GPtrArray *
join_history (WdAlertAnswer *answer)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);

  for (guint i = 0; i < answer->incidents->len; i++)
    {
      WdIncident *incident = answer->incidents->pdata[i];

      if (incident->state == WD_INCIDENT_RESOLVED)
        g_ptr_array_add (all, wd_incident_ref (incident));
    }
  for (guint i = 0; i < answer->history->len; i++)
    g_ptr_array_add (all, wd_incident_ref (answer->history->pdata[i]));
  g_ptr_array_sort (all, compare_ends);
  return all;
}

static void
answered_request_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WdWatch *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (WdAlertAnswer) answer =
    wd_alert_store_finish (WD_ALERT_STORE (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  wd_watch_take (self, answer);
  if (answer->history != NULL)
    g_task_return_pointer (task, join_history (answer), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_boolean (task, TRUE);
}

static GTask *
new_task (WdWatch *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, new_task);
  return task;
}

/**
 * wd_watch_acknowledge_async:
 * @self: a watch
 * @id: of an open incident
 * @callback: called with the answer, for wd_watch_change_finish()
 * @data: for @callback
 */
void
wd_watch_acknowledge_async (WdWatch *self, const char *id, GAsyncReadyCallback callback,
                            gpointer data)
{
  g_return_if_fail (WD_IS_WATCH (self));

  wd_alert_store_acknowledge_async (self->store, id, wd_time_now (), NULL, answered_request_cb,
                                    new_task (self, NULL, callback, data));
}

/**
 * wd_watch_snooze_async:
 * @self: a watch
 * @id: of an open incident
 * @until: when to tell of it again, if it is still so
 * @callback: called with the answer, for wd_watch_change_finish()
 * @data: for @callback
 */
void
wd_watch_snooze_async (WdWatch *self, const char *id, WdTime until, GAsyncReadyCallback callback,
                       gpointer data)
{
  g_return_if_fail (WD_IS_WATCH (self));

  wd_alert_store_snooze_async (self->store, id, until, wd_time_now (), NULL, answered_request_cb,
                               new_task (self, NULL, callback, data));
}

/**
 * wd_watch_save_rules_async:
 * @self: a watch
 * @rules: that were checked
 * @callback: called with the answer, for wd_watch_change_finish()
 * @data: for @callback
 *
 * The next round goes by them, at once.
 */
void
wd_watch_save_rules_async (WdWatch *self, WdAlertRules *rules, GAsyncReadyCallback callback,
                           gpointer data)
{
  g_return_if_fail (WD_IS_WATCH (self));

  wd_alert_store_save_rules_async (self->store, rules, wd_time_now (), NULL, answered_request_cb,
                                   new_task (self, NULL, callback, data));
  self->began = 0;
  for (guint i = 0; i < WD_WATCH_MAX_SOURCES; i++)
    self->answers[i].asked = 0;
  wd_watch_look_soon (self);
}

/**
 * wd_watch_load_history_async:
 * @self: a watch
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer, for wd_watch_load_history_finish()
 * @data: for @callback
 */
void
wd_watch_load_history_async (WdWatch *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (WD_IS_WATCH (self));

  wd_alert_store_load_async (self->store, wd_time_now (), cancellable, answered_request_cb,
                             new_task (self, cancellable, callback, data));
}

/**
 * wd_watch_change_finish:
 * @self: a watch
 * @result: of the call
 * @error: in #WD_ERROR; then nothing was changed
 */
gboolean
wd_watch_change_finish (WdWatch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wd_watch_load_history_finish:
 * @self: a watch
 * @result: of the call
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type WdIncident): what was, the newest first
 */
GPtrArray *
wd_watch_load_history_finish (WdWatch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
