/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When nobody wants to be told, by tables: over midnight, and where clocks change. */

#include <gio/gio.h>

#include "session/wd-alert-engine.h"

/* Far too much. Returns: (transfer full): what has changed; a bang where people are told */
static char *
feed (WdAlertEngine *engine, WdAlertMetric metric, WdTime now)
{
  g_autoptr (WdReading) reading = wd_reading_new ();
  g_autoptr (GPtrArray) changes = NULL;
  const WdAlertChange *change;

  wd_reading_set (reading, metric, "", 100);
  changes = wd_alert_engine_feed (engine, reading, now);
  g_assert_cmpuint (changes->len, <=, 1);
  if (changes->len == 0)
    return g_strdup ("");
  change = changes->pdata[0];
  return g_strconcat (wd_alert_event_word (change->event), change->notify ? "!" : "", NULL);
}

/* Local time; from and to; whether what is critical is told; when it opens, when it is told. */
static void
test_quiet_hours (void)
{
  static const struct {
    const char *zone;
    int from, to;
    gboolean critical;
    WdAlertMetric metric;
    const char *opens;
    const char *still;
    const char *expected[2];
  } cases[] = {
    { "UTC", 22, 7, FALSE, WD_ALERT_FAILED_JOBS, "2026-11-26T21:59:00Z", "2026-11-26T22:01:00Z",
      { "opened!", "" } },
    { "UTC", 22, 7, FALSE, WD_ALERT_FAILED_JOBS, "2026-11-26T22:00:00Z", "2026-11-27T06:59:00Z",
      { "opened", "" } },
    { "UTC", 22, 7, FALSE, WD_ALERT_FAILED_JOBS, "2026-11-26T22:00:00Z", "2026-11-27T07:00:00Z",
      { "opened", "still!" } },
    { "UTC", 12, 13, FALSE, WD_ALERT_FAILED_JOBS, "2026-11-26T12:30:00Z", "2026-11-26T13:00:00Z",
      { "opened", "still!" } },
    { "UTC", 0, 0, FALSE, WD_ALERT_FAILED_JOBS, "2026-11-26T12:30:00Z", "2026-11-26T23:00:00Z",
      { "opened", "" } },
    { "UTC", 22, 7, TRUE, WD_ALERT_UNDELIVERED, "2026-11-26T23:00:00Z", "2026-11-26T23:01:00Z",
      { "opened!", "" } },
    { "UTC", 22, 7, FALSE, WD_ALERT_UNDELIVERED, "2026-11-26T23:00:00Z", "2026-11-27T07:00:00Z",
      { "opened", "still!" } },
    { "UTC", 22, 7, TRUE, WD_ALERT_FAILED_JOBS, "2026-11-26T23:00:00Z", "2026-11-26T23:01:00Z",
      { "opened", "" } },
    { "Europe/Berlin", 22, 7, FALSE, WD_ALERT_FAILED_JOBS, "2026-11-26T21:00:00Z",
      "2026-11-27T06:00:00Z", { "opened", "still!" } },
    /* In the night of 25 October 2026 clocks go back at 3:00, in that of 29 March forward at
     * 2:00: seven o'clock is an hour later, or earlier. */
    { "Europe/Berlin", 22, 7, FALSE, WD_ALERT_FAILED_JOBS, "2026-10-24T20:00:00Z",
      "2026-10-25T05:59:00Z", { "opened", "" } },
    { "Europe/Berlin", 22, 7, FALSE, WD_ALERT_FAILED_JOBS, "2026-10-24T20:00:00Z",
      "2026-10-25T06:00:00Z", { "opened", "still!" } },
    { "Europe/Berlin", 22, 7, FALSE, WD_ALERT_FAILED_JOBS, "2026-03-28T21:00:00Z",
      "2026-03-29T05:00:00Z", { "opened", "still!" } },
    { "Europe/Berlin", 2, 3, FALSE, WD_ALERT_FAILED_JOBS, "2026-03-29T01:00:00Z",
      "2026-03-29T01:01:00Z", { "opened!", "" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      g_autoptr (WdAlertRules) rules = wd_alert_rules_create ();
      g_autoptr (WdAlertEngine) engine = wd_alert_engine_new (TRUE);
      const char *const times[] = { cases[i].opens, cases[i].still };

      g_assert_nonnull (zone);
      rules->quiet = (WdQuietHours) { TRUE, cases[i].from * 60, cases[i].to * 60,
                                      cases[i].critical };
      rules->rules[cases[i].metric].hold = 0;
      wd_alert_engine_set_rules (engine, rules);
      wd_alert_engine_set_zone (engine, zone);
      for (guint k = 0; k < 2; k++)
        {
          g_autofree char *words = NULL;
          WdTime now;

          g_assert_true (wd_time_parse (times[k], FALSE, &now, NULL));
          words = feed (engine, cases[i].metric, now);
          g_test_message ("case %u, %s", i, times[k]);
          g_assert_cmpstr (words, ==, cases[i].expected[k]);
        }
    }
}

static void
test_next_day (void)
{
  static const struct {
    const char *zone;
    const char *now;
    int minute;
    const char *expected;
  } cases[] = {
    { "UTC", "2026-11-26T07:00:00Z", 480, "2026-11-27T08:00:00Z" },
    { "UTC", "2026-12-31T23:59:00Z", 480, "2027-01-01T08:00:00Z" },
    { "Europe/Berlin", "2026-11-26T23:30:00Z", 480, "2026-11-28T07:00:00Z" },
    { "Europe/Berlin", "2026-03-28T12:00:00Z", 480, "2026-03-29T06:00:00Z" },
    { "Europe/Berlin", "2026-10-24T12:00:00Z", 480, "2026-10-25T07:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      g_autofree char *text = NULL;
      WdTime now;

      g_assert_true (wd_time_parse (cases[i].now, FALSE, &now, NULL));
      text = wd_time_to_rfc3339 (wd_quiet_hours_next (cases[i].minute, now, zone));
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_times_of_day (void)
{
  static const struct {
    const char *text;
    int minute;
  } cases[] = {
    { "00:00", 0 }, { "7:05", 425 }, { " 23:59 ", 1439 }, { "24:00", -1 }, { "12:60", -1 },
    { "12", -1 }, { "12:00x", -1 }, { "", -1 }, { "-1:00", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int minute = -1;

      g_assert_cmpint (wd_quiet_hours_parse (cases[i].text, &minute), ==, cases[i].minute >= 0);
      g_assert_cmpint (minute, ==, cases[i].minute);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quiet-hours/alerts", test_quiet_hours);
  g_test_add_func ("/quiet-hours/next-day", test_next_day);
  g_test_add_func ("/quiet-hours/times-of-day", test_times_of_day);
  return g_test_run ();
}
