/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One chart: it is read by pointer or arrow keys, opens the jobs of a bar, and lets a range be
 * dragged, or chosen with Shift and the arrow keys. */

#include "app/charts/wd-chart-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/charts/wd-chart-plot.h"
#include "app/preferences/wd-preferences.h"

#define HEIGHT 168

/* Less than this is a click of an unsteady hand. */
#define DRAG_PIXELS 5

enum {
  SIGNAL_READ,
  SIGNAL_OPEN,
  SIGNAL_RANGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdChart, wd_chart, GTK_TYPE_WIDGET)

gboolean
wd_chart_is_empty (WdChart *self)
{
  return self->history == NULL || wd_history_get_length (self->history) == 0;
}

static WdChartPlot
get_plot (WdChart *self)
{
  WdChartPlot plot;

  wd_chart_plot_init (&plot, GTK_WIDGET (self), self->metric, self->history);
  return plot;
}

/* What is read, or the latest. */
static void
update_name (WdChart *self)
{
  const char *title = g_dgettext (GETTEXT_PACKAGE, self->metric->title);
  const WdHistoryPoint *point;
  g_autofree char *when = NULL;
  g_autofree char *values = NULL;
  g_autofree char *name = NULL;
  guint length;

  if (wd_chart_is_empty (self))
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      -1);
      return;
    }
  length = wd_history_get_length (self->history);
  point = wd_history_get_point (self->history, self->read_bar >= 0 ? (guint) self->read_bar
                                                                   : length - 1);
  when = wd_chart_point_text (self->history, point);
  values = wd_chart_metric_read (self->metric, point);
  name = g_strdup_printf ("%s, %s: %s", title, when, values);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Tells whoever shows the values; all charts of a page read the same bar. */
void
wd_chart_read (WdChart *self, int bar)
{
  if (bar == self->read_bar)
    return;
  wd_chart_set_read_bar (self, bar);
  g_signal_emit (self, signals[SIGNAL_READ], 0, bar);
}

void
wd_chart_set_anchor (WdChart *self, int bar)
{
  self->anchor = bar;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wd_chart_open (WdChart *self, int bar, int series)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, (guint) bar, series);
}

/* From the anchor to the bar that is read. */
void
wd_chart_choose_range (WdChart *self)
{
  guint first = (guint) MIN (self->anchor, self->read_bar);
  guint last = (guint) MAX (self->anchor, self->read_bar);
  WdTime from = wd_history_get_point (self->history, first)->from;
  WdTime to = wd_history_get_point (self->history, last)->to;

  wd_chart_set_anchor (self, -1);
  g_signal_emit (self, signals[SIGNAL_RANGE], 0, from, to);
}

static void
motion_cb (WdChart *self, double x, double y)
{
  WdChartPlot plot;

  /* Told also when something moved below a pointer that rests, which is not to read again what the
   * keyboard has left. */
  if (wd_chart_is_empty (self) || x == self->pointer_x)
    return;
  self->pointer_x = x;
  plot = get_plot (self);
  wd_chart_read (self, wd_chart_plot_find_bar (&plot, x));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->dragging ? "col-resize" : "pointer");
}

static void
leave_cb (WdChart *self)
{
  if (!self->dragging && !gtk_widget_has_focus (GTK_WIDGET (self)))
    wd_chart_read (self, -1);
}

static void
unfocus_cb (WdChart *self)
{
  if (!self->dragging)
    wd_chart_read (self, -1);
}

static void
drag_begin_cb (WdChart *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->dragging = FALSE;
}

static void
drag_update_cb (WdChart *self, double dx, double dy, GtkGestureDrag *gesture)
{
  WdChartPlot plot;
  double x, y;

  if (wd_chart_is_empty (self) || (!self->dragging && ABS (dx) < DRAG_PIXELS))
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  plot = get_plot (self);
  if (!self->dragging)
    {
      self->dragging = TRUE;
      wd_chart_set_anchor (self, wd_chart_plot_find_bar (&plot, x));
    }
  wd_chart_read (self, wd_chart_plot_find_bar (&plot, x + dx));
}

