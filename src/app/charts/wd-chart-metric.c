/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The charts there are: what each shows, says and opens. */

#include "app/charts/wd-chart-metric.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "app/preferences/wd-preferences.h"
#include "base/wd-format.h"

static double
get_completed (const WdHistoryPoint *point)
{
  return (double) point->completed;
}

static double
get_failed (const WdHistoryPoint *point)
{
  return (double) point->failed;
}

static double
get_unfinished (const WdHistoryPoint *point)
{
  return (double) point->unfinished;
}

static double
get_retries (const WdHistoryPoint *point)
{
  return point->retries;
}

#define DEFINE_PERCENTILE(measure, percentile)                  \
  static double                                                 \
  get_##measure##_##percentile (const WdHistoryPoint *point)    \
  {                                                             \
    return (double) point->measure.percentile;                  \
  }

DEFINE_PERCENTILE (run, p50)
DEFINE_PERCENTILE (run, p95)
DEFINE_PERCENTILE (run, p99)
DEFINE_PERCENTILE (wait, p50)
DEFINE_PERCENTILE (wait, p95)
DEFINE_PERCENTILE (wait, p99)

static char *
format_count (double value)
{
  return wd_text_count ((gint64) value);
}

static char *
format_decimals (double value, const char *format)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return wd_text_amount (g_ascii_formatd (text, sizeof text, format, value));
}

static char *
format_rate (double value)
{
  double percent = value * 100;
  gboolean is_whole = percent - (gint64) (percent + 0.5) < 0.05
                      && (gint64) (percent + 0.5) - percent < 0.05;
  g_autofree char *number = NULL;

  /* Never all of them where one failed. */
  if (value < 1 && percent > 99.9)
    number = format_decimals (99.9, "%.1f");
  else
    number = format_decimals (percent, is_whole ? "%.0f" : "%.1f");
  /* TRANSLATORS: a rate: “98.3 %” */
  return g_strdup_printf (_("%s %%"), number);
}

static char *
format_mean (double value)
{
  return format_decimals (value, "%.2f");
}

static char *
format_duration (double value)
{
  return wd_format_duration (0, (WdTime) value);
}

/* Bars without a value though there were jobs in them. */
static guint
count_unknown (const WdHistory *history, double (*get) (const WdHistoryPoint *))
{
  guint n = 0;

  for (guint i = 0; i < wd_history_get_length (history); i++)
    {
      const WdHistoryPoint *point = wd_history_get_point (history, i);

      n += wd_history_point_get_finished (point) > 0 && get (point) < 0;
    }
  return n;
}

static char *
tell_few_finished (const WdHistory *history, double (*get) (const WdHistoryPoint *))
{
  guint n = count_unknown (history, get);

  if (n == 0)
    return NULL;
  return g_strdup_printf (ngettext ("Too few jobs in %u bar: fewer than %d ended there",
                                    "Too few jobs in %u bars: fewer than %d ended there", n),
                          n, WD_HISTORY_ENOUGH);
}

static char *
tell_success (const WdHistory *history)
{
  return tell_few_finished (history, wd_history_point_get_success);
}

static char *
tell_retries (const WdHistory *history)
{
  if (history->retries_sampled)
    {
      g_autofree char *n = wd_text_count (history->total.n_retries);

      return g_strdup_printf (_("About: from a sample of %s jobs"), n);
    }
  return tell_few_finished (history, get_retries);
}

