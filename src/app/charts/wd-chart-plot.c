/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a chart is drawn. Bars are equally wide, also where a clock was changed. Lines are steps, one
 * a bar: a percentile is that of a bar's jobs, and nothing is known between two of them. Everything
 * is upright rectangles, which every renderer draws sharply and fast. */

#include "app/charts/wd-chart-plot.h"

#include <adwaita.h>
#include <math.h>

#include "app/preferences/wd-preferences.h"

#define LABEL_GAP   6
/* Bars of charts above each other stand above each other. */
#define LABEL_WIDTH 46
#define TICK        4
#define MARK_WIDTH  72
#define DASH        4

static GdkRGBA
get_color (WdChartColor color)
{
  /* By WdChartColor, on light and on dark. */
  static const char *const colors[][2] = {
    { "#0072b2", "#56b4e9" },
    { "#c64600", "#ff7b38" },
    { "#007a59", "#2ec99b" },
    { "#a86f00", "#f0b232" },
    { "#a04a82", "#dd9cc2" },
  };
  GdkRGBA rgba;

  gdk_rgba_parse (&rgba, colors[color][adw_style_manager_get_dark (adw_style_manager_get_default ())
                                         ? 1 : 0]);
  return rgba;
}

static GdkRGBA
faint (GdkRGBA color, float alpha)
{
  color.alpha *= alpha;
  return color;
}

