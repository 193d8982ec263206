/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/charts/wd-chart-metric.h"

G_BEGIN_DECLS

#define WD_TYPE_CHART_TABLE (wd_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (WdChartTable, wd_chart_table, WD, CHART_TABLE, GtkWidget)

WdChartTable *wd_chart_table_new (const WdChartMetric *metric);
void          wd_chart_table_set_history (WdChartTable *self, const WdHistory *history);

G_END_DECLS
