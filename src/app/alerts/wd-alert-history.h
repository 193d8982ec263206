/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-watch.h"

G_BEGIN_DECLS

#define WD_TYPE_ALERT_HISTORY (wd_alert_history_get_type ())
G_DECLARE_FINAL_TYPE (WdAlertHistory, wd_alert_history, WD, ALERT_HISTORY, GtkWidget)

void     wd_alert_history_set_watch (WdAlertHistory *self, WdWatch *watch);
void     wd_alert_history_load (WdAlertHistory *self);
gboolean wd_alert_history_is_empty (WdAlertHistory *self);

G_END_DECLS
