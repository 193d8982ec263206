/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the bars of a chart begin and end.
 *
 * Up to an hour they are equally long. Longer ones begin at round times of the time zone's clock,
 * so a bar of the day on which the clock is put back is an hour longer, and labels stay round. */

#include "model/wd-history-grid.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define DAY    (WD_HISTORY_STEP_DAY * MINUTE)

static const guint steps[] = {
  1, 5, WD_HISTORY_STEP_QUARTER, 30, 60, 3 * 60, 6 * 60, WD_HISTORY_STEP_DAY,
  WD_HISTORY_STEP_WEEK, WD_HISTORY_STEP_MONTH,
};

static GDateTime *
to_zone (WdTime time, GTimeZone *zone)
{
  gint64 seconds = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);

  return g_date_time_to_timezone (utc, zone);
}

/* The time at which a clock in @zone shows that hour of that day, which may be any before or after
 * the month's. */
static WdTime
at_clock (GTimeZone *zone, GDateTime *month, int day, int hour)
{
  g_autoptr (GDateTime) first = g_date_time_new_utc (g_date_time_get_year (month),
                                                     g_date_time_get_month (month), 1, 0, 0, 0);
  g_autoptr (GDateTime) date = g_date_time_add_days (first, day - 1);
  g_autoptr (GDateTime) time =
    g_date_time_new (zone, g_date_time_get_year (date), g_date_time_get_month (date),
                     g_date_time_get_day_of_month (date), hour, 0, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* Where the @n-th bar after the one that holds @time begins. */
static WdTime
find_edge (WdTime time, guint step, int n, GTimeZone *zone)
{
  g_autoptr (GDateTime) there = to_zone (time, zone);
  int day = g_date_time_get_day_of_month (there);

  if (step <= 60)
    {
      gint64 local = time + g_date_time_get_utc_offset (there);
      gint64 past = local % (step * MINUTE);

      return time - (past < 0 ? past + step * MINUTE : past) + n * (step * MINUTE);
    }
  if (step < WD_HISTORY_STEP_DAY)
    {
      int hours = (int) step / 60;
      int hour = g_date_time_get_hour (there) / hours * hours + n * hours;
      int days = hour >= 0 ? hour / 24 : -((23 - hour) / 24);

      return at_clock (zone, there, day + days, hour - days * 24);
    }
  if (step == WD_HISTORY_STEP_DAY)
    return at_clock (zone, there, day + n, 0);
  if (step == WD_HISTORY_STEP_WEEK)
    return at_clock (zone, there, day - g_date_time_get_day_of_week (there) + 1 + 7 * n, 0);
  else
    {
      g_autoptr (GDateTime) first = g_date_time_new_utc (g_date_time_get_year (there),
                                                         g_date_time_get_month (there), 1, 0, 0,
                                                         0);
      g_autoptr (GDateTime) month = g_date_time_add_months (first, n);

      return at_clock (zone, month, 1, 0);
    }
}

/* A clock that is put forward or back over an edge must not make a bar of nothing. */
static void
fill (WdHistoryGrid *self, WdTime from, WdTime to, GTimeZone *zone)
{
  WdTime edge = find_edge (from, self->step, 0, zone);

  g_array_append_val (self->edges, edge);
  while (edge < to)
    {
      WdTime next = find_edge (edge, self->step, 1, zone);

      for (int n = 2; next <= edge; n++)
        next = find_edge (edge, self->step, n, zone);
      edge = next;
      g_array_append_val (self->edges, edge);
    }
}

static gboolean
check_custom (const WdHistoryRequest *request, WdTime now, GError **error)
{
  if (!wd_time_is_finite (request->from) || !wd_time_is_finite (request->to)
      || request->from >= request->to)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                         _("The range ends before it begins"));
  else if (request->from > now)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                         _("The range has not begun yet"));
  else if (MIN (request->to, now) - request->from > (WD_HISTORY_MAX_BARS - 2) * 30 * DAY)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                         _("The range is longer than charts show: choose less than five years"));
  else
    return TRUE;
  return FALSE;
}

/* The finest that does not need too many bars. */
static guint
choose_step (gint64 length, guint min_step)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps) - 1; i++)
    if (steps[i] >= min_step && length <= (WD_HISTORY_MAX_BARS - 2) * steps[i] * MINUTE)
      return steps[i];
  return WD_HISTORY_STEP_MONTH;
}