static void
drag_end_cb (WdChart *self, double dx, double dy, GtkGestureDrag *gesture)
{
  WdChartPlot plot;
  double x, y;
  int bar;

  if (wd_chart_is_empty (self))
    return;
  if (self->dragging)
    {
      self->dragging = FALSE;
      if (self->anchor >= 0)
        wd_chart_choose_range (self);
      return;
    }
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  plot = get_plot (self);
  bar = wd_chart_plot_find_bar (&plot, x);
  wd_chart_read (self, bar);
  wd_chart_open (self, bar, wd_chart_plot_find_series (&plot, bar, y));
}

static void
drag_cancel_cb (WdChart *self)
{
  self->dragging = FALSE;
  wd_chart_set_anchor (self, -1);
}

static void
wd_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 200;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 400;
}

static void
wd_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WdChart *self = WD_CHART (widget);
  int first = -1, last = -1;
  WdChartPlot plot;

  if (wd_chart_is_empty (self))
    return;
  plot = get_plot (self);
  if (self->anchor >= 0 && self->read_bar >= 0)
    {
      first = MIN (self->anchor, self->read_bar);
      last = MAX (self->anchor, self->read_bar);
    }
  wd_chart_plot_snapshot (&plot, widget, snapshot, self->read_bar, first, last);
}

static void
wd_chart_finalize (GObject *object)
{
  g_clear_pointer (&WD_CHART (object)->history, wd_history_unref);
  G_OBJECT_CLASS (wd_chart_parent_class)->finalize (object);
}

static void
wd_chart_class_init (WdChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_chart_finalize;
  widget_class->measure = wd_chart_measure;
  widget_class->snapshot = wd_chart_snapshot;

  /**
   * WdChart::read:
   * @bar: the bar whose values are read now, or -1
   */
  signals[SIGNAL_READ] = g_signal_new ("read", WD_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * WdChart::open:
   * @bar: the bar whose jobs are wanted
   * @series: the part of it that was pointed at, or -1
   */
  signals[SIGNAL_OPEN] = g_signal_new ("open", WD_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  /**
   * WdChart::range:
   * @from: a #WdTime
   * @to: likewise
   *
   * That time is to be looked at more closely.
   */
  signals[SIGNAL_RANGE] = g_signal_new ("range", WD_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  wd_chart_add_keys (widget_class);
}

static void
wd_chart_init (WdChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->read_bar = -1;
  self->anchor = -1;
  self->pointer_x = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (unfocus_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

/**
 * wd_chart_new:
 * @metric: what it shows
 *
 * Returns: (transfer floating): a chart without values
 */
WdChart *
wd_chart_new (const WdChartMetric *metric)
{
  WdChart *self = g_object_new (WD_TYPE_CHART, NULL);

  self->metric = metric;
  update_name (self);
  return self;
}

/**
 * wd_chart_set_history:
 * @self: a chart
 * @history: (nullable): what to show
 *
 * Keeps the bar that is read where the bars are as many as before.
 */
void
wd_chart_set_history (WdChart *self, WdHistory *history)
{
  gboolean same;

  g_return_if_fail (WD_IS_CHART (self));

  same = history != NULL && self->history != NULL
         && wd_history_get_length (history) == wd_history_get_length (self->history)
         && history->step == self->history->step;
  if (history != NULL)
    wd_history_ref (history);
  g_clear_pointer (&self->history, wd_history_unref);
  self->history = history;
  if (!same)
    {
      self->read_bar = -1;
      self->anchor = -1;
    }
  update_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * wd_chart_set_read_bar:
 * @self: a chart
 * @bar: the bar whose values are read, or -1
 */
void
wd_chart_set_read_bar (WdChart *self, int bar)
{
  g_return_if_fail (WD_IS_CHART (self));

  if (wd_chart_is_empty (self) || bar >= (int) wd_history_get_length (self->history))
    bar = -1;
  if (bar == self->read_bar)
    return;
  self->read_bar = bar;
  update_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * wd_chart_get_read_bar:
 * @self: a chart
 *
 * Returns: the bar whose values are read, or -1
 */
int
wd_chart_get_read_bar (WdChart *self)
{
  g_return_val_if_fail (WD_IS_CHART (self), -1);

  return self->read_bar;
}
