/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/charts/wd-chart-metric.h"

G_BEGIN_DECLS

#define WD_TYPE_CHART_CARD (wd_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (WdChartCard, wd_chart_card, WD, CHART_CARD, GtkWidget)

WdChartCard *wd_chart_card_new (const WdChartMetric *metric);
void         wd_chart_card_set_history (WdChartCard *self, WdHistory *history);
void         wd_chart_card_set_read_bar (WdChartCard *self, int bar);
void         wd_chart_card_set_note (WdChartCard *self, const char *note);

const WdChartMetric *wd_chart_card_get_metric (WdChartCard *self);

G_END_DECLS
