/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-incident.h"

G_BEGIN_DECLS

#define WD_TYPE_ALERT_CARD (wd_alert_card_get_type ())
G_DECLARE_FINAL_TYPE (WdAlertCard, wd_alert_card, WD, ALERT_CARD, GtkWidget)

WdAlertCard *wd_alert_card_new (void);
void         wd_alert_card_set_incident (WdAlertCard *self, WdIncident *incident);
void         wd_alert_card_tick (WdAlertCard *self, WdTime now);

G_END_DECLS
