/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which values and which times are marked at the edges of a chart: round ones. */

#include "app/charts/wd-chart-scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MINUTES_OF_DAY (24 * 60)

/* Microseconds; each is some times the one before, as heights are logarithms. */
static const double durations[] = {
  1e3, 1e4, 1e5, 1e6, 1e7, 6e7, 6e8, 3.6e9, 3.6e10, 3.456e11, 3.456e12, 3.456e13,
};

static void
add_tick (WdChartScale *self, double value)
{
  if (self->n_ticks < WD_CHART_MAX_TICKS)
    self->ticks[self->n_ticks++] = value;
}

/* 1, 2 or 5 times a power of ten, such that at most four of them span @length. */
static double
round_step (double length)
{
  double power = pow (10, floor (log10 (length / 4)));
  double times = length / 4 / power - 1e-9;

  return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

static void
init_linear (WdChartScale *self, double max, gboolean whole)
{
  double step = round_step (max > 0 ? max : 1);

  if (whole)
    step = MAX (step, 1);
  self->low = 0;
  self->high = step * MAX (ceil (max / step - 1e-9), 1);
  for (guint i = 0; step * i <= self->high * 1.0001; i++)
    add_tick (self, step * i);
}

static void
init_rate (WdChartScale *self, double min)
{
  double least = MIN (min, 0.98);
  double step = round_step (1 - least);

  self->low = MAX (floor (least / step + 1e-9) * step, 0);
  self->high = 1;
  for (guint i = 0; self->low + step * i <= 1.0001; i++)
    add_tick (self, self->low + step * i);
}

static void
init_durations (WdChartScale *self, double min, double max)
{
  guint first = 0, last = G_N_ELEMENTS (durations) - 1;

  while (first + 2 < G_N_ELEMENTS (durations) && durations[first + 1] <= min)
    first++;
  while (last > first + 1 && durations[last - 1] >= max)
    last--;
  self->low = durations[first];
  self->high = durations[last];
  for (guint i = first; i <= last; i += last - first > 5 ? 2 : 1)
    add_tick (self, durations[i]);
}

/**
 * wd_chart_scale_init:
 * @self: (out caller-allocates): a scale
 * @kind: how values become heights
 * @min: the least value that is shown
 * @max: the greatest
 */
void
wd_chart_scale_init (WdChartScale *self, WdChartScaleKind kind, double min, double max)
{
  *self = (WdChartScale) { .kind = kind };
  switch (kind)
    {
    case WD_CHART_COUNT:
      init_linear (self, max, TRUE);
      break;
    case WD_CHART_NUMBER:
      init_linear (self, max, FALSE);
      break;
    case WD_CHART_RATE:
      init_rate (self, min);
      break;
    case WD_CHART_DURATION:
      init_durations (self, min, max);
      break;
    }
}

/**
 * wd_chart_scale_get_part:
 * @self: a scale
 * @value: a value
 *
 * Returns: how far up it is, from 0 to 1
 */
double
wd_chart_scale_get_part (const WdChartScale *self, double value)
{
  double part;

  if (self->kind == WD_CHART_DURATION)
    part = log (MAX (value, 1) / self->low) / log (self->high / self->low);
  else
    part = (value - self->low) / (self->high - self->low);
  return CLAMP (part, 0, 1);
}

static WdTime
get_edge (const WdHistory *history, guint i)
{
  guint length = wd_history_get_length (history);

  return i < length ? wd_history_get_point (history, i)->from
                    : wd_history_get_point (history, length - 1)->to;
}

static GDateTime *
get_clock (WdTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return g_date_time_to_timezone (utc, zone);
}

/* Whether a clock there shows a whole multiple of so many minutes of the day, or of so many days
 * since some day. */
static gboolean
is_round (WdTime time, GTimeZone *zone, guint unit)
{
  g_autoptr (GDateTime) there = get_clock (time, zone);
  guint minute = (guint) (g_date_time_get_hour (there) * 60 + g_date_time_get_minute (there));
  gint64 local = time + g_date_time_get_utc_offset (there);

  if (unit < MINUTES_OF_DAY)
    return minute % unit == 0;
  return minute == 0 && local / G_USEC_PER_SEC / 60 / MINUTES_OF_DAY
                          % (unit / MINUTES_OF_DAY) == 0;
}

/**
 * wd_chart_time_marks:
 * @history: a history
 * @zone: whose clock
 * @max_marks: how many labels fit
 * @n_marks: (out): how many there are
 *
 * Returns: (transfer full) (array length=n_marks): edges of bars, by their number, that are round
 *   times; the first bar's is 0
 */
guint *
wd_chart_time_marks (const WdHistory *history, GTimeZone *zone, guint max_marks, guint *n_marks)
{
  static const guint units[] = {
    1, 5, 10, 15, 30, 60, 120, 180, 360, 720, MINUTES_OF_DAY, 2 * MINUTES_OF_DAY,
    5 * MINUTES_OF_DAY, 10 * MINUTES_OF_DAY, 15 * MINUTES_OF_DAY, 30 * MINUTES_OF_DAY,
  };
  guint length = wd_history_get_length (history);
  guint *marks = g_new (guint, length + 1);

  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    {
      *n_marks = 0;
      for (guint i = 0; i <= length; i++)
        if (is_round (get_edge (history, i), zone, units[u]))
          marks[(*n_marks)++] = i;
      if (*n_marks > 0 && *n_marks <= max_marks)
        return marks;
    }
  /* Weeks and months: every so many. */
  *n_marks = 0;
  for (guint i = 0; i <= length; i += length / MAX (max_marks, 1) + 1)
    marks[(*n_marks)++] = i;
  return marks;
}

/**
 * wd_chart_time_label:
 * @history: a history
 * @zone: whose clock
 * @edge: the number of an edge
 *
 * Returns: (transfer full): as short as bars of that length allow
 */
char *
wd_chart_time_label (const WdHistory *history, GTimeZone *zone, guint edge)
{
  g_autoptr (GDateTime) there = get_clock (get_edge (history, edge), zone);

  if (history->step < MINUTES_OF_DAY
      && (g_date_time_get_hour (there) != 0 || g_date_time_get_minute (there) != 0))
    return g_date_time_format (there, "%H:%M");
  if (history->step <= WD_HISTORY_STEP_WEEK)
    /* TRANSLATORS: a day in a chart, as strftime() writes it: “Nov 26”
     * xgettext:no-c-format */
    return g_date_time_format (there, C_("chart", "%b %-d"));
  /* TRANSLATORS: a month in a chart, as strftime() writes it: “Nov 2026” */
  return g_date_time_format (there, C_("chart", "%b %Y"));
}
