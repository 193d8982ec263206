/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bar of a chart as a row of a table: when, and then each value. */

#include "app/charts/wd-chart-row.h"

struct _WdChartRow {
  GObject parent_instance;

  guint bar;
  WdHistoryPoint point;
  char *texts[1 + WD_CHART_MAX_SERIES]; /* (owned) (nullable) */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdChartRow, wd_chart_row, G_TYPE_OBJECT)

static void
wd_chart_row_finalize (GObject *object)
{
  WdChartRow *self = WD_CHART_ROW (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (wd_chart_row_parent_class)->finalize (object);
}

static void
wd_chart_row_class_init (WdChartRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_chart_row_finalize;

  /**
   * WdChartRow::changed:
   *
   * A text is another one.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_CHART_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_chart_row_init (WdChartRow *self)
{
}

static gboolean
take_text (WdChartRow *self, guint column, char *text)
{
  gboolean is_other = g_strcmp0 (self->texts[column], text) != 0;

  g_free (self->texts[column]);
  self->texts[column] = text;
  return is_other;
}

/**
 * wd_chart_row_new:
 * @metric: what is shown
 * @history: of what
 * @bar: the bar
 *
 * Returns: (transfer full): its row
 */
WdChartRow *
wd_chart_row_new (const WdChartMetric *metric, const WdHistory *history, guint bar)
{
  WdChartRow *self = g_object_new (WD_TYPE_CHART_ROW, NULL);

  wd_chart_row_show (self, metric, history, bar);
  return self;
}

/**
 * wd_chart_row_show:
 * @self: a row
 * @metric: what is shown
 * @history: of what, as it is now
 * @bar: the bar
 *
 * Shows a bar instead of what @self showed before, and tells whoever shows @self.
 */
void
wd_chart_row_show (WdChartRow *self, const WdChartMetric *metric, const WdHistory *history,
                   guint bar)
{
  const WdHistoryPoint *point;
  gboolean is_other;

  g_return_if_fail (WD_IS_CHART_ROW (self));

  point = wd_history_get_point (history, bar);
  self->bar = bar;
  self->point = *point;
  is_other = take_text (self, 0, wd_chart_point_text (history, point));
  for (guint i = 0; i < metric->n_series; i++)
    is_other |= take_text (self, 1 + i, wd_chart_metric_format (metric, i, point));
  if (is_other)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * wd_chart_row_get_bar:
 * @self: a row
 *
 * Returns: the number of its bar
 */
guint
wd_chart_row_get_bar (WdChartRow *self)
{
  g_return_val_if_fail (WD_IS_CHART_ROW (self), 0);

  return self->bar;
}

/**
 * wd_chart_row_get_point:
 * @self: a row
 *
 * Returns: (transfer none): all that is known of its bar
 */
const WdHistoryPoint *
wd_chart_row_get_point (WdChartRow *self)
{
  g_return_val_if_fail (WD_IS_CHART_ROW (self), NULL);

  return &self->point;
}

/**
 * wd_chart_row_get_text:
 * @self: a row
 * @column: 0 for when it was, 1 and up for each series
 *
 * Returns: (transfer none) (nullable): what stands there
 */
const char *
wd_chart_row_get_text (WdChartRow *self, guint column)
{
  g_return_val_if_fail (WD_IS_CHART_ROW (self), NULL);
  g_return_val_if_fail (column < G_N_ELEMENTS (self->texts), NULL);

  return self->texts[column];
}
