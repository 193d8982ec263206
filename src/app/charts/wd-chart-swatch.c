/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a series looks, beside its name. */

#include "app/charts/wd-chart-swatch.h"

#include <adwaita.h>

#include "app/charts/wd-chart-plot.h"

#define WIDTH  18
#define HEIGHT 10

struct _WdChartSwatch {
  GtkWidget parent_instance;

  const WdChartSeries *series;
};

G_DEFINE_FINAL_TYPE (WdChartSwatch, wd_chart_swatch, GTK_TYPE_WIDGET)

static void
wd_chart_swatch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
wd_chart_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  wd_chart_snapshot_swatch (snapshot, WD_CHART_SWATCH (widget)->series,
                            &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                 (float) gtk_widget_get_height (widget)));
}

static void
wd_chart_swatch_class_init (WdChartSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = wd_chart_swatch_measure;
  widget_class->snapshot = wd_chart_swatch_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wd_chart_swatch_init (WdChartSwatch *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/**
 * wd_chart_swatch_new:
 * @series: what to show how it looks
 *
 * Returns: (transfer floating): a swatch
 */
GtkWidget *
wd_chart_swatch_new (const WdChartSeries *series)
{
  WdChartSwatch *self = g_object_new (WD_TYPE_CHART_SWATCH, NULL);

  self->series = series;
  return GTK_WIDGET (self);
}
