/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-time.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/wd-error.h"

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
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *seconds = NULL;
  gint64 whole, micros;
  char digits[8];
  gsize n;

  if (time == WD_TIME_NONE)
    return NULL;
  if (!wd_time_is_finite (time))
    return g_strdup (time == WD_TIME_INFINITY ? "infinity" : "-infinity");

  whole = time / G_USEC_PER_SEC;
  micros = time % G_USEC_PER_SEC;
  if (micros < 0)
    {
      micros += G_USEC_PER_SEC;
      whole -= 1;
    }
  date = g_date_time_new_from_unix_utc (whole);
  if (date == NULL)
    return g_strdup_printf ("@%" G_GINT64_FORMAT, whole);
  seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  if (micros == 0)
    return g_strconcat (seconds, "Z", NULL);
  g_snprintf (digits, sizeof digits, "%06d", (int) micros);
  for (n = 6; digits[n - 1] == '0'; n--)
    digits[n - 1] = '\0';
  return g_strconcat (seconds, ".", digits, "Z", NULL);
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
