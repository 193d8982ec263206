/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Hours of the wall clock: on the day on which clocks change they begin and end when the clock
 * says so. */

#include "model/wd-quiet-hours.h"

#include <stdio.h>

#define MINUTES_PER_DAY (24 * 60)

static GDateTime *
to_local (WdTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

/**
 * wd_quiet_hours_hold:
 * @self: quiet hours
 * @now: a time
 * @zone: in which they are meant
 *
 * Returns: whether it is quiet then
 */
gboolean
wd_quiet_hours_hold (const WdQuietHours *self, WdTime now, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = NULL;
  int minute;

  g_return_val_if_fail (self != NULL && zone != NULL, FALSE);

  if (!self->enabled)
    return FALSE;
  local = to_local (now, zone);
  if (local == NULL)
    return FALSE;
  minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  if (self->from == self->to)
    return TRUE;
  return self->from < self->to ? minute >= self->from && minute < self->to
                               : minute >= self->from || minute < self->to;
}

/**
 * wd_quiet_hours_parse:
 * @text: `22:00`
 * @minute: (out): of the day
 *
 * Returns: whether @text is a time of day
 */
gboolean
wd_quiet_hours_parse (const char *text, int *minute)
{
  int hours, minutes, end = 0;

  g_return_val_if_fail (text != NULL && minute != NULL, FALSE);

  if (sscanf (text, " %2d:%2d %n", &hours, &minutes, &end) != 2 || end == 0 || text[end] != '\0'
      || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return FALSE;
  *minute = hours * 60 + minutes;
  return TRUE;
}

/**
 * wd_quiet_hours_format:
 * @minute: of the day
 *
 * Returns: (transfer full): as wd_quiet_hours_parse() reads it
 */
char *
wd_quiet_hours_format (int minute)
{
  g_return_val_if_fail (minute >= 0 && minute < MINUTES_PER_DAY, NULL);

  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

/**
 * wd_quiet_hours_next:
 * @minute: of a day
 * @now: a time
 * @zone: whose days
 *
 * Returns: that minute of the day after @now's; one that the clock leaves out then is the next
 *   there is
 */
WdTime
wd_quiet_hours_next (int minute, WdTime now, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) tomorrow = NULL;
  g_autoptr (GDateTime) then = NULL;

  g_return_val_if_fail (zone != NULL, WD_TIME_NONE);

  local = to_local (now, zone);
  if (local == NULL)
    return WD_TIME_NONE;
  tomorrow = g_date_time_add_days (local, 1);
  then = g_date_time_new (zone, g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                          g_date_time_get_day_of_month (tomorrow), minute / 60, minute % 60, 0);
  return then != NULL ? g_date_time_to_unix (then) * G_USEC_PER_SEC : WD_TIME_NONE;
}
