/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "app/charts/wd-chart-metric.h"

G_BEGIN_DECLS

#define WD_TYPE_CHART_ROW (wd_chart_row_get_type ())
G_DECLARE_FINAL_TYPE (WdChartRow, wd_chart_row, WD, CHART_ROW, GObject)

WdChartRow *wd_chart_row_new (const WdChartMetric *metric, const WdHistory *history, guint bar);
void        wd_chart_row_show (WdChartRow *self, const WdChartMetric *metric,
                               const WdHistory *history, guint bar);
guint       wd_chart_row_get_bar (WdChartRow *self);
const WdHistoryPoint *wd_chart_row_get_point (WdChartRow *self);
const char           *wd_chart_row_get_text (WdChartRow *self, guint column);

G_END_DECLS
