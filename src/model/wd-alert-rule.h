/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-alert-metric.h"
#include "model/wd-quiet-hours.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdAlertRule:
 * @enabled: whether anything is an incident at all
 * @severity: of its incidents
 * @threshold: from which value on, in the metric's unit
 * @window: seconds looked back over; 0 where the metric has none
 * @hold: seconds for which it must be so without a break
 * @cooldown: seconds after its end for which what comes back is the same incident
 * @thresholds: (element-type utf8 gint64): of single types of job, where they differ; 0 is never
 *
 * When a metric becomes an incident.
 */
typedef struct {
  gboolean enabled;
  WdSeverity severity;
  gint64 threshold;
  gint64 window;
  gint64 hold;
  gint64 cooldown;
  GHashTable *thresholds;
} WdAlertRule;

/**
 * WdAlertRules:
 * @rules: one for each metric
 * @quiet: when nobody wants to be told
 *
 * What somebody wants to know of a connection. Immutable once published.
 */
typedef struct {
  WdAlertRule rules[WD_N_ALERT_METRICS];
  WdQuietHours quiet;
} WdAlertRules;

WdAlertRules *wd_alert_rules_create (void);
WdAlertRules *wd_alert_rules_copy (const WdAlertRules *self);
WdAlertRules *wd_alert_rules_ref (WdAlertRules *self);
void          wd_alert_rules_unref (WdAlertRules *self);

void     wd_alert_rule_assign (WdAlertRule *self, const WdAlertRule *other);
gint64   wd_alert_rule_get_threshold (const WdAlertRule *self, const char *subject);
void     wd_alert_rule_set_threshold (WdAlertRule *self, const char *subject, gint64 threshold);
gboolean wd_alert_rule_find_own (const WdAlertRule *self, const char *subject,
                                 gint64 *threshold);
gboolean wd_alert_rule_check (const WdAlertRule *self, WdAlertMetric metric, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAlertRules, wd_alert_rules_unref)

G_END_DECLS
