/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What has become of the incidents since somebody was told of them the last time. */

#include "session/wd-alert-engine-private.h"

static const char *const events[] = {
  [WD_ALERT_STILL] = "still",
  [WD_ALERT_OPENED] = "opened",
  [WD_ALERT_REOPENED] = "reopened",
  [WD_ALERT_ACKNOWLEDGED] = "acknowledged",
  [WD_ALERT_SNOOZED] = "snoozed",
  [WD_ALERT_RESOLVED] = "resolved",
};

static void
change_free (WdAlertChange *change)
{
  wd_incident_unref (change->incident);
  g_free (change);
}

/* Returns: whether people want to hear of it now, unless they have */
static gboolean
may_be_told (WdAlertEngine *self, const WdIncident *incident, WdTime now)
{
  const WdQuietHours *quiet = &self->rules->quiet;

  if (!self->notifies || !wd_incident_needs_attention (incident, now))
    return FALSE;
  return !wd_quiet_hours_hold (quiet, now, self->zone)
         || (quiet->critical && incident->severity == WD_SEVERITY_CRITICAL);
}

/* Returns: whether anything is new about it */
static gboolean
find_event (WdAlertEngine *self, const WdIncident *before, const WdIncident *incident, WdTime now,
            WdAlertEvent *event)
{
  gboolean is_open = incident->state == WD_INCIDENT_OPEN;

  *event = WD_ALERT_STILL;
  if (before == NULL)
    {
      if (is_open && (self->fed || incident->opened == now))
        *event = WD_ALERT_OPENED;
      return is_open;
    }
  if ((before->state == WD_INCIDENT_OPEN) != is_open)
    {
      *event = is_open ? WD_ALERT_REOPENED : WD_ALERT_RESOLVED;
      return TRUE;
    }
  if (!is_open)
    return FALSE;
  if (before->snoozed_until != incident->snoozed_until && incident->snoozed_until > now)
    *event = WD_ALERT_SNOOZED;
  else if (before->acknowledged == WD_TIME_NONE && incident->acknowledged != WD_TIME_NONE)
    *event = WD_ALERT_ACKNOWLEDGED;
  return *event != WD_ALERT_STILL;
}

static void
add_change (GPtrArray *changes, WdAlertEvent event, WdIncident *incident, gboolean notify,
            gboolean show)
{
  WdAlertChange *change = g_new (WdAlertChange, 1);

  *change = (WdAlertChange) { event, wd_incident_ref (incident), notify, show };
  g_ptr_array_add (changes, change);
}

/* What others resolved so long ago that it is history. */
static void
find_gone (WdAlertEngine *self, GPtrArray *changes, WdTime now)
{
  GHashTableIter iter;
  gpointer id, before;

  g_hash_table_iter_init (&iter, self->seen);
  while (g_hash_table_iter_next (&iter, &id, &before))
    {
      g_autoptr (WdIncident) gone = NULL;

      if (((WdIncident *) before)->state != WD_INCIDENT_OPEN
          || wd_alert_engine_find (self, id) >= 0)
        continue;
      gone = wd_incident_copy (before);
      wd_alert_engine_resolve (gone, now);
      add_change (changes, WD_ALERT_RESOLVED, gone, FALSE, FALSE);
    }
}

static void
remember (WdAlertEngine *self)
{
  g_hash_table_remove_all (self->seen);
  for (guint i = 0; i < self->incidents->len; i++)
    {
      WdIncident *incident = self->incidents->pdata[i];

      if (incident->state != WD_INCIDENT_PENDING)
        g_hash_table_insert (self->seen, incident->id, wd_incident_ref (incident));
    }
  self->fed = TRUE;
}

/**
 * wd_alert_engine_find_changes:
 * @self: an engine
 * @now: a time
 *
 * Returns: (transfer full) (element-type WdAlertChange): what has changed since the last time
 */
GPtrArray *
wd_alert_engine_find_changes (WdAlertEngine *self, WdTime now)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);

  find_gone (self, changes, now);
  for (guint i = 0; i < self->incidents->len; i++)
    {
      WdIncident *incident = self->incidents->pdata[i];
      gboolean may_tell = may_be_told (self, incident, now);
      gboolean notify = may_tell && incident->notified == WD_TIME_NONE;
      WdAlertEvent event;
      gboolean is_new;

      if (incident->state == WD_INCIDENT_PENDING)
        continue;
      is_new = find_event (self, g_hash_table_lookup (self->seen, incident->id), incident, now,
                           &event);
      if (notify)
        {
          incident = wd_alert_engine_edit (self, (gint) i);
          incident->notified = now;
        }
      if (is_new || notify)
        add_change (changes, event, incident, notify, may_tell && event == WD_ALERT_REOPENED);
    }
  remember (self);
  return changes;
}

/**
 * wd_alert_event_word:
 * @event: an event
 *
 * Returns: (transfer none): the word of documents
 */
const char *
wd_alert_event_word (WdAlertEvent event)
{
  return events[event];
}
