/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Percentiles from histograms, and where the bars of a chart begin. */

#include <math.h>

#include "base/wd-error.h"
#include "model/wd-history.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Whatever the durations are, the middle of their bucket is within 4.9 % of the right one. */
static void
test_error (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint n = 1; n < 3000; n = n * 3 / 2 + 1)
    {
      g_autofree double *values = g_new (double, n);
      g_autofree WdHistogram *histogram = g_new0 (WdHistogram, 1);
      WdPercentiles found;
      struct { guint percent; gint64 about; } checks[3];

      for (guint i = 0; i < n; i++)
        {
          values[i] = exp (g_rand_double_range (rand, 0, 20));
          wd_histogram_add (histogram, (int) floor (log (values[i]) / log (1.1)), 1);
        }
      qsort (values, n, sizeof *values, compare_doubles);
      found = wd_histogram_get_percentiles (histogram);
      g_assert_cmpint (found.n, ==, n);
      checks[0].percent = 50;
      checks[0].about = found.p50;
      checks[1].percent = 95;
      checks[1].about = found.p95;
      checks[2].percent = 99;
      checks[2].about = found.p99;
      for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
        {
          guint rank = (n * checks[i].percent + 99) / 100;
          double right = values[rank - 1] * 1000;

          g_assert_cmpint (checks[i].about >= 0, ==, n * (100 - checks[i].percent) >= 100);
          if (checks[i].about >= 0)
            g_assert_cmpfloat (fabs ((double) checks[i].about - right), <=, right * 0.049 + 1);
        }
    }
}

static void
test_odd (void)
{
  g_autofree WdHistogram *histogram = g_new0 (WdHistogram, 1);
  WdPercentiles found = wd_histogram_get_percentiles (histogram);

  g_assert_cmpint (found.n, ==, 0);
  g_assert_cmpint (found.p50, ==, -1);
  wd_histogram_add (histogram, -5, 50);
  wd_histogram_add (histogram, 9999, 50);
  found = wd_histogram_get_percentiles (histogram);
  g_assert_cmpint (found.p50, ==, 1049);
  g_assert_cmpint (found.p99, >, 30000000 * G_GINT64_CONSTANT (1000000));
  wd_histogram_add (histogram, 9999, G_GINT64_CONSTANT (1) << 60);
  g_assert_cmpint (wd_histogram_get_percentiles (histogram).p50, ==, found.p99);
}

static WdTime
parse (const char *text)
{
  WdTime time;

  g_assert_true (wd_time_parse (text, FALSE, &time, NULL));
  return time;
}

static WdHistoryGrid *
make_grid (const char *zone, const char *from, const char *to)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
  g_autoptr (GError) error = NULL;
  WdHistoryGrid *grid;

  request->range = WD_HISTORY_CUSTOM;
  request->zone = g_time_zone_new_identifier (zone);
  request->from = parse (from);
  request->to = parse (to);
  grid = wd_history_grid_new (request, parse ("2030-01-01T00:00:00Z"), &error);
  g_assert_no_error (error);
  return grid;
}

static void
test_bars (void)
{
  static const struct {
    const char *zone, *from, *to;
    guint step, length;
    const char *first, *last;
    guint longer, shorter;   /* bars of another length than the second */
  } cases[] = {
    { "UTC", "2026-01-01T10:00:30Z", "2026-01-01T10:59:00Z", 1, 59, "2026-01-01T10:00:00Z",
      "2026-01-01T10:59:00Z", 0, 0 },
    { "UTC", "2026-01-01T10:00:30Z", "2026-01-01T14:00:00Z", 5, 48, "2026-01-01T10:00:00Z",
      "2026-01-01T14:00:00Z", 0, 0 },
    { "Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", 60, 49,
      "2025-12-31T23:15:00Z", "2026-01-03T00:15:00Z", 0, 0 },
    { "Europe/Berlin", "2026-10-24T00:00:00+02:00", "2026-10-27T00:00:00+01:00", 180, 24,
      "2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z", 1, 0 },
    { "Europe/Berlin", "2026-03-28T00:00:00+01:00", "2026-03-31T00:00:00+02:00", 180, 24,
      "2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z", 0, 1 },
    { "Europe/Berlin", "2026-03-01T12:00:00Z", "2026-04-01T00:00:00Z", 1440, 32,
      "2026-02-28T23:00:00Z", "2026-04-01T22:00:00Z", 0, 1 },
    { "America/Havana", "2024-10-31T12:00:00Z", "2024-11-30T12:00:00Z", 1440, 31,
      "2024-10-31T04:00:00Z", "2024-12-01T05:00:00Z", 1, 0 },
    { "Pacific/Apia", "2011-12-20T00:00:00Z", "2012-01-20T00:00:00Z", 1440, 32,
      "2011-12-19T10:00:00Z", "2012-01-20T10:00:00Z", 0, 0 },
    { "UTC", "2026-01-07T00:00:00Z", "2026-06-01T00:00:00Z", 10080, 21, "2026-01-05T00:00:00Z",
      "2026-06-01T00:00:00Z", 0, 0 },
    { "UTC", "2023-05-07T00:00:00Z", "2026-06-02T00:00:00Z", 43200, 38, "2023-05-01T00:00:00Z",
      "2026-07-01T00:00:00Z", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdHistoryGrid) grid = make_grid (cases[i].zone, cases[i].from, cases[i].to);
      guint length = wd_history_grid_get_length (grid);
      gint64 second = wd_history_grid_get_edge (grid, 2) - wd_history_grid_get_edge (grid, 1);
      guint longer = 0, shorter = 0;

      g_assert_cmpuint (grid->step, ==, cases[i].step);
      g_assert_cmpint (wd_history_grid_get_edge (grid, 0), ==, parse (cases[i].first));
      g_assert_cmpint (wd_history_grid_get_edge (grid, length), ==, parse (cases[i].last));
      g_assert_cmpuint (length, ==, cases[i].length);
      for (guint k = 0; k < length; k++)
        {
          gint64 one = wd_history_grid_get_edge (grid, k + 1) - wd_history_grid_get_edge (grid, k);

          g_assert_cmpint (one, >, 0);
          longer += one == second + HOUR;
          shorter += one == second - HOUR;
        }
      g_assert_cmpuint (longer, ==, cases[i].longer);
      g_assert_cmpuint (shorter, ==, cases[i].shorter);
    }
}

