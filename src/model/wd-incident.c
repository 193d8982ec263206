/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-incident.h"

#include <string.h>

#define ID_LENGTH 10

static const char *const states[] = {
  [WD_INCIDENT_PENDING] = "pending",
  [WD_INCIDENT_OPEN] = "open",
  [WD_INCIDENT_RESOLVED] = "resolved",
};

static void
clear_incident (WdIncident *self)
{
  g_free (self->id);
  g_free (self->subject);
}

WD_DEFINE_RECORD (WdIncident, wd_incident, clear_incident)

/* Short enough to be typed. Two that begin at the same microsecond are about different things. */
static char *
make_id (WdAlertMetric metric, const char *subject, WdTime since)
{
  g_autofree char *text = g_strdup_printf ("%s %s %" G_GINT64_FORMAT,
                                           wd_alert_metric_info (metric)->name, subject, since);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strndup (sum, ID_LENGTH);
}

/**
 * wd_incident_create:
 * @metric: what was measured
 * @subject: of what
 * @since: since when it is so
 *
 * Returns: (transfer full): one that nobody is shown yet
 */
WdIncident *
wd_incident_create (WdAlertMetric metric, const char *subject, WdTime since)
{
  WdIncident *self = wd_incident_new ();

  self->id = make_id (metric, subject, since);
  self->metric = metric;
  self->subject = g_strdup (subject);
  self->since = since;
  self->seen = since;
  self->opened = self->resolved = WD_TIME_NONE;
  self->acknowledged = self->snoozed_until = self->notified = WD_TIME_NONE;
  return self;
}

/**
 * wd_incident_copy:
 * @self: an incident
 *
 * Returns: (transfer full): the same, to be changed
 */
WdIncident *
wd_incident_copy (const WdIncident *self)
{
  WdIncident *copy = wd_incident_new ();

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->subject = g_strdup (self->subject);
  return copy;
}

/**
 * wd_incident_is_same:
 * @a: an incident
 * @b: an incident
 *
 * Returns: whether @b says nothing new that is worth keeping; the last value is not
 */
gboolean
wd_incident_is_same (const WdIncident *a, const WdIncident *b)
{
  return strcmp (a->id, b->id) == 0 && a->severity == b->severity && a->state == b->state
         && a->since == b->since && a->opened == b->opened && a->resolved == b->resolved
         && a->acknowledged == b->acknowledged && a->snoozed_until == b->snoozed_until
         && a->notified == b->notified && a->peak == b->peak && a->threshold == b->threshold
         && a->window == b->window
         && (a->state != WD_INCIDENT_PENDING || a->seen == b->seen);
}

/**
 * wd_incident_needs_attention:
 * @self: an incident
 * @now: a time
 *
 * Returns: whether it is open and nobody has said that he knows, or wants to hear of it later
 */
gboolean
wd_incident_needs_attention (const WdIncident *self, WdTime now)
{
  return self->state == WD_INCIDENT_OPEN && self->acknowledged == WD_TIME_NONE
         && self->snoozed_until <= now;
}

/**
 * wd_incident_state_word:
 * @state: a state
 *
 * Returns: (transfer none): the word of files and documents
 */
const char *
wd_incident_state_word (WdIncidentState state)
{
  return states[state];
}

/**
 * wd_incident_state_from_word:
 * @word: (nullable): as in files
 * @state: (out): which one that is
 *
 * Returns: whether @word is one
 */
gboolean
wd_incident_state_from_word (const char *word, WdIncidentState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i], word) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}
