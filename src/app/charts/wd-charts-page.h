/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_CHARTS_PAGE (wd_charts_page_get_type ())
G_DECLARE_FINAL_TYPE (WdChartsPage, wd_charts_page, WD, CHARTS_PAGE, GtkWidget)

WdChartsPage *wd_charts_page_new (WdWorkspace *workspace);
gboolean      wd_charts_page_is_ready (WdChartsPage *self);

G_END_DECLS
