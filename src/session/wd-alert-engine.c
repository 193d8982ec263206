/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From readings to incidents.
 *
 * There is at most one incident for each metric and subject. It is pending until the value has been
 * at or over the threshold for as long as its rule says; then open, until the value has fallen a
 * tenth under the threshold; then resolved, and kept for as long as the rule cools down, or
 * somebody snoozed it: what comes back meanwhile is that incident again, so nobody is told twice;
 * unless it then stays for as long as that, for then it did not come and go. What is not known
 * changes nothing.
 *
 * Others may work on the same incidents: they are given anew before each reading, and what differs
 * from what was seen the last time is what has changed, whoever did it. Times are the caller's. */

#include "session/wd-alert-engine-private.h"

#include <string.h>

/* What nobody looked at for so long is not known to have been so all the time. */
#define GAP (G_GINT64_CONSTANT (60) * 60 * G_USEC_PER_SEC)

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);
}

/**
 * wd_alert_engine_new:
 * @notifies: whether its caller tells people of what they are to be told
 *
 * Returns: (transfer full): an engine with the rules of somebody who chose none, and no incidents
 */
WdAlertEngine *
wd_alert_engine_new (gboolean notifies)
{
  WdAlertEngine *self = g_new0 (WdAlertEngine, 1);

  self->rules = wd_alert_rules_create ();
  self->zone = g_time_zone_new_local ();
  self->incidents = new_list ();
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                      (GDestroyNotify) wd_incident_unref);
  self->notifies = notifies;
  return self;
}

/**
 * wd_alert_engine_free:
 * @self: (transfer full): an engine
 */
void
wd_alert_engine_free (WdAlertEngine *self)
{
  wd_alert_rules_unref (self->rules);
  g_time_zone_unref (self->zone);
  g_ptr_array_unref (self->incidents);
  g_hash_table_unref (self->seen);
  g_free (self);
}

/**
 * wd_alert_engine_set_notifies:
 * @self: an engine
 * @notifies: whether its caller tells people of what they are to be told from now on
 */
void
wd_alert_engine_set_notifies (WdAlertEngine *self, gboolean notifies)
{
  self->notifies = notifies;
}

/**
 * wd_alert_engine_set_rules:
 * @self: an engine
 * @rules: what is an incident from the next reading on
 */
void
wd_alert_engine_set_rules (WdAlertEngine *self, WdAlertRules *rules)
{
  wd_alert_rules_ref (rules);
  wd_alert_rules_unref (self->rules);
  self->rules = rules;
}

/**
 * wd_alert_engine_set_zone:
 * @self: an engine
 * @zone: in which quiet hours are meant
 */
