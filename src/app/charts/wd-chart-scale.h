/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-history.h"

G_BEGIN_DECLS

#define WD_CHART_MAX_TICKS 8

/**
 * WdChartScaleKind:
 * @WD_CHART_COUNT: from 0, in whole steps
 * @WD_CHART_NUMBER: from 0
 * @WD_CHART_RATE: up to 1
 * @WD_CHART_DURATION: microseconds, each step a multiple of the one below
 *
 * How values become heights.
 */
typedef enum {
  WD_CHART_COUNT,
  WD_CHART_NUMBER,
  WD_CHART_RATE,
  WD_CHART_DURATION,
} WdChartScaleKind;

/**
 * WdChartScale:
 * @kind: how values become heights
 * @low: the value at the bottom
 * @high: the value at the top
 * @ticks: values to be marked, ascending
 * @n_ticks: how many of them
 */
typedef struct {
  WdChartScaleKind kind;
  double low;
  double high;
  double ticks[WD_CHART_MAX_TICKS];
  guint n_ticks;
} WdChartScale;

void   wd_chart_scale_init (WdChartScale *self, WdChartScaleKind kind, double min, double max);
double wd_chart_scale_get_part (const WdChartScale *self, double value);

guint *wd_chart_time_marks (const WdHistory *history, GTimeZone *zone, guint max_marks,
                            guint *n_marks);
char  *wd_chart_time_label (const WdHistory *history, GTimeZone *zone, guint edge);

G_END_DECLS
