/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-format.h"

#include <glib/gi18n-lib.h>
#include <limits.h>
#include <string.h>

#include "base/wd-decimal.h"

#define ADDRESS_HEAD 6
#define ADDRESS_TAIL 5

/**
 * wd_format_address:
 * @address: an address or an id
 *
 * Returns: (transfer full): @address shortened in the middle (`TGxbgK…CAN3K`), whole when that
 *   saves nothing
 */
char *
wd_format_address (const char *address)
{
  g_autofree char *visible = NULL;
  glong length;

  g_return_val_if_fail (address != NULL, NULL);

  visible = wd_format_visible (address, 4096);
  length = g_utf8_strlen (visible, -1);
  if (length <= ADDRESS_HEAD + ADDRESS_TAIL + 2)
    return g_steal_pointer (&visible);
  return g_strdup_printf ("%.*s…%s",
                          (int) (g_utf8_offset_to_pointer (visible, ADDRESS_HEAD) - visible),
                          visible,
                          g_utf8_offset_to_pointer (visible, length - ADDRESS_TAIL));
}

/* Returns: whether a group ends before the digit that has @left digits to its right, itself in */
static gboolean
is_group_end (const char *grouping, gsize left)
{
  gsize size = 0, sum = 0;

  while (sum < left)
    {
      if (*grouping == CHAR_MAX)
        return FALSE;
      if (*grouping > 0)
        size = (gsize) *grouping++;
      if (size == 0)
        return FALSE;
      sum += size;
    }
  return sum == left;
}

/**
 * wd_format_number:
 * @decimal: a number as the database gave it
 * @format: how to write it
 *
 * Returns: (transfer full): every digit of it, zeros at the end of the fraction left out; anything
 *   that is no number as it came, made visible
 */
char *
wd_format_number (const char *decimal, const WdNumberFormat *format)
{
  g_autofree char *plain = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *p;
  gsize whole, end;

  g_return_val_if_fail (decimal != NULL && format != NULL, NULL);

  if (!wd_decimal_is_valid (decimal))
    return wd_format_visible (decimal, 256);
  plain = wd_decimal_expand (decimal);
  p = plain;
  if (*p == '-')
    {
      g_string_append (text, "−");
      p++;
    }
  whole = strcspn (p, ".");
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && is_group_end (format->grouping, whole - i))
        g_string_append (text, format->separator);
      g_string_append_c (text, p[i]);
    }
  end = strlen (p);
  while (end > whole && p[end - 1] == '0')
    end--;
  if (end > whole + 1)
    {
      g_string_append (text, format->point);
      g_string_append_len (text, p + whole + 1, end - whole - 1);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wd_format_amount:
 * @decimal: an amount as the database gave it
 *
 * Returns: (transfer full): the same as of wd_format_number(), thousands parted by a thin no-break
 *   space; in the window wd_text_amount() writes it as people prefer
 */
char *
wd_format_amount (const char *decimal)
{
  static const WdNumberFormat thin = { "\u202f", ".", "\003" };

  return wd_format_number (decimal, &thin);
}

/* Every span is a sentence of its own: languages bend its unit (“3 Tage”, “vor 3 Tagen”). */

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static char *
format_past (gint64 seconds)
{
  int days = (int) MIN (seconds / DAY, G_MAXINT);

  if (seconds < MINUTE)
    return g_strdup_printf (_("%d s ago"), (int) seconds);
  if (seconds < HOUR)
    return g_strdup_printf (_("%d min ago"), (int) (seconds / MINUTE));
  if (seconds < 2 * DAY)
    return g_strdup_printf (_("%d h ago"), (int) (seconds / HOUR));
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) days), days);
}

static char *
format_future (gint64 seconds)
{
  int days = (int) MIN (seconds / DAY, G_MAXINT);

  if (seconds < MINUTE)
    return g_strdup_printf (_("in %d s"), (int) seconds);
  if (seconds < HOUR)
    return g_strdup_printf (_("in %d min"), (int) (seconds / MINUTE));
  if (seconds < 2 * DAY)
    return g_strdup_printf (_("in %d h"), (int) (seconds / HOUR));
  return g_strdup_printf (ngettext ("in %d day", "in %d days", (gulong) days), days);
}

/**
 * wd_format_age:
 * @then: a time
 * @now: the present
 *
 * Returns: (transfer full): such as “2 s ago”; “never” for %WD_TIME_NONE; a time ahead of @now by
 *   more than a second is said to be so (clocks differ, and schedules lie ahead)
 */
char *
wd_format_age (WdTime then, WdTime now)
{
  gint64 seconds;

  if (then == WD_TIME_NONE)
    return g_strdup (_("never"));
  if (!wd_time_is_finite (then))
    return wd_time_to_rfc3339 (then);

  seconds = (now - then) / G_USEC_PER_SEC;
  return seconds < -1 ? format_future (-seconds) : format_past (MAX (seconds, 0));
}

