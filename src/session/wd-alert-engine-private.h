/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-alert-engine.h"

G_BEGIN_DECLS

struct _WdAlertEngine {
  WdAlertRules *rules;       /* (owned) */
  GTimeZone *zone;           /* (owned) */
  GPtrArray *incidents;      /* (owned) (element-type WdIncident) */
  GHashTable *seen;          /* (owned) (element-type utf8 WdIncident): at the end of a reading */
  gboolean notifies;         /* people are told by whoever asks us */
  gboolean fed;              /* there was a reading */
};

/* wd-alert-engine.c */
gint        wd_alert_engine_find (WdAlertEngine *self, const char *id);
WdIncident *wd_alert_engine_edit (WdAlertEngine *self, gint index);
void        wd_alert_engine_resolve (WdIncident *incident, WdTime now);

/* wd-alert-changes.c */
GPtrArray *wd_alert_engine_find_changes (WdAlertEngine *self, WdTime now);

G_END_DECLS