static char *
tell_percentiles (const WdHistory *history, double (*p95) (const WdHistoryPoint *),
                  double (*p99) (const WdHistoryPoint *))
{
  guint few_p95 = count_unknown (history, p95);
  guint few_p99 = count_unknown (history, p99);
  GTimeZone *zone = wd_preferences_get_zone (wd_preferences_get ());

  if (history->durations_since != WD_TIME_NONE)
    {
      g_autofree char *since = wd_text_minute_in (history->durations_since, zone);

      return g_strdup_printf (_("Kept by the hour since %s alone; whole days reach further back"),
                              since);
    }
  if (history->days_until != WD_TIME_NONE && few_p99 == 0)
    {
      g_autofree char *until = wd_text_minute_in (history->days_until, zone);

      return g_strdup_printf (_("Before %s of days of UTC"), until);
    }
  if (few_p95 > 0)
    return g_strdup_printf (ngettext ("Too few jobs in %u bar for p95, which needs 20, and in %u "
                                      "for p99, which needs 100",
                                      "Too few jobs in %u bars for p95, which needs 20, and in %u "
                                      "for p99, which needs 100", few_p95), few_p95, few_p99);
  if (few_p99 > 0)
    return g_strdup_printf (ngettext ("Too few jobs in %u bar for p99, which needs 100",
                                      "Too few jobs in %u bars for p99, which needs 100", few_p99),
                            few_p99);
  return NULL;
}

static char *
tell_run (const WdHistory *history)
{
  return tell_percentiles (history, get_run_p95, get_run_p99);
}

static char *
tell_wait (const WdHistory *history)
{
  return tell_percentiles (history, get_wait_p95, get_wait_p99);
}

/* A filter includes both ends. */
static void
restrict_ended (WdJobFilter *filter, const WdHistoryPoint *point, const char *statuses)
{
  filter->statuses = g_strsplit (statuses, ",", -1);
  filter->completed_from = point->from;
  filter->completed_to = point->to - 1;
}

static void
restrict_throughput (WdJobFilter *filter, const WdHistoryPoint *point, int series)
{
  restrict_ended (filter, point, series == 0 ? "failed" : series == 1 ? "completed"
                                                                      : "completed,failed");
}

static void
restrict_success (WdJobFilter *filter, const WdHistoryPoint *point, int series)
{
  restrict_ended (filter, point, point->failed > 0 ? "failed" : "completed");
}

static void
restrict_completed (WdJobFilter *filter, const WdHistoryPoint *point, int series)
{
  restrict_ended (filter, point, "completed");
}

static void
restrict_retried (WdJobFilter *filter, const WdHistoryPoint *point, int series)
{
  restrict_ended (filter, point, "completed,failed");
  filter->retries_from = 1;
}

/* Those of them that are unfinished still: a filter cannot ask what was when. */
static void
restrict_unfinished (WdJobFilter *filter, const WdHistoryPoint *point, int series)
{
  filter->not_statuses = g_strsplit ("completed,failed,cancelled", ",", -1);
  filter->to = point->to - 1;
}

static const WdChartMetric metrics[] = {
  { N_("Throughput"), N_("jobs that ended"), WD_CHART_COUNT,
    { { N_("failed"), WD_CHART_VERMILION, WD_CHART_HATCHED, get_failed },
      { N_("completed"), WD_CHART_BLUE, WD_CHART_FILLED, get_completed } }, 2,
    N_("unknown"), FALSE, format_count, NULL, restrict_throughput },
  { N_("Success Rate"), N_("completed of those that ended"), WD_CHART_RATE,
    { { N_("success"), WD_CHART_GREEN, WD_CHART_THICK, wd_history_point_get_success } }, 1,
    N_("too few"), FALSE, format_rate, tell_success, restrict_success },
  { N_("Unfinished Jobs"), N_("waiting, running or to be retried, at the end of each bar"),
    WD_CHART_COUNT,
    { { N_("unfinished"), WD_CHART_ORANGE, WD_CHART_FILLED, get_unfinished } }, 1,
    N_("not yet"), TRUE, format_count, NULL, restrict_unfinished },
  { N_("Retries per Job"), N_("mean of the jobs that ended"), WD_CHART_NUMBER,
    { { N_("retries"), WD_CHART_PURPLE, WD_CHART_FILLED, get_retries } }, 1,
    N_("too few"), FALSE, format_mean, tell_retries, restrict_retried },
  { N_("Run Time"), N_("of completed jobs"), WD_CHART_DURATION,
    { { N_("p50"), WD_CHART_BLUE, WD_CHART_THICK, get_run_p50 },
      { N_("p95"), WD_CHART_ORANGE, WD_CHART_THIN, get_run_p95 },
      { N_("p99"), WD_CHART_PURPLE, WD_CHART_DASHED, get_run_p99 } }, 3,
    N_("too few"), FALSE, format_duration, tell_run, restrict_completed },
  { N_("Wait Time"), N_("of completed jobs"), WD_CHART_DURATION,
    { { N_("p50"), WD_CHART_BLUE, WD_CHART_THICK, get_wait_p50 },
      { N_("p95"), WD_CHART_ORANGE, WD_CHART_THIN, get_wait_p95 },
      { N_("p99"), WD_CHART_PURPLE, WD_CHART_DASHED, get_wait_p99 } }, 3,
    N_("too few"), FALSE, format_duration, tell_wait, restrict_completed },
};

