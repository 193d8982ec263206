/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-alert-metric.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdIncidentState:
 * @WD_INCIDENT_PENDING: it is so, but not for long enough; nobody is shown these
 * @WD_INCIDENT_OPEN: it is so
 * @WD_INCIDENT_RESOLVED: it was so; if it comes back soon, the same incident is open again
 */
typedef enum {
  WD_INCIDENT_PENDING,
  WD_INCIDENT_OPEN,
  WD_INCIDENT_RESOLVED,
} WdIncidentState;

/**
 * WdIncident:
 * @id: names it
 * @metric: what was measured
 * @subject: of what: a type of job, a server; empty for the whole platform
 * @since: since when it is so, or %WD_TIME_NONE while it is not
 * @seen: when that was last looked at
 * @opened: when it was first an incident, or %WD_TIME_NONE
 * @resolved: when it ended, or %WD_TIME_NONE
 * @acknowledged: when somebody said that he knows, or %WD_TIME_NONE
 * @snoozed_until: until when nobody wants to hear of it, or %WD_TIME_NONE
 * @notified: when people were told, or %WD_TIME_NONE
 * @value: the last that was measured
 * @peak: the largest
 * @threshold: from which on it is an incident
 * @window: seconds that were looked back over, or 0
 *
 * One thing that is or was wrong. Immutable once published.
 */
typedef struct {
  char *id;
  WdAlertMetric metric;
  char *subject;
  WdSeverity severity;
  WdIncidentState state;
  WdTime since;
  WdTime seen;
  WdTime opened;
  WdTime resolved;
  WdTime acknowledged;
  WdTime snoozed_until;
  WdTime notified;
  gint64 value;
  gint64 peak;
  gint64 threshold;
  gint64 window;
} WdIncident;

WD_DECLARE_RECORD (WdIncident, wd_incident)

WdIncident *wd_incident_create (WdAlertMetric metric, const char *subject, WdTime since);
WdIncident *wd_incident_copy (const WdIncident *self);
gboolean    wd_incident_is_same (const WdIncident *a, const WdIncident *b);
gboolean    wd_incident_needs_attention (const WdIncident *self, WdTime now);
const char *wd_incident_state_word (WdIncidentState state);
gboolean    wd_incident_state_from_word (const char *word, WdIncidentState *state);

G_END_DECLS