/* The last bar is the one under way; the range is as long as it is called. */
static void
test_ranges (void)
{
  static const struct { WdHistoryRange range; guint length; gint64 hours; } cases[] = {
    { WD_HISTORY_HOUR, 60, 1 },
    { WD_HISTORY_DAY, 48, 24 },
    { WD_HISTORY_WEEK, 56, 7 * 24 },
    { WD_HISTORY_MONTH, 30, 30 * 24 },
  };
  static const char *const times[] = {
    "2026-11-26T07:31:12Z", "2026-11-26T00:00:00Z", "2026-10-25T00:30:00Z", "2026-04-10T23:59:59Z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (times); k++)
      {
        g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
        g_autoptr (WdHistoryGrid) grid = NULL;
        WdTime now = parse (times[k]);
        gint64 length;

        request->range = cases[i].range;
        request->zone = g_time_zone_new_identifier ("Europe/Berlin");
        grid = wd_history_grid_new (request, now, NULL);
        g_assert_cmpuint (wd_history_grid_get_length (grid), ==, cases[i].length);
        length = wd_history_grid_get_edge (grid, cases[i].length)
                 - wd_history_grid_get_edge (grid, 0);
        g_assert_cmpint (ABS (length - cases[i].hours * HOUR), <=, HOUR);
        g_assert_cmpint (wd_history_grid_get_edge (grid, cases[i].length - 1), <=, now);
        g_assert_cmpint (wd_history_grid_get_edge (grid, cases[i].length), >, now);
      }
}

static void
test_days (void)
{
  static const char *const zones[] = {
    "UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Pacific/Kiritimati",
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (WdHistoryGrid) grid = make_grid (zones[i], "2026-10-20T00:00:00Z",
                                                  "2026-11-10T00:00:00Z");
      g_autoptr (WdHistoryGrid) days = wd_history_grid_to_days (grid);
      guint length = wd_history_grid_get_length (grid);

      g_assert_true (wd_history_grid_is_utc (days));
      g_assert_cmpuint (wd_history_grid_get_length (days), ==, length);
      g_assert_cmpint (wd_history_grid_is_utc (grid), ==, i == 0);
      for (guint k = 0; k <= length; k++)
        g_assert_cmpint (ABS (wd_history_grid_get_edge (days, k)
                              - wd_history_grid_get_edge (grid, k)), <=, 12 * HOUR);
      for (guint k = 0; k < length; k++)
        g_assert_cmpint (wd_history_grid_get_edge (days, k), <,
                         wd_history_grid_get_edge (days, k + 1));
    }
}

static void
test_refused (void)
{
  static const char *const ranges[][2] = {
    { "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z" },
    { "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z" },
    { "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z" },
    { "2010-01-01T00:00:00Z", "2026-01-01T00:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
      g_autoptr (GError) error = NULL;

      request->range = WD_HISTORY_CUSTOM;
      request->from = parse (ranges[i][0]);
      request->to = parse (ranges[i][1]);
      g_assert_null (wd_history_grid_new (request, parse ("2026-06-01T00:00:00Z"), &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/percentiles/error", test_error);
  g_test_add_func ("/history/percentiles/odd", test_odd);
  g_test_add_func ("/history/bars", test_bars);
  g_test_add_func ("/history/ranges", test_ranges);
  g_test_add_func ("/history/days", test_days);
  g_test_add_func ("/history/refused", test_refused);
  return g_test_run ();
}