/**
 * wd_history_grid_new_coarse:
 * @request: which time
 * @now: the present
 * @min_step: how many minutes a bar has at least
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * The last bar of a range that ends now is the one under way. Any thread.
 *
 * Returns: (transfer full): its bars
 */
WdHistoryGrid *
wd_history_grid_new_coarse (const WdHistoryRequest *request, WdTime now, guint min_step,
                            GError **error)
{
  static const guint fixed[] = { 1, 30, 3 * 60, WD_HISTORY_STEP_DAY };
  static const int n_bars[] = { 60, 48, 56, 30 };
  g_autoptr (GTimeZone) local = NULL;
  g_autoptr (WdHistoryGrid) self = NULL;
  GTimeZone *zone;
  WdTime end;

  g_return_val_if_fail (request != NULL, NULL);

  if (request->range == WD_HISTORY_CUSTOM && !check_custom (request, now, error))
    return NULL;
  zone = request->zone != NULL ? request->zone : (local = g_time_zone_new_local ());
  self = g_new0 (WdHistoryGrid, 1);
  self->edges = g_array_new (FALSE, FALSE, sizeof (WdTime));
  if (request->range == WD_HISTORY_CUSTOM)
    {
      end = MIN (request->to, now + 1);
      self->step = choose_step (end - request->from, min_step);
      fill (self, request->from, end, zone);
    }
  else
    {
      guint step = fixed[request->range];

      self->step = MAX (step, min_step);
      fill (self, find_edge (now, step, 1 - n_bars[request->range], zone), now + 1, zone);
    }
  return g_steal_pointer (&self);
}

/**
 * wd_history_grid_new:
 * @request: which time
 * @now: the present
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * As wd_history_grid_new_coarse(), as fine as can be seen.
 *
 * Returns: (transfer full): its bars
 */
WdHistoryGrid *
wd_history_grid_new (const WdHistoryRequest *request, WdTime now, GError **error)
{
  return wd_history_grid_new_coarse (request, now, 0, error);
}

/**
 * wd_history_grid_to_days:
 * @self: a grid of days or more
 *
 * Returns: (transfer full): as many bars, each edge moved to the midnight of UTC nearest to it
 */
WdHistoryGrid *
wd_history_grid_to_days (const WdHistoryGrid *self)
{
  WdHistoryGrid *days = g_new0 (WdHistoryGrid, 1);

  days->step = self->step;
  days->edges = g_array_new (FALSE, FALSE, sizeof (WdTime));
  for (guint i = 0; i < self->edges->len; i++)
    {
      WdTime edge = wd_history_grid_get_edge (self, i) + DAY / 2;
      gint64 past = edge % DAY;
      WdTime midnight = edge - (past < 0 ? past + DAY : past);

      g_array_append_val (days->edges, midnight);
    }
  return days;
}

/**
 * wd_history_grid_free:
 * @self: (transfer full): a grid
 */
void
wd_history_grid_free (WdHistoryGrid *self)
{
  g_array_unref (self->edges);
  g_free (self);
}

/**
 * wd_history_grid_get_length:
 * @self: a grid
 *
 * Returns: how many bars it has
 */
guint
wd_history_grid_get_length (const WdHistoryGrid *self)
{
  return self->edges->len - 1;
}

/**
 * wd_history_grid_get_edge:
 * @self: a grid
 * @i: up to its length
 *
 * Returns: where bar @i begins and the one before it ends
 */
WdTime
wd_history_grid_get_edge (const WdHistoryGrid *self, guint i)
{
  g_return_val_if_fail (i < self->edges->len, WD_TIME_NONE);

  return g_array_index (self->edges, WdTime, i);
}

/**
 * wd_history_grid_is_utc:
 * @self: a grid
 *
 * Returns: whether all its bars are whole days of UTC
 */
gboolean
wd_history_grid_is_utc (const WdHistoryGrid *self)
{
  for (guint i = 0; i < self->edges->len; i++)
    if (g_array_index (self->edges, WdTime, i) % DAY != 0)
      return FALSE;
  return TRUE;
}
