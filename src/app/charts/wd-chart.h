/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/charts/wd-chart-metric.h"

G_BEGIN_DECLS

#define WD_TYPE_CHART (wd_chart_get_type ())
G_DECLARE_FINAL_TYPE (WdChart, wd_chart, WD, CHART, GtkWidget)

WdChart *wd_chart_new (const WdChartMetric *metric);
void     wd_chart_set_history (WdChart *self, WdHistory *history);
void     wd_chart_set_read_bar (WdChart *self, int bar);
int      wd_chart_get_read_bar (WdChart *self);

G_END_DECLS
