/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-context.h"
#include "session/wd-watch.h"

G_BEGIN_DECLS

void  wd_cli_alert_members (WdJsonWriter *writer, const WdIncident *incident);
char *wd_cli_alert_line (WdCliContext *context, const WdAlertChange *change, WdTime now,
                         gboolean json);
void  wd_cli_alert_look (WdCliContext *context, WdWatch *watch);

G_END_DECLS
