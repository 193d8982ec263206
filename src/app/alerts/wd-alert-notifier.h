/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_ALERT_NOTIFIER (wd_alert_notifier_get_type ())
G_DECLARE_FINAL_TYPE (WdAlertNotifier, wd_alert_notifier, WD, ALERT_NOTIFIER, GObject)

WdAlertNotifier *wd_alert_notifier_new (GApplication *application);
void             wd_alert_notifier_start (WdAlertNotifier *self);
void             wd_alert_notifier_add (WdAlertNotifier *self, WdWorkspace *workspace);
gboolean         wd_alert_notifier_may_watch (WdAlertNotifier *self, WdWorkspace *workspace);
void             wd_alert_notifier_tell_background (WdAlertNotifier *self, const char *connection);
void             wd_alert_notifier_tell_refused (WdAlertNotifier *self);
void             wd_alert_notifier_end_background (WdAlertNotifier *self);

G_END_DECLS
