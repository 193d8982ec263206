/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-format.h"
#include "model/wd-incident.h"
#include "model/wd-alert-rule.h"

G_BEGIN_DECLS

char       *wd_alert_text_title (const WdIncident *incident);
char       *wd_alert_text_value (WdAlertMetric metric, gint64 value,
                                 const WdNumberFormat *format);
char       *wd_alert_text_span (gint64 seconds);
char       *wd_alert_text_measured (const WdIncident *incident,
                                    const WdNumberFormat *format);
char       *wd_alert_text_unmeasured (guint metrics);
const char *wd_alert_text_advice (WdAlertMetric metric);

G_END_DECLS
