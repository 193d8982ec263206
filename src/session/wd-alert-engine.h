/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-alert-rule.h"
#include "model/wd-incident.h"
#include "model/wd-reading.h"

G_BEGIN_DECLS

/**
 * WdAlertEvent:
 * @WD_ALERT_STILL: it was open before we looked, or is to be told of again
 * @WD_ALERT_OPENED: it is new
 * @WD_ALERT_REOPENED: it ended, and came back soon after
 * @WD_ALERT_ACKNOWLEDGED: somebody said that he knows
 * @WD_ALERT_SNOOZED: somebody wants to hear of it later
 * @WD_ALERT_RESOLVED: it ended
 *
 * What became of an incident.
 */
typedef enum {
  WD_ALERT_STILL,
  WD_ALERT_OPENED,
  WD_ALERT_REOPENED,
  WD_ALERT_ACKNOWLEDGED,
  WD_ALERT_SNOOZED,
  WD_ALERT_RESOLVED,
} WdAlertEvent;

/**
 * WdAlertChange:
 * @event: what became of it
 * @incident: (owned): as it is now
 * @notify: whether people are to be told, once
 * @show: whether what they were told is so again, and to be there without a sound
 */
typedef struct {
  WdAlertEvent event;
  WdIncident *incident;
  gboolean notify;
  gboolean show;
} WdAlertChange;

/**
 * WdAlertEngine:
 *
 * Makes incidents of readings. It reads no clock, no file and no server.
 */
typedef struct _WdAlertEngine WdAlertEngine;

WdAlertEngine *wd_alert_engine_new (gboolean notifies);
void           wd_alert_engine_free (WdAlertEngine *self);
void           wd_alert_engine_set_notifies (WdAlertEngine *self, gboolean notifies);
void           wd_alert_engine_set_rules (WdAlertEngine *self, WdAlertRules *rules);
void           wd_alert_engine_set_zone (WdAlertEngine *self, GTimeZone *zone);
void           wd_alert_engine_set_incidents (WdAlertEngine *self, GPtrArray *incidents);
GPtrArray     *wd_alert_engine_get_incidents (WdAlertEngine *self);

GPtrArray *wd_alert_engine_feed (WdAlertEngine *self, const WdReading *reading, WdTime now);
gboolean   wd_alert_engine_acknowledge (WdAlertEngine *self, const char *id, WdTime now);
gboolean   wd_alert_engine_snooze (WdAlertEngine *self, const char *id, WdTime until);
GPtrArray *wd_alert_engine_retire (WdAlertEngine *self, WdTime now);

const char *wd_alert_event_word (WdAlertEvent event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAlertEngine, wd_alert_engine_free)

G_END_DECLS
