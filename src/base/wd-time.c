/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-time.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/wd-date.h"
#include "base/wd-error.h"

#define SECONDS_PER_DAY (24 * 60 * 60)

/**
 * wd_time_now:
 *
 * Returns: the time of this machine's wall clock
 */
WdTime
wd_time_now (void)
{
  return g_get_real_time ();
}

/**
 * wd_time_is_finite:
 * @time: a time
 *
 * Returns: whether @time is a point in time that can be shown and compared
 */
gboolean
wd_time_is_finite (WdTime time)
{
  return time != WD_TIME_NONE && time != WD_TIME_NEGATIVE_INFINITY && time != WD_TIME_INFINITY;
}

/**
 * wd_time_from_ms:
 * @milliseconds: since 1970, as somebody else says it
 *
 * Returns: that time; %WD_TIME_NONE for what is none, or too far away to be one
 */
WdTime
wd_time_from_ms (gint64 milliseconds)
{
  return milliseconds > 0 && milliseconds < G_MAXINT64 / 1000 ? milliseconds * 1000 : WD_TIME_NONE;
}

/* GDateTime keeps seconds as a double; the six digits are read apart so that none is rounded. */
static gint64
fraction_to_microseconds (const char *text)
{
  const char *dot = strchr (text, '.');
  gint64 value = 0, unit = 100000;

  if (dot == NULL)
    return 0;
  for (const char *p = dot + 1; g_ascii_isdigit (*p) && unit > 0; p++, unit /= 10)
    value += (*p - '0') * unit;
  return value;
}

/**
 * wd_time_parse:
 * @text: an RFC 3339 time, a date (`2026-11-23`, midnight UTC), `infinity` or `-infinity`
 * @end_of_day: read a bare date as its last microsecond instead
 * @time: (out): the time
 * @error: set to %WD_ERROR_INVALID_ARGUMENT
 *
 * A time without a zone is taken as UTC.
 */
gboolean
wd_time_parse (const char *text, gboolean end_of_day, WdTime *time, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) parsed = NULL;
  g_autofree char *whole = NULL;

  g_return_val_if_fail (text != NULL && time != NULL, FALSE);

  if (strcmp (text, "infinity") == 0 || strcmp (text, "-infinity") == 0)
    {
      *time = *text == '-' ? WD_TIME_NEGATIVE_INFINITY : WD_TIME_INFINITY;
      return TRUE;
    }
  if (strlen (text) == strlen ("2026-11-23"))
    whole = g_strconcat (text, end_of_day ? "T23:59:59.999999Z" : "T00:00:00Z", NULL);
  else
    whole = g_strdup (text);

  parsed = g_date_time_new_from_iso8601 (whole, utc);
  if (parsed == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not a time: use 2026-11-23 or 2026-11-23T14:00:00Z"), text);
      return FALSE;
    }
  *time = g_date_time_to_unix (parsed) * G_USEC_PER_SEC + fraction_to_microseconds (whole);
  return TRUE;
}

/**
 * wd_time_parse_typed:
 * @text: a day (`2026-11-23`) or a minute (`2026-11-23 14:00`) as people type it
 * @zone: in which they mean it
 * @end: the last microsecond of that day or minute, instead of its first
 *
 * Returns: that time; %WD_TIME_NONE for anything else
 */
WdTime
wd_time_parse_typed (const char *text, GTimeZone *zone, gboolean end)
{
  g_autoptr (GDateTime) first = NULL;
  g_autoptr (GDateTime) next = NULL;
  int year, month, day, hour = 0, minute = 0, length = 0, whole = 0;

  g_return_val_if_fail (text != NULL && zone != NULL, WD_TIME_NONE);

  if (sscanf (text, " %4d-%2d-%2d %n%2d:%2d %n", &year, &month, &day, &length, &hour, &minute,
              &whole) < 3)
    return WD_TIME_NONE;
  if (text[whole != 0 ? whole : length] != '\0')
    return WD_TIME_NONE;
  first = g_date_time_new (zone, year, month, day, hour, minute, 0);
  if (first == NULL)
    return WD_TIME_NONE;
  if (!end)
    return g_date_time_to_unix (first) * G_USEC_PER_SEC;
  next = whole != 0 ? g_date_time_add_minutes (first, 1) : g_date_time_add_days (first, 1);
  return g_date_time_to_unix (next) * G_USEC_PER_SEC - 1;
}

