/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-incident.h"

G_BEGIN_DECLS

/**
 * WdAlertView:
 * @page: name of a page
 * @action: (nullable): instead, what shows it
 *
 * Where an alert leads.
 */
typedef struct {
  const char *page;
  const char *action;
} WdAlertView;

WdAlertView wd_alert_view_find (const WdIncident *incident, char **filter);

G_END_DECLS
