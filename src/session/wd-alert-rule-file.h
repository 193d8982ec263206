/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-alert-rule.h"

G_BEGIN_DECLS

WdAlertRules *wd_alert_rule_file_read (GKeyFile *file, GPtrArray *problems);
void          wd_alert_rule_file_write (GKeyFile *file, const WdAlertRules *rules);

G_END_DECLS
