/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-time.h"

#include <string.h>

#include "base/wd-date.h"

#define SECONDS_PER_DAY (24 * 60 * 60)

static gboolean
read_digits (const char **text, guint least, guint most, gint64 *value)
{
  guint n = 0;

  *value = 0;
  for (; g_ascii_isdigit (**text) && n < most; n++, (*text)++)
    *value = *value * 10 + (**text - '0');
  return n >= least;
}

static gboolean
read_date (const char **text, WdDate *date)
{
  gint64 month, day;

  if (!read_digits (text, 4, 7, &date->year) || *(*text)++ != '-'
      || !read_digits (text, 2, 2, &month) || *(*text)++ != '-' || !read_digits (text, 2, 2, &day))
    return FALSE;
  date->month = (int) month;
  date->day = (int) day;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* hh, hh:mm or hh:mm:ss, as seconds. */
static gboolean
read_clock (const char **text, gint64 *seconds)
{
  gint64 part, unit = 60 * 60;

  *seconds = 0;
  do
    {
      if (!read_digits (text, 2, 2, &part) || part >= 61)
        return FALSE;
      *seconds += part * unit;
      unit /= 60;
    }
  while (unit > 0 && **text == ':' && (*text)++ != NULL);
  return TRUE;
}

static gint64
read_fraction (const char **text)
{
  gint64 micros = 0, unit = 100000;

  if (**text != '.')
    return 0;
  for ((*text)++; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    micros += (**text - '0') * unit;
  return micros;
}

/* The server's last years do not fit 64 bits of microseconds since 1970: they become the latest
 * time that is still finite. */
static WdTime
join (gint64 days, gint64 seconds, gint64 micros)
{
  gint64 whole = days * SECONDS_PER_DAY + seconds;

  if (whole >= WD_TIME_INFINITY / G_USEC_PER_SEC)
    return WD_TIME_INFINITY - 1;
  return whole * G_USEC_PER_SEC + micros;
}

/**
 * wd_pg_time_parse:
 * @text: a `timestamptz`, `timestamp` or `date` as the server writes it with DateStyle ISO
 * @time: (out): the time, exact to the microsecond
 *
 * Returns: whether @text is such a time; without a zone it is taken as UTC
 */
gboolean
wd_pg_time_parse (const char *text, WdTime *time)
{
  const char *p = text;
  gint64 seconds = 0, micros = 0, offset = 0;
  WdDate date;

  g_return_val_if_fail (text != NULL && time != NULL, FALSE);

  if (strcmp (text, "infinity") == 0 || strcmp (text, "-infinity") == 0)
    {
      *time = *text == '-' ? WD_TIME_NEGATIVE_INFINITY : WD_TIME_INFINITY;
      return TRUE;
    }
  if (!read_date (&p, &date))
    return FALSE;
  if (*p == ' ' && g_ascii_isdigit (p[1]))
    {
      p++;
      if (!read_clock (&p, &seconds))
        return FALSE;
      micros = read_fraction (&p);
    }
  if (*p == '+' || *p == '-')
    {
      gboolean east = *p++ == '+';

      if (!read_clock (&p, &offset))
        return FALSE;
      offset = east ? offset : -offset;
    }
  if (strcmp (p, " BC") == 0)
    {
      date.year = 1 - date.year;
      p += strlen (" BC");
    }
  if (*p != '\0')
    return FALSE;
  *time = join (wd_date_to_days (date), seconds - offset, micros);
  return TRUE;
}

/**
 * wd_pg_time_format:
 * @time: a time
 *
 * Returns: (transfer full) (nullable): what the server reads as exactly @time, in UTC; %NULL for
 *   %WD_TIME_NONE
 */
char *
wd_pg_time_format (WdTime time)
{
  const gint64 per_day = (gint64) SECONDS_PER_DAY * G_USEC_PER_SEC;
  gint64 days, left, seconds;
  WdDate date;

  if (time == WD_TIME_NONE)
    return NULL;
  if (!wd_time_is_finite (time))
    return g_strdup (time == WD_TIME_INFINITY ? "infinity" : "-infinity");

  days = time / per_day - (time % per_day < 0 ? 1 : 0);
  left = time - days * per_day;
  seconds = left / G_USEC_PER_SEC;
  date = wd_date_from_days (days);
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d.%06d+00%s",
                          (int) (date.year > 0 ? date.year : 1 - date.year), date.month, date.day,
                          (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60),
                          (int) (left % G_USEC_PER_SEC), date.year > 0 ? "" : " BC");
}
