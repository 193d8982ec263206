/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is marked at the edges of a chart. */

#include <math.h>

#include "app/charts/wd-chart-scale.h"

static void
test_values (void)
{
  static const struct {
    WdChartScaleKind kind;
    double min, max, low, high;
    guint n_ticks;
  } cases[] = {
    { WD_CHART_COUNT, 0, 0, 0, 1, 2 },
    { WD_CHART_COUNT, 0, 1, 0, 1, 2 },
    { WD_CHART_COUNT, 0, 7, 0, 8, 5 },
    { WD_CHART_COUNT, 3, 120, 0, 150, 4 },
    { WD_CHART_COUNT, 0, 1e9, 0, 1e9, 3 },
    { WD_CHART_NUMBER, 0, 0.13, 0, 0.15, 4 },
    { WD_CHART_RATE, 0.97, 1, 0.97, 1, 4 },
    { WD_CHART_RATE, 1, 1, 0.98, 1, 5 },
    { WD_CHART_RATE, 0, 1, 0, 1, 3 },
    { WD_CHART_DURATION, 1.5e6, 5e6, 1e6, 1e7, 2 },
    { WD_CHART_DURATION, 0, 0, 1e3, 1e4, 2 },
    { WD_CHART_DURATION, 1.5e6, 5e14, 1e6, 3.456e13, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WdChartScale scale;

      wd_chart_scale_init (&scale, cases[i].kind, cases[i].min, cases[i].max);
      g_assert_cmpfloat_with_epsilon (scale.low, cases[i].low, cases[i].high * 1e-9);
      g_assert_cmpfloat_with_epsilon (scale.high, cases[i].high, cases[i].high * 1e-9);
      g_assert_cmpuint (scale.n_ticks, ==, cases[i].n_ticks);
      for (guint k = 0; k < scale.n_ticks; k++)
        g_assert_true (scale.ticks[k] <= scale.high * 1.001 && scale.ticks[k] >= scale.low * 0.999
                       && (k == 0 || scale.ticks[k] > scale.ticks[k - 1]));
      g_assert_cmpfloat (wd_chart_scale_get_part (&scale, scale.low), ==, 0);
      g_assert_cmpfloat (wd_chart_scale_get_part (&scale, scale.high), ==, 1);
      g_assert_cmpfloat (wd_chart_scale_get_part (&scale, scale.high * 10), ==, 1);
    }
}

static WdHistory *
make_history (WdHistoryRange range, GTimeZone *zone)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
  g_autoptr (WdHistoryGrid) grid = NULL;
  WdTime now;

  g_assert_true (wd_time_parse ("2026-11-26T07:31:12Z", FALSE, &now, NULL));
  request->range = range;
  request->zone = g_time_zone_ref (zone);
  grid = wd_history_grid_new (request, now, NULL);
  return wd_history_create (NULL, grid);
}

static void
test_times (void)
{
  static const struct {
    WdHistoryRange range;
    guint most, n_marks, first;
    const char *label;
  } cases[] = {
    { WD_HISTORY_HOUR, 7, 6, 8, "07:40" },
    { WD_HISTORY_DAY, 5, 4, 6, "12:00" },
    { WD_HISTORY_DAY, 13, 12, 2, "10:00" },
    { WD_HISTORY_WEEK, 8, 7, 5, "Nov 20" },
    { WD_HISTORY_MONTH, 40, 31, 0, "Oct 28" },
    { WD_HISTORY_MONTH, 8, 6, 1, "Oct 29" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdHistory) history = make_history (cases[i].range, zone);
      guint n_marks;
      g_autofree guint *marks = wd_chart_time_marks (history, zone, cases[i].most, &n_marks);
      g_autofree char *label = wd_chart_time_label (history, zone, marks[0]);

      g_assert_cmpuint (n_marks, <=, cases[i].most);
      g_assert_cmpuint (n_marks, ==, cases[i].n_marks);
      g_assert_cmpuint (marks[0], ==, cases[i].first);
      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-scale/values", test_values);
  g_test_add_func ("/chart-scale/times", test_times);
  return g_test_run ();
}