void
wd_alert_engine_set_zone (WdAlertEngine *self, GTimeZone *zone)
{
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

static gint
find_subject (WdAlertEngine *self, WdAlertMetric metric, const char *subject)
{
  for (guint i = 0; i < self->incidents->len; i++)
    {
      const WdIncident *incident = self->incidents->pdata[i];

      if (incident->metric == metric && strcmp (incident->subject, subject) == 0)
        return (gint) i;
    }
  return -1;
}

gint
wd_alert_engine_find (WdAlertEngine *self, const char *id)
{
  for (guint i = 0; i < self->incidents->len; i++)
    if (strcmp (((WdIncident *) self->incidents->pdata[i])->id, id) == 0)
      return (gint) i;
  return -1;
}

/* Returns: (transfer full): as others have it, with what was measured last, which nobody keeps */
static WdIncident *
take_over (WdAlertEngine *self, WdIncident *incident)
{
  gint index = wd_alert_engine_find (self, incident->id);
  const WdIncident *own = index >= 0 ? self->incidents->pdata[index] : NULL;
  WdIncident *copy;

  if (own == NULL || own->seen <= incident->seen)
    return wd_incident_ref (incident);
  copy = wd_incident_copy (incident);
  copy->value = own->value;
  copy->seen = own->seen;
  return copy;
}

/**
 * wd_alert_engine_set_incidents:
 * @self: an engine
 * @incidents: (element-type WdIncident): those there are, whoever made them
 */
void
wd_alert_engine_set_incidents (WdAlertEngine *self, GPtrArray *incidents)
{
  GPtrArray *taken = new_list ();

  for (guint i = 0; i < incidents->len; i++)
    g_ptr_array_add (taken, take_over (self, incidents->pdata[i]));
  g_ptr_array_unref (self->incidents);
  self->incidents = taken;
}

/**
 * wd_alert_engine_get_incidents:
 * @self: an engine
 *
 * Returns: (transfer none) (element-type WdIncident): pending, open, and lately resolved ones
 */
GPtrArray *
wd_alert_engine_get_incidents (WdAlertEngine *self)
{
  return self->incidents;
}

/* Returns: (transfer none): the one at @index, to be changed */
WdIncident *
wd_alert_engine_edit (WdAlertEngine *self, gint index)
{
  WdIncident *copy = wd_incident_copy (self->incidents->pdata[index]);

  wd_incident_unref (self->incidents->pdata[index]);
  self->incidents->pdata[index] = copy;
  return copy;
}

void
wd_alert_engine_resolve (WdIncident *incident, WdTime now)
{
  incident->state = WD_INCIDENT_RESOLVED;
  incident->resolved = now;
  incident->since = WD_TIME_NONE;
}

static void
measure (WdIncident *incident, const WdAlertRule *rule, gint64 value, gint64 threshold,
         WdTime now)
{
  incident->value = value;
  incident->peak = MAX (incident->peak, value);
  incident->threshold = threshold;
  incident->severity = rule->severity;
  incident->window = rule->window;
  incident->seen = now;
}

/* What came back and stayed is news again, also to who said before that he knows. */
static void
tell_anew (WdIncident *incident, const WdAlertRule *rule, WdTime now)
{
  if (incident->since <= incident->opened
      || now - incident->since < (rule->hold + rule->cooldown) * G_USEC_PER_SEC)
    return;
  if (incident->acknowledged < incident->since)
    incident->acknowledged = WD_TIME_NONE;
  if (incident->notified < incident->since)
    incident->notified = WD_TIME_NONE;
}

/* Too much: begins, goes on, or comes back. */
static void
rise (WdIncident *incident, const WdAlertRule *rule, WdTime now)
{
  if (incident->state == WD_INCIDENT_OPEN)
    {
      tell_anew (incident, rule, now);
      return;
    }
  if (incident->since == WD_TIME_NONE || now - incident->seen > GAP)
    incident->since = now;
  if (now - incident->since < rule->hold * G_USEC_PER_SEC)
    return;
  if (incident->state == WD_INCIDENT_PENDING)
    incident->opened = now;
  incident->state = WD_INCIDENT_OPEN;
  incident->resolved = WD_TIME_NONE;
}

static void
judge (WdAlertEngine *self, WdAlertMetric metric, const char *subject, gint64 value, WdTime now)
{
  const WdAlertRule *rule = &self->rules->rules[metric];
  gint64 threshold = wd_alert_rule_get_threshold (rule, subject);
  gint index = find_subject (self, metric, subject);
  gboolean is_over = threshold > 0 && value >= threshold;
  WdIncident *incident;

  if (index < 0)
    {
      if (!is_over)
        return;
      index = (gint) self->incidents->len;
      g_ptr_array_add (self->incidents, wd_incident_create (metric, subject, now));
    }
  incident = wd_alert_engine_edit (self, index);
  if (is_over)
    {
      rise (incident, rule, now);
      measure (incident, rule, value, threshold, now);
    }
  else if (incident->state == WD_INCIDENT_PENDING)
    g_ptr_array_remove_index (self->incidents, (guint) index);
  else if (incident->state == WD_INCIDENT_RESOLVED)
    incident->since = WD_TIME_NONE;
  else if (threshold == 0 || value < threshold - threshold / 10)
    {
      incident->value = value;
      incident->seen = now;
      wd_alert_engine_resolve (incident, now);
    }
  else
    measure (incident, rule, value, threshold, now);
}

static void
add_subject (const char *subject, gpointer data)
{
  g_hash_table_add (data, g_strdup (subject));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Those that were measured, and those of which there is an incident, in an order of their own. */
static void
judge_metric (WdAlertEngine *self, const WdReading *reading, WdAlertMetric metric, WdTime now)
{
  g_autoptr (GHashTable) subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer subject;
  gboolean is_off = !self->rules->rules[metric].enabled;

  wd_reading_foreach (reading, metric, add_subject, subjects);
  for (guint i = 0; i < self->incidents->len; i++)
    {
      const WdIncident *incident = self->incidents->pdata[i];

      if (incident->metric == metric)
        add_subject (incident->subject, subjects);
    }
  g_hash_table_iter_init (&iter, subjects);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    g_ptr_array_add (sorted, subject);
  g_ptr_array_sort (sorted, compare_texts);
  for (guint i = 0; i < sorted->len; i++)
    {
      gint64 value;

      if (wd_reading_look (reading, metric, sorted->pdata[i], &value) != WD_READING_UNKNOWN
          || is_off)
        judge (self, metric, sorted->pdata[i], value, now);
    }
}

/**
 * wd_alert_engine_feed:
 * @self: an engine
 * @reading: (nullable): what was measured; %NULL only looks at what others changed
 * @now: when
 *
 * Returns: (transfer full) (element-type WdAlertChange): what has changed since the last time
 */
GPtrArray *
wd_alert_engine_feed (WdAlertEngine *self, const WdReading *reading, WdTime now)
{
  for (guint i = 0; reading != NULL && i < WD_N_ALERT_METRICS; i++)
    judge_metric (self, reading, i, now);
  return wd_alert_engine_find_changes (self, now);
}

/**
 * wd_alert_engine_acknowledge:
 * @self: an engine
 * @id: of an incident
 * @now: when somebody said that he knows
 *
 * Returns: whether there is an open one of that id
 */
gboolean
wd_alert_engine_acknowledge (WdAlertEngine *self, const char *id, WdTime now)
{
  gint index = wd_alert_engine_find (self, id);

  if (index < 0 || ((WdIncident *) self->incidents->pdata[index])->state != WD_INCIDENT_OPEN)
    return FALSE;
  if (((WdIncident *) self->incidents->pdata[index])->acknowledged == WD_TIME_NONE)
    wd_alert_engine_edit (self, index)->acknowledged = now;
  return TRUE;
}

/**
 * wd_alert_engine_snooze:
 * @self: an engine
 * @id: of an incident
 * @until: when people are to be told of it again, if it is still so
 *
 * Returns: whether there is an open one of that id
 */
gboolean
wd_alert_engine_snooze (WdAlertEngine *self, const char *id, WdTime until)
{
  gint index = wd_alert_engine_find (self, id);
  WdIncident *incident;

  if (index < 0 || ((WdIncident *) self->incidents->pdata[index])->state != WD_INCIDENT_OPEN)
    return FALSE;
  incident = wd_alert_engine_edit (self, index);
  incident->snoozed_until = until;
  incident->acknowledged = WD_TIME_NONE;
  incident->notified = WD_TIME_NONE;
  return TRUE;
}

/* One that holds again when the old one becomes history is another. */
static void
begin_anew (WdAlertEngine *self, const WdIncident *old)
{
  WdIncident *incident;

  if (old->since == WD_TIME_NONE)
    return;
  incident = wd_incident_create (old->metric, old->subject, old->since);
  incident->seen = old->seen;
  g_ptr_array_add (self->incidents, incident);
}

/**
 * wd_alert_engine_retire:
 * @self: an engine
 * @now: a time
 *
 * Takes out what is resolved and has cooled down.
 *
 * Returns: (transfer full) (element-type WdIncident): that, for the history
 */
GPtrArray *
wd_alert_engine_retire (WdAlertEngine *self, WdTime now)
{
  GPtrArray *retired = new_list ();

  for (guint i = self->incidents->len; i > 0; i--)
    {
      g_autoptr (WdIncident) incident = wd_incident_ref (self->incidents->pdata[i - 1]);
      gint64 cooldown = self->rules->rules[incident->metric].cooldown * G_USEC_PER_SEC;

      if (incident->state != WD_INCIDENT_RESOLVED || now < incident->resolved + cooldown
          || now < incident->snoozed_until)
        continue;
      g_ptr_array_remove_index (self->incidents, i - 1);
      begin_anew (self, incident);
      g_ptr_array_add (retired, g_steal_pointer (&incident));
    }
  return retired;
}