/**
 * wd_chart_metrics:
 * @n_metrics: (out): how many
 *
 * Returns: (transfer none) (array length=n_metrics): all charts, in the order of the page
 */
const WdChartMetric *
wd_chart_metrics (guint *n_metrics)
{
  *n_metrics = G_N_ELEMENTS (metrics);
  return metrics;
}

/**
 * wd_chart_metric_format:
 * @self: a chart
 * @series: one of its series
 * @point: a bar
 *
 * Returns: (transfer full): its value there, or why there is none
 */
char *
wd_chart_metric_format (const WdChartMetric *self, guint series, const WdHistoryPoint *point)
{
  double value = self->series[series].get (point);

  return value >= 0 ? self->format (value)
                    : g_strdup (g_dgettext (GETTEXT_PACKAGE, self->unknown));
}

/**
 * wd_chart_metric_format_tick:
 * @self: a chart
 * @value: a value that is marked in its scale
 *
 * Returns: (transfer full): as short as it can be
 */
char *
wd_chart_metric_format_tick (const WdChartMetric *self, double value)
{
  gint64 ms = (gint64) value / 1000;

  if (self->scale != WD_CHART_DURATION)
    return self->format (value);
  if (ms < 1000)
    return g_strdup_printf (_("%d ms"), (int) ms);
  if (ms < 60000)
    return g_strdup_printf (C_("chart", "%d s"), (int) (ms / 1000));
  if (ms < 3600000)
    return g_strdup_printf (C_("chart", "%d min"), (int) (ms / 60000));
  return format_duration (value);
}

/**
 * wd_chart_metric_read:
 * @self: a chart
 * @point: a bar
 *
 * Returns: (transfer full): all its values there, such as “failed 2 · completed 31”
 */
char *
wd_chart_metric_read (const WdChartMetric *self, const WdHistoryPoint *point)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_series; i++)
    {
      g_autofree char *value = wd_chart_metric_format (self, i, point);

      g_string_append_printf (text, "%s%s %s", i > 0 ? " · " : "",
                              g_dgettext (GETTEXT_PACKAGE, self->series[i].name), value);
    }
  return g_string_free (text, FALSE);
}

/**
 * wd_chart_point_text:
 * @history: a history
 * @point: one of its bars
 *
 * Returns: (transfer full): when it was, such as “2026-11-26 07:00 – 07:30”
 */
char *
wd_chart_point_text (const WdHistory *history, const WdHistoryPoint *point)
{
  GTimeZone *zone = wd_preferences_get_zone (wd_preferences_get ());
  g_autofree char *from = wd_text_minute_in (point->from, zone);
  g_autofree char *to = wd_text_minute_in (point->to, zone);
  g_autofree char *last = wd_text_minute_in (point->to - 1, zone);

  if (history->step == WD_HISTORY_STEP_DAY)
    return g_strndup (from, 10);
  if (history->step > WD_HISTORY_STEP_DAY)
    return g_strdup_printf ("%.10s – %.10s", from, last);
  return g_strdup_printf ("%s – %s", from, to + 11);
}
