/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-alert-rule.h"
#include "model/wd-incident.h"

G_BEGIN_DECLS

void        wd_wire_incident_members (WdJsonWriter *writer, const WdIncident *incident);
char       *wd_wire_incident_line (const WdIncident *incident);
WdIncident *wd_wire_incident_parse (const char *line);

void wd_wire_alert_rules_members (WdJsonWriter *writer, const WdAlertRules *rules);

G_END_DECLS
