/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/charts/wd-chart-metric.h"

G_BEGIN_DECLS

#define WD_TYPE_CHART_SWATCH (wd_chart_swatch_get_type ())
G_DECLARE_FINAL_TYPE (WdChartSwatch, wd_chart_swatch, WD, CHART_SWATCH, GtkWidget)

GtkWidget *wd_chart_swatch_new (const WdChartSeries *series);

G_END_DECLS
