/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-filter-time.h"

#include <string.h>

#define SECOND G_USEC_PER_SEC
#define MINUTE (60 * (gint64) SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* A century: what is longer ago is said by its date. */
#define MAX_AGO (36525 * DAY)

/* 1000-01-02 and 9999-12-30, UTC: the years of four digits in every zone. */
#define EARLIEST (G_GINT64_CONSTANT (-30610137600) * SECOND)
#define LATEST   (G_GINT64_CONSTANT (253402128000) * SECOND)

/* From the largest; weeks are read, and written as days. */
static const struct {
  char letter;
  gint64 length;
  gint64 least; /* shorter ones are written in the next unit */
} units[] = {
  { 'w', 7 * DAY, G_MAXINT64 }, { 'd', DAY, 2 * DAY }, { 'h', HOUR, HOUR },
  { 'm', MINUTE, MINUTE },      { 's', SECOND, SECOND },
};

/* Whether @text is of this form: 0 stands for a digit, everything else for itself. */
static gboolean
has_form (const char *text, const char *form)
{
  for (; *form != '\0'; form++, text++)
    if (*form == '0' ? !g_ascii_isdigit (*text) : *form != *text)
      return FALSE;
  return *text == '\0';
}

static gboolean
read_ago (const char *text, WdTime now, WdFilterTime *time)
{
  gint64 number = 0;

  if (*text++ != '-' || !g_ascii_isdigit (*text))
    return FALSE;
  for (; g_ascii_isdigit (*text) && number <= MAX_AGO / SECOND; text++)
    number = number * 10 + (*text - '0');
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (units[i].letter == *text && text[1] == '\0' && number > 0
        && number <= MAX_AGO / units[i].length)
      {
        time->ago = number * units[i].length;
        time->first = time->last = now - time->ago;
        return TRUE;
      }
  return FALSE;
}

/* Days and minutes are those of the zone. */
static gboolean
read_typed (const char *text, GTimeZone *zone, WdFilterTime *time)
{
  g_autofree char *spaced = NULL;

  if (!has_form (text, "0000-00-00") && !has_form (text, "0000-00-00T00:00")
      && !has_form (text, "0000-00-00 00:00"))
    return FALSE;
  spaced = g_strdelimit (g_strdup (text), "T", ' ');
  time->first = wd_time_parse_typed (spaced, zone, FALSE);
  time->last = wd_time_parse_typed (spaced, zone, TRUE);
  return time->first != WD_TIME_NONE && time->last != WD_TIME_NONE;
}

/* With seconds, and the zone in the text. */
static gboolean
read_instant (const char *text, WdFilterTime *time)
{
  g_autofree char *start = g_strndup (text, strlen ("2026-11-23T14:00:00"));
  const char *rest = text + strlen (start);

  if (!has_form (start, "0000-00-00T00:00:00"))
    return FALSE;
  if (*rest == '.' && g_ascii_isdigit (rest[1]))
    rest += 1 + strspn (rest + 1, "0123456789");
  if (!has_form (rest, "Z") && !has_form (rest, "+00:00") && !has_form (rest, "-00:00"))
    return FALSE;
  if (!wd_time_parse (text, FALSE, &time->first, NULL))
    return FALSE;
  time->last = time->first;
  return TRUE;
}

/**
 * wd_filter_time_read:
 * @text: `2026-11-23`, `2026-11-23T14:00`, an RFC 3339 time, `-24h`, `infinity` or `-infinity`
 * @zone: the zone of days and minutes
 * @now: what `-24h` counts from
 * @time: (out): the time
 *
 * Returns: whether it is one
 */
gboolean
wd_filter_time_read (const char *text, GTimeZone *zone, WdTime now, WdFilterTime *time)
{
  g_return_val_if_fail (text != NULL && zone != NULL && time != NULL, FALSE);

  *time = (WdFilterTime) { 0 };
  if (strcmp (text, "infinity") == 0 || strcmp (text, "-infinity") == 0)
    {
      time->first = time->last = *text == '-' ? WD_TIME_NEGATIVE_INFINITY : WD_TIME_INFINITY;
      return TRUE;
    }
  return (read_ago (text, now, time) || read_typed (text, zone, time) || read_instant (text, time))
         && time->first >= EARLIEST && time->last < LATEST;
}

static char *
write_ago (gint64 ago)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (ago >= units[i].least && ago % units[i].length == 0)
      return g_strdup_printf ("-%" G_GINT64_FORMAT "%c", ago / units[i].length, units[i].letter);
  return g_strdup_printf ("-%" G_GINT64_FORMAT "s", MAX (ago / SECOND, 1));
}

/**
 * wd_filter_time_write:
 * @time: a time of the years 1 to 9999, or one of the infinities
 * @ago: microseconds before now instead, in whole seconds; 0 for @time
 * @last: as the end of a range: the last microsecond of a day or minute is that day or minute
 * @zone: the zone of days and minutes
 *
 * Returns: (transfer full): the shortest text that wd_filter_time_read() reads as the same
 */
char *
wd_filter_time_write (WdTime time, gint64 ago, gboolean last, GTimeZone *zone)
{
  static const char *const forms[] = { "%Y-%m-%d", "%Y-%m-%dT%H:%M" };
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  if (ago > 0)
    return write_ago (ago);
  if (wd_time_is_finite (time))
    utc = g_date_time_new_from_unix_utc (time / SECOND);
  if (utc != NULL)
    local = g_date_time_to_timezone (utc, zone);
  for (gsize i = 0; local != NULL && i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *text = g_date_time_format (local, forms[i]);
      WdFilterTime back;

      if (text != NULL && read_typed (text, zone, &back)
          && (last ? back.last : back.first) == time)
        return g_steal_pointer (&text);
    }
  return wd_time_to_rfc3339 (time);
}
