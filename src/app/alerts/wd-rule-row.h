/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "model/wd-alert-rule.h"

G_BEGIN_DECLS

#define WD_TYPE_RULE_ROW (wd_rule_row_get_type ())
G_DECLARE_FINAL_TYPE (WdRuleRow, wd_rule_row, WD, RULE_ROW, AdwExpanderRow)

GtkWidget *wd_rule_row_new (WdAlertRules *rules, WdAlertMetric metric);

G_END_DECLS