/**
 * wd_format_duration:
 * @from: a start
 * @to: an end
 *
 * Returns: (transfer full): such as “1.7 s”, or “—” where one of the two is missing
 */
char *
wd_format_duration (WdTime from, WdTime to)
{
  gint64 ms, seconds;
  int days;

  if (!wd_time_is_finite (from) || !wd_time_is_finite (to) || to < from)
    return g_strdup ("—");
  ms = (to - from) / 1000;
  seconds = ms / 1000;
  days = (int) MIN (seconds / DAY, G_MAXINT);
  if (ms < 100)
    return g_strdup_printf (_("%d ms"), (int) ms);
  if (seconds < MINUTE)
    return g_strdup_printf (_("%d.%d s"), (int) seconds, (int) (ms % 1000 / 100));
  if (seconds < HOUR)
    return g_strdup_printf (_("%d min %d s"), (int) (seconds / MINUTE), (int) (seconds % MINUTE));
  if (seconds < 2 * DAY)
    return g_strdup_printf (_("%d h"), (int) (seconds / HOUR));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
}

/**
 * wd_format_time:
 * @time: a time
 * @zone: (nullable): %NULL is this machine's
 * @day: (nullable): how a day is written, for g_date_time_format(); %NULL is %WD_FORMAT_DAY
 *
 * Returns: (transfer full): the whole time to the millisecond with its zone, for tooltips and
 *   details; “—” for %WD_TIME_NONE
 */
char *
wd_format_time (WdTime time, GTimeZone *zone, const char *day)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) there = NULL;
  g_autofree char *date = NULL;
  g_autofree char *seconds = NULL;
  g_autofree char *offset = NULL;
  gint64 whole;

  if (time == WD_TIME_NONE)
    return g_strdup ("—");
  whole = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0);
  utc = wd_time_is_finite (time) ? g_date_time_new_from_unix_utc (whole) : NULL;
  if (utc == NULL)
    return wd_time_to_rfc3339 (time);
  there = zone ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  date = g_date_time_format (there, day != NULL ? day : WD_FORMAT_DAY);
  seconds = g_date_time_format (there, "%H:%M:%S");
  offset = g_date_time_format (there, "%:z");
  return g_strdup_printf ("%s %s.%03d %s", date, seconds,
                          (int) ((time - whole * G_USEC_PER_SEC) / 1000), offset);
}

static char *
format_in_zone (WdTime time, GTimeZone *zone, const char *format)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) there = NULL;

  if (wd_time_is_finite (time))
    utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  if (utc == NULL)
    return g_strdup ("—");
  there = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  return g_date_time_format (there, format);
}

/**
 * wd_format_minute:
 * @time: a time
 * @zone: (nullable): %NULL is this machine's
 * @day: (nullable): how a day is written, for g_date_time_format(); %NULL is %WD_FORMAT_DAY
 *
 * Returns: (transfer full): its day and minute there, such as “2026-03-12 14:02”; “—” for what is
 *   no time
 */
char *
wd_format_minute (WdTime time, GTimeZone *zone, const char *day)
{
  g_autofree char *format = g_strconcat (day != NULL ? day : WD_FORMAT_DAY, " %H:%M", NULL);

  return format_in_zone (time, zone, format);
}

/**
 * wd_format_clock:
 * @time: a time
 * @zone: (nullable): %NULL is this machine's
 *
 * Returns: (transfer full): its time of day there, such as “14:02:11”; “—” for what is no time
 */
char *
wd_format_clock (WdTime time, GTimeZone *zone)
{
  return format_in_zone (time, zone, "%H:%M:%S");
}

/**
 * wd_format_visible:
 * @text: text from a database, not trusted
 * @max_bytes: about how much of it to take
 *
 * Returns: (transfer full): valid UTF-8 on one line: control characters as their pictures
 *   (U+2400…), marks that reorder text as �, and an ellipsis where it was cut
 */
char *
wd_format_visible (const char *text, gsize max_bytes)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strnlen (text, max_bytes + 1);
  valid = g_utf8_make_valid (text, MIN (length, max_bytes));
  out = g_string_sized_new (strlen (valid) + 4);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x20)
        g_string_append_unichar (out, 0x2400 + c);
      else if (c == 0x7f)
        g_string_append_unichar (out, 0x2421);
      else if ((c >= 0x80 && c < 0xa0) || (c >= 0x202a && c <= 0x202e)
               || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x2028
               || c == 0x2029)
        g_string_append_unichar (out, 0xfffd);
      else
        g_string_append_unichar (out, c);
    }
  if (length > max_bytes)
    g_string_append (out, "…");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * wd_format_count:
 * @count: a number of things
 * @format: (nullable): how to write it; %NULL for digits alone
 *
 * Returns: (transfer full): the number
 */
char *
wd_format_count (gint64 count, const WdNumberFormat *format)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  return format != NULL ? wd_format_number (digits, format) : g_steal_pointer (&digits);
}
