/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-history-request.h"

G_BEGIN_DECLS

#define WD_TYPE_CHART_CONTROLS (wd_chart_controls_get_type ())
G_DECLARE_FINAL_TYPE (WdChartControls, wd_chart_controls, WD, CHART_CONTROLS, GtkWidget)

WdHistoryRequest *wd_chart_controls_make_request (WdChartControls *self);
void              wd_chart_controls_zoom (WdChartControls *self, WdTime from, WdTime to);
gboolean          wd_chart_controls_go_back (WdChartControls *self);
void              wd_chart_controls_refuse_exact (WdChartControls *self);

G_END_DECLS
