/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_ALERTS_PAGE (wd_alerts_page_get_type ())
G_DECLARE_FINAL_TYPE (WdAlertsPage, wd_alerts_page, WD, ALERTS_PAGE, GtkWidget)

WdAlertsPage *wd_alerts_page_new (WdWorkspace *workspace);
gboolean      wd_alerts_page_is_ready (WdAlertsPage *self);

G_END_DECLS