/* As much as the style sheets leave of captions. */
static float
get_dim (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 0.9f : 0.72f;
}

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float width, float height)
{
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
fill_hatched (GtkSnapshot *snapshot, const GdkRGBA *color, const graphene_rect_t *area)
{
  GdkRGBA light = faint (*color, 0.45f);
  const GskColorStop stops[] = {
    { 0, *color }, { 0.6f, *color }, { 0.6f, light }, { 1, light },
  };

  gtk_snapshot_append_repeating_linear_gradient (snapshot, area, &GRAPHENE_POINT_INIT (0, 0),
                                                 &GRAPHENE_POINT_INIT (4, 4), stops,
                                                 G_N_ELEMENTS (stops));
}

/* The colour of a line in a chart, and how thick it is. */
static float
get_thickness (WdChartMark mark)
{
  return mark == WD_CHART_THICK ? 3 : 2;
}

static void
draw_step (GtkSnapshot *snapshot, const WdChartSeries *series, const GdkRGBA *color, float x,
           float y, float width)
{
  float thickness = get_thickness (series->mark);
  float period = series->mark == WD_CHART_DASHED ? 2 * DASH : width;

  for (float at = 0; at < width; at += period)
    fill (snapshot, color, x + at, y - thickness / 2,
          series->mark == WD_CHART_DASHED ? MIN (DASH, width - at) : width, thickness);
}

static PangoLayout *
make_label (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

/* The least and the greatest value that is drawn. */
static void
find_range (const WdChartPlot *self, double *min, double *max)
{
  gboolean is_stacked = self->metric->series[0].mark <= WD_CHART_HATCHED;

  *min = G_MAXDOUBLE;
  *max = 0;
  for (guint i = 0; i < wd_history_get_length (self->history); i++)
    {
      double sum = 0;

      for (guint k = 0; k < self->metric->n_series; k++)
        {
          double value = self->metric->series[k].get (wd_history_get_point (self->history, i));

          if (value < 0)
            continue;
          sum = is_stacked ? sum + value : value;
          *min = MIN (*min, value);
          *max = MAX (*max, sum);
        }
    }
  if (*min > *max)
    *min = *max;
}

static float
get_label_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = make_label (widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return (float) height;
}

static float
get_label_width (const WdChartPlot *self, GtkWidget *widget)
{
  int widest = LABEL_WIDTH;

  for (guint i = 0; i < self->scale.n_ticks; i++)
    {
      g_autofree char *text = wd_chart_metric_format_tick (self->metric, self->scale.ticks[i]);
      g_autoptr (PangoLayout) layout = make_label (widget, text);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return (float) widest;
}

/**
 * wd_chart_plot_init:
 * @self: (out caller-allocates): a plot
 * @widget: where it is drawn
 * @metric: what
 * @history: of what; both are to outlive @self
 */
void
wd_chart_plot_init (WdChartPlot *self, GtkWidget *widget, const WdChartMetric *metric,
                    const WdHistory *history)
{
  float line = get_label_height (widget);
  double min, max;

  *self = (WdChartPlot) { .metric = metric, .history = history };
  find_range (self, &min, &max);
  wd_chart_scale_init (&self->scale, metric->scale, min, max);
  self->left = get_label_width (self, widget) + LABEL_GAP;
  self->top = ceilf (line / 2);
  self->width = MAX ((float) gtk_widget_get_width (widget) - self->left - 2, 1);
  self->height = MAX ((float) gtk_widget_get_height (widget) - self->top - TICK - line, 1);
}

static float
get_x (const WdChartPlot *self, guint bar)
{
  return self->left + roundf (self->width * (float) bar
                              / (float) wd_history_get_length (self->history));
}

static float
get_y (const WdChartPlot *self, double value)
{
  return self->top
         + roundf (self->height * (float) (1 - wd_chart_scale_get_part (&self->scale, value)));
}

/**
 * wd_chart_plot_find_bar:
 * @self: a plot
 * @x: in pixels
 *
 * Returns: the bar there; the first or the last beside them
 */
int
wd_chart_plot_find_bar (const WdChartPlot *self, double x)
{
  int length = (int) wd_history_get_length (self->history);
  int bar = (int) floor ((x - self->left) / self->width * length);

  return CLAMP (bar, 0, length - 1);
}

/**
 * wd_chart_plot_find_series:
 * @self: a plot
 * @bar: a bar
 * @y: in pixels
 *
 * Returns: which part of a bar that is, or -1 where there is none or are no parts
 */
int
wd_chart_plot_find_series (const WdChartPlot *self, int bar, double y)
{
  double sum = 0;

  if (self->metric->n_series < 2 || self->metric->series[0].mark > WD_CHART_HATCHED)
    return -1;
  for (guint k = 0; k < self->metric->n_series; k++)
    {
      double value = self->metric->series[k].get (wd_history_get_point (self->history,
                                                                        (guint) bar));

      sum += MAX (value, 0);
      if (value > 0 && y >= get_y (self, sum))
        return (int) k;
    }
  return -1;
}

static void
draw_values (const WdChartPlot *self, GtkWidget *widget, GtkSnapshot *snapshot,
             const GdkRGBA *color)
{
  GdkRGBA line = faint (*color, 0.12f), text_color = faint (*color, get_dim ());

  for (guint i = 0; i < self->scale.n_ticks; i++)
    {
      float y = get_y (self, self->scale.ticks[i]);
      g_autofree char *text = wd_chart_metric_format_tick (self->metric, self->scale.ticks[i]);
      g_autoptr (PangoLayout) layout = make_label (widget, text);
      int width, height;

      fill (snapshot, &line, self->left, y, self->width, 1);
      pango_layout_get_pixel_size (layout, &width, &height);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (self->left - LABEL_GAP - (float) width,
                                                    MAX (y - (float) height / 2, 0)));
      gtk_snapshot_append_layout (snapshot, layout, &text_color);
      gtk_snapshot_restore (snapshot);
    }
}

static void
draw_times (const WdChartPlot *self, GtkWidget *widget, GtkSnapshot *snapshot,
            const GdkRGBA *color)
{
  GTimeZone *zone = wd_preferences_get_zone (wd_preferences_get ());
  GdkRGBA line = faint (*color, 0.35f), text_color = faint (*color, get_dim ());
  guint n_marks;
  g_autofree guint *marks = wd_chart_time_marks (self->history, zone,
                                                 (guint) (self->width / MARK_WIDTH) + 1, &n_marks);
  float end = self->left + self->width, foot = self->top + self->height;

  for (guint i = 0; i < n_marks; i++)
    {
      float x = get_x (self, marks[i]);
      g_autofree char *text = wd_chart_time_label (self->history, zone, marks[i]);
      g_autoptr (PangoLayout) layout = make_label (widget, text);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      fill (snapshot, &line, x, foot, 1, TICK);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (CLAMP (x - (float) width / 2, 0,
                                                           end - (float) width),
                                                    foot + TICK));
      gtk_snapshot_append_layout (snapshot, layout, &text_color);
      gtk_snapshot_restore (snapshot);
    }
}

static void
draw_bar (const WdChartPlot *self, GtkSnapshot *snapshot, guint bar)
{
  const WdHistoryPoint *point = wd_history_get_point (self->history, bar);
  float x = get_x (self, bar), width = get_x (self, bar + 1) - x;
  float gap = width >= 6 ? 2 : width >= 3 ? 1 : 0;
  double sum = 0;

  for (guint k = 0; k < self->metric->n_series; k++)
    {
      const WdChartSeries *series = &self->metric->series[k];
      GdkRGBA color = get_color (series->color);
      double value = series->get (point);
      float foot = get_y (self, sum), head;

      if (value <= 0)
        continue;
      /* Whatever happened can be seen, however little beside the rest. */
      head = MIN (get_y (self, sum + value), foot - 2);
      sum += value;
      if (series->mark == WD_CHART_HATCHED)
        fill_hatched (snapshot, &color, &GRAPHENE_RECT_INIT (x + gap / 2, head, width - gap,
                                                             foot - head));
      else
        fill (snapshot, &color, x + gap / 2, head, width - gap, foot - head);
    }
}

static void
draw_line (const WdChartPlot *self, GtkSnapshot *snapshot, const WdChartSeries *series)
{
  GdkRGBA color = get_color (series->color), soft = faint (color, 0.5f);
  float previous = -1;

  for (guint i = 0; i < wd_history_get_length (self->history); i++)
    {
      double value = series->get (wd_history_get_point (self->history, i));
      float x = get_x (self, i), y = get_y (self, MAX (value, 0));

      if (value < 0)
        {
          previous = -1;
          continue;
        }
      if (previous >= 0 && previous != y)
        fill (snapshot, &soft, x - 0.5f, MIN (y, previous), 1, ABS (y - previous));
      draw_step (snapshot, series, &color, x, y, get_x (self, i + 1) - x);
      previous = y;
    }
}

/**
 * wd_chart_plot_snapshot:
 * @self: a plot
 * @widget: where
 * @snapshot: takes the drawing
 * @read_bar: the bar whose values are read, or -1
 * @first: the first bar of those that are chosen, or -1
 * @last: the last
 */
void
wd_chart_plot_snapshot (const WdChartPlot *self, GtkWidget *widget, GtkSnapshot *snapshot,
                        int read_bar, int first, int last)
{
  GdkRGBA color, accent;
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  gtk_style_context_get_color (context, &color);
  if (!gtk_style_context_lookup_color (context, "accent_color", &accent))
    accent = color;
  accent = faint (accent, 0.18f);
  draw_values (self, widget, snapshot, &color);
  draw_times (self, widget, snapshot, &color);
  if (first >= 0)
    fill (snapshot, &accent, get_x (self, (guint) first), self->top,
          get_x (self, (guint) last + 1) - get_x (self, (guint) first), self->height);
  if (read_bar >= 0)
    {
      GdkRGBA band = faint (color, 0.1f);
      float x = get_x (self, (guint) read_bar);

      fill (snapshot, &band, x, self->top, get_x (self, (guint) read_bar + 1) - x, self->height);
    }
  if (self->metric->series[0].mark <= WD_CHART_HATCHED)
    for (guint i = 0; i < wd_history_get_length (self->history); i++)
      draw_bar (self, snapshot, i);
  else
    for (guint k = self->metric->n_series; k-- > 0;)
      draw_line (self, snapshot, &self->metric->series[k]);
}

/**
 * wd_chart_snapshot_swatch:
 * @snapshot: takes the drawing
 * @series: what to show how it looks
 * @area: where
 */
void
wd_chart_snapshot_swatch (GtkSnapshot *snapshot, const WdChartSeries *series,
                          const graphene_rect_t *area)
{
  GdkRGBA color = get_color (series->color);

  if (series->mark == WD_CHART_HATCHED)
    fill_hatched (snapshot, &color, area);
  else if (series->mark == WD_CHART_FILLED)
    gtk_snapshot_append_color (snapshot, &color, area);
  else
    draw_step (snapshot, series, &color, area->origin.x,
               area->origin.y + area->size.height / 2, area->size.width);
}
