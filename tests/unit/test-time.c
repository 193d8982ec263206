/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "base/wd-time.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
test_parse (void)
{
  static const struct {
    const char *text;
    gboolean end_of_day;
    WdTime time;
  } table[] = {
    { "1970-01-01T00:00:00Z", FALSE, 0 },
    { "1970-01-01", FALSE, 0 },
    { "1970-01-01", TRUE, 86400 * SECOND - 1 },
    { "2026-11-23T12:00:00.123456Z", FALSE, 1795435200123456 },
    { "2026-11-23T12:00:00.1+00:00", FALSE, 1795435200100000 },
    { "2026-11-23T13:30:00+01:30", FALSE, 1795435200000000 },
    { "2026-11-23T12:00:00", FALSE, 1795435200000000 },
    { "infinity", FALSE, WD_TIME_INFINITY },
    { "-infinity", FALSE, WD_TIME_NEGATIVE_INFINITY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      WdTime time;

      g_assert_true (wd_time_parse (table[i].text, table[i].end_of_day, &time, &error));
      g_assert_no_error (error);
      g_assert_cmpint (time, ==, table[i].time);
    }
}

static void
test_parse_refuses (void)
{
  static const char *const table[] = { "", "yesterday", "2026-13-01", "2026-11-23T25:00:00Z",
                                       "23.11.2026", "0000000000" };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      WdTime time;

      g_assert_false (wd_time_parse (table[i], FALSE, &time, &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_rfc3339 (void)
{
  static const struct {
    WdTime time;
    const char *text;
  } table[] = {
    { 0, "1970-01-01T00:00:00Z" },
    { 1795435200123456, "2026-11-23T12:00:00.123456Z" },
    { 1795435200100000, "2026-11-23T12:00:00.1Z" },
    { -1, "1969-12-31T23:59:59.999999Z" },
    { WD_TIME_INFINITY, "infinity" },
    { WD_TIME_NEGATIVE_INFINITY, "-infinity" },
    { WD_TIME_NONE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = wd_time_to_rfc3339 (table[i].time);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_from_ms (void)
{
  static const struct {
    gint64 milliseconds;
    WdTime time;
  } cases[] = {
    { 1, 1000 },
    { 1767225600123, 1767225600123000 },
    { G_MAXINT64 / 1000 - 1, (G_MAXINT64 / 1000 - 1) * 1000 },
    { G_MAXINT64 / 1000 + 1, WD_TIME_NONE },
    { G_MAXINT64, WD_TIME_NONE },
    { 0, WD_TIME_NONE },
    { -1, WD_TIME_NONE },
    { G_MININT64, WD_TIME_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (wd_time_from_ms (cases[i].milliseconds), ==, cases[i].time);
}

static void
test_age (void)
{
  static const struct {
    gint64 seconds;
    const char *text;
  } table[] = {
    { 0, "0 s ago" },
    { 2, "2 s ago" },
    { 59, "59 s ago" },
    { 60, "1 min ago" },
    { 3600, "1 h ago" },
    { 47 * 3600, "47 h ago" },
    { 48 * 3600, "2 days ago" },
    { -1, "0 s ago" },
    { -300, "in 5 min" },
  };
  WdTime now = 1795435200000000;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = wd_format_age (now - table[i].seconds * SECOND, now);

      g_assert_cmpstr (text, ==, table[i].text);
    }
  {
    g_autofree char *never = wd_format_age (WD_TIME_NONE, now);

    g_assert_cmpstr (never, ==, "never");
  }
}

static void
test_visible (void)
{
  static const char *const table[][2] = {
    { "plain", "plain" },
    { "a\nb\tc", "a␊b␉c" },
    { "esc\033[31m", "esc␛[31m" },
    { "\xe2\x80\xae" "evil", "\xef\xbf\xbd" "evil" },
    { "caf\xc3\xa9", "caf\xc3\xa9" },
    { "bad\xff", "bad\xef\xbf\xbd" },
    { "0123456789", "0123456789" },
    { "01234567890", "0123456789…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = wd_format_visible (table[i][0], 10);

      g_assert_cmpstr (text, ==, table[i][1]);
    }
}

static void
test_address (void)
{
  g_autofree char *cut = wd_format_address ("TGxbgKF7sLQp4nRzXkYvBd9eWcHjMuCAN3");
  g_autofree char *whole = wd_format_address ("0x12345678");

  g_assert_cmpstr (cut, ==, "TGxbgK…uCAN3");
  g_assert_cmpstr (whole, ==, "0x12345678");
}

static void
test_number (void)
{
  static const WdNumberFormat thin = { "\u202f", ".", "\003" };
  static const WdNumberFormat comma = { ",", ".", "\003" };
  static const WdNumberFormat german = { ".", ",", "\003" };
  static const WdNumberFormat indian = { ",", ".", "\003\002" };
  static const WdNumberFormat once = { "'", ".", "\003\177" };
  static const WdNumberFormat none = { "", ".", "" };
  static const struct {
    const WdNumberFormat *format;
    const char *number;
    const char *text;
  } table[] = {
    { &thin, "0", "0" },
    { &thin, "999", "999" },
    { &thin, "1000", "1\u202f000" },
    { &thin, "1234567.890", "1\u202f234\u202f567.89" },
    { &thin, "-1000.0", "−1\u202f000" },
    { &thin, "0.000000000000000001", "0.000000000000000001" },
    { &thin, "1e3", "1\u202f000" },
    { &thin, "NaN", "NaN" },
    { &thin, "12\n", "12␊" },
    { &comma, "48211907.604417000000000001", "48,211,907.604417000000000001" },
    { &german, "1234567.5", "1.234.567,5" },
    { &german, "100", "100" },
    { &indian, "1234567890.25", "1,23,45,67,890.25" },
    { &indian, "1000", "1,000" },
    { &once, "1234567890", "1234567'890" },
    { &none, "1234567.50", "1234567.5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = wd_format_number (table[i].number, table[i].format);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_zones (void)
{
  static const struct {
    const char *zone;
    WdTime time;
    const char *text;
    const char *clock;
  } table[] = {
    { "UTC", 1795435200123456, "2026-11-23 12:00:00.123 +00:00", "12:00:00" },
    { "Europe/Berlin", 1795435200123456, "2026-11-23 13:00:00.123 +01:00", "13:00:00" },
    { "Asia/Kolkata", 1795435200000000, "2026-11-23 17:30:00.000 +05:30", "17:30:00" },
    { "America/New_York", 1795435200000000, "2026-11-23 07:00:00.000 -05:00", "07:00:00" },
    /* The hour that summer time repeats. */
    { "Europe/Berlin", 1792888200 * SECOND, "2026-10-25 02:30:00.000 +02:00", "02:30:00" },
    { "Europe/Berlin", 1792891800 * SECOND, "2026-10-25 02:30:00.000 +01:00", "02:30:00" },
    { "UTC", WD_TIME_NONE, "—", "—" },
    { "UTC", WD_TIME_INFINITY, "infinity", "—" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (table[i].zone);
      g_autofree char *text = NULL;
      g_autofree char *clock = NULL;

      g_assert_nonnull (zone);
      text = wd_format_time (table[i].time, zone, NULL);
      clock = wd_format_clock (table[i].time, zone);
      g_assert_cmpstr (text, ==, table[i].text);
      g_assert_cmpstr (clock, ==, table[i].clock);
    }
}

static void
test_typed (void)
{
  static const struct {
    const char *text;
    const char *zone;
    gboolean end;
    WdTime time;
  } table[] = {
    { "2026-11-23", "UTC", FALSE, 1795392000 * SECOND },
    { "2026-11-23", "UTC", TRUE, 1795392000 * SECOND + 86400 * SECOND - 1 },
    { "2026-11-23", "Europe/Berlin", FALSE, (1795392000 - 3600) * SECOND },
    { " 2026-11-23 14:00 ", "Europe/Berlin", FALSE, (1795392000 + 13 * 3600) * SECOND },
    { "2026-11-23 14:00", "Europe/Berlin", TRUE, (1795392000 + 13 * 3600 + 60) * SECOND - 1 },
    /* A day of 25 hours. */
    { "2026-10-25", "Europe/Berlin", TRUE, 1792969200 * SECOND - 1 },
    { "2026-11-23 14", "UTC", FALSE, WD_TIME_NONE },
    { "2026-11-23 25:00", "UTC", FALSE, WD_TIME_NONE },
    { "2026-11-31", "UTC", FALSE, WD_TIME_NONE },
    { "23.11.2026", "UTC", FALSE, WD_TIME_NONE },
    { "", "UTC", FALSE, WD_TIME_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (table[i].zone);

      g_test_message ("%s in %s", table[i].text, table[i].zone);
      g_assert_cmpint (wd_time_parse_typed (table[i].text, zone, table[i].end), ==, table[i].time);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/time/rfc3339", test_rfc3339);
  g_test_add_func ("/time/from-ms", test_from_ms);
  g_test_add_func ("/format/age", test_age);
  g_test_add_func ("/time/typed", test_typed);
  g_test_add_func ("/format/number", test_number);
  g_test_add_func ("/format/zones", test_zones);
  g_test_add_func ("/format/visible", test_visible);
  g_test_add_func ("/format/address", test_address);
  return g_test_run ();
}
