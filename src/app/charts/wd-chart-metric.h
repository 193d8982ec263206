/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/charts/wd-chart-scale.h"
#include "model/wd-filter.h"

G_BEGIN_DECLS

#define WD_CHART_MAX_SERIES 3

/**
 * WdChartColor:
 *
 * Colours that people who see colours differently tell apart (Okabe and Ito), each with a variant
 * for light and for dark backgrounds.
 */
typedef enum {
  WD_CHART_BLUE,
  WD_CHART_VERMILION,
  WD_CHART_GREEN,
  WD_CHART_ORANGE,
  WD_CHART_PURPLE,
} WdChartColor;

/**
 * WdChartMark:
 * @WD_CHART_FILLED: bars, each series standing on the one before
 * @WD_CHART_HATCHED: the same, hatched
 * @WD_CHART_THICK: a line, one step a bar
 * @WD_CHART_THIN: likewise
 * @WD_CHART_DASHED: likewise, broken
 *
 * How a series is drawn, so that it can be told without its colour.
 */
typedef enum {
  WD_CHART_FILLED,
  WD_CHART_HATCHED,
  WD_CHART_THICK,
  WD_CHART_THIN,
  WD_CHART_DASHED,
} WdChartMark;

/**
 * WdChartSeries:
 * @name: not translated yet
 * @color: its colour
 * @mark: how it is drawn
 * @get: its value in a bar; negative where it is not known
 */
typedef struct {
  const char *name;
  WdChartColor color;
  WdChartMark mark;
  double (*get) (const WdHistoryPoint *point);
} WdChartSeries;

/**
 * WdChartMetric:
 * @title: not translated yet
 * @subtitle: (nullable): not translated yet
 * @scale: how values become heights
 * @series: what is shown; bars from the bottom up
 * @n_series: how many
 * @unknown: what is said instead of a value that is not known; not translated yet
 * @format: (transfer full): a value as people read it
 * @is_level: whether it is how many there are at a moment, rather than what happened in a bar
 * @tell_limits: (nullable) (transfer full): what the chart cannot say, or %NULL
 * @restrict_jobs: narrows a filter without anything else in it to the jobs of a bar; @series is
 *   what was pointed at, or -1
 *
 * One of the charts.
 */
typedef struct {
  const char *title;
  const char *subtitle;
  WdChartScaleKind scale;
  WdChartSeries series[WD_CHART_MAX_SERIES];
  guint n_series;
  const char *unknown;
  gboolean is_level;
  char *(*format) (double value);
  char *(*tell_limits) (const WdHistory *history);
  void (*restrict_jobs) (WdJobFilter *filter, const WdHistoryPoint *point, int series);
} WdChartMetric;

const WdChartMetric *wd_chart_metrics (guint *n_metrics);

char *wd_chart_metric_format (const WdChartMetric *self, guint series, const WdHistoryPoint *point);
char *wd_chart_metric_format_tick (const WdChartMetric *self, double value);
char *wd_chart_metric_read (const WdChartMetric *self, const WdHistoryPoint *point);
char *wd_chart_point_text (const WdHistory *history, const WdHistoryPoint *point);

G_END_DECLS
