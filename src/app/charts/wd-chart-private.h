/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/charts/wd-chart.h"

G_BEGIN_DECLS

struct _WdChart {
  GtkWidget parent_instance;

  const WdChartMetric *metric;
  WdHistory *history;        /* (owned) (nullable) */
  int read_bar;              /* or -1 */
  int anchor;                /* where a range was begun, or -1 */
  gboolean dragging;         /* the pointer has moved since it was pressed */
  double pointer_x;          /* where it was last, or -1 */
};

/* wd-chart.c */
gboolean wd_chart_is_empty (WdChart *self);
void     wd_chart_read (WdChart *self, int bar);
void     wd_chart_set_anchor (WdChart *self, int bar);
void     wd_chart_open (WdChart *self, int bar, int series);
void     wd_chart_choose_range (WdChart *self);

/* wd-chart-keys.c */
void wd_chart_add_keys (GtkWidgetClass *widget_class);

G_END_DECLS
