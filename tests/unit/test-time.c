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

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/time/rfc3339", test_rfc3339);
  g_test_add_func ("/format/age", test_age);
  g_test_add_func ("/format/visible", test_visible);
  g_test_add_func ("/format/address", test_address);
  return g_test_run ();
}
