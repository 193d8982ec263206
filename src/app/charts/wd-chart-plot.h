/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/charts/wd-chart-metric.h"

G_BEGIN_DECLS

/**
 * WdChartPlot:
 * @metric: what is drawn
 * @history: of what
 * @scale: of its values
 * @left: where the first bar begins, in pixels
 * @top: of the highest value
 * @width: of all bars
 * @height: from the lowest value to the highest
 *
 * Where things are in a chart of a given size.
 */
typedef struct {
  const WdChartMetric *metric;
  const WdHistory *history;
  WdChartScale scale;
  float left;
  float top;
  float width;
  float height;
} WdChartPlot;

void     wd_chart_plot_init (WdChartPlot *self, GtkWidget *widget, const WdChartMetric *metric,
                             const WdHistory *history);
int      wd_chart_plot_find_bar (const WdChartPlot *self, double x);
int      wd_chart_plot_find_series (const WdChartPlot *self, int bar, double y);
void     wd_chart_plot_snapshot (const WdChartPlot *self, GtkWidget *widget, GtkSnapshot *snapshot,
                                 int read_bar, int first, int last);
void     wd_chart_snapshot_swatch (GtkSnapshot *snapshot, const WdChartSeries *series,
                                   const graphene_rect_t *area);

G_END_DECLS