static char *
put_digits (char *p, gint64 value, guint n)
{
  for (guint i = n; i > 0; i--, value /= 10)
    p[i - 1] = (char) ('0' + value % 10);
  return p + n;
}

/* Of a second, without trailing zeros. */
static char *
put_fraction (char *p, gint64 micros)
{
  if (micros == 0)
    return p;
  *p++ = '.';
  p = put_digits (p, micros, 6);
  while (p[-1] == '0')
    p--;
  return p;
}

/**
 * wd_time_write_rfc3339:
 * @time: a time other than %WD_TIME_NONE
 * @buffer: (out caller-allocates): %WD_TIME_RFC3339_SIZE bytes
 *
 * As wd_time_to_rfc3339(), for whoever writes millions of them.
 */
void
wd_time_write_rfc3339 (WdTime time, char *buffer)
{
  static const gint64 first = G_GINT64_CONSTANT (-62135596800); /* 0001-01-01 */
  static const gint64 end = G_GINT64_CONSTANT (253402300800);   /* 10000-01-01 */
  gint64 micros = time % G_USEC_PER_SEC;
  gint64 whole = time / G_USEC_PER_SEC;
  gint64 days, second;
  WdDate date;
  char *p = buffer;

  g_return_if_fail (buffer != NULL && time != WD_TIME_NONE);

  if (micros < 0)
    {
      micros += G_USEC_PER_SEC;
      whole -= 1;
    }
  if (!wd_time_is_finite (time))
    {
      g_strlcpy (buffer, time == WD_TIME_INFINITY ? "infinity" : "-infinity",
                 WD_TIME_RFC3339_SIZE);
      return;
    }
  if (whole < first || whole >= end)
    {
      g_snprintf (buffer, WD_TIME_RFC3339_SIZE, "@%" G_GINT64_FORMAT, whole);
      return;
    }
  second = whole % SECONDS_PER_DAY;
  second += second < 0 ? SECONDS_PER_DAY : 0;
  days = (whole - second) / SECONDS_PER_DAY;
  date = wd_date_from_days (days);
  p = put_digits (p, date.year, 4);
  *p++ = '-';
  p = put_digits (p, date.month, 2);
  *p++ = '-';
  p = put_digits (p, date.day, 2);
  *p++ = 'T';
  p = put_digits (p, second / 3600, 2);
  *p++ = ':';
  p = put_digits (p, second / 60 % 60, 2);
  *p++ = ':';
  p = put_digits (p, second % 60, 2);
  p = put_fraction (p, micros);
  *p++ = 'Z';
  *p = '\0';
}

/**
 * wd_time_to_rfc3339:
 * @time: a time
 *
 * Returns: (transfer full) (nullable): RFC 3339 in UTC with up to six digits, no trailing zeros;
 *   `infinity` and `-infinity` as PostgreSQL writes them; %NULL for %WD_TIME_NONE
 */
char *
wd_time_to_rfc3339 (WdTime time)
{
  char buffer[WD_TIME_RFC3339_SIZE];

  if (time == WD_TIME_NONE)
    return NULL;
  wd_time_write_rfc3339 (time, buffer);
  return g_strdup (buffer);
}

/**
 * wd_deadline_in:
 * @milliseconds: from now
 *
 * Returns: the deadline, on the monotonic clock
 */
gint64
wd_deadline_in (guint milliseconds)
{
  return g_get_monotonic_time () + (gint64) milliseconds * 1000;
}

/**
 * wd_deadline_left_ms:
 * @deadline: from wd_deadline_in()
 *
 * Returns: milliseconds left, rounded up; 0 when it has passed
 */
int
wd_deadline_left_ms (gint64 deadline)
{
  gint64 left = deadline - g_get_monotonic_time ();

  return left <= 0 ? 0 : (int) MIN ((left + 999) / 1000, G_MAXINT);
}
