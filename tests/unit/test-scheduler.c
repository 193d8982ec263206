/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of schedulers and limits. */

#include "base/wd-error.h"
#include "model/wd-cron-words.h"
#include "model/wd-queue-limits.h"
#include "model/wd-scheduler.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define NOW    (1795000000 * SECOND)

static const struct {
  const char *pattern;
  const char *words;         /* (nullable): not simple */
} patterns[] = {
  { "* * * * *", "every minute" },
  { "*/5 * * * *", "every 5 minutes" },
  { "*/1 * * * *", "every minute" },
  { "*/7 * * * *", NULL },
  { "*/10 * * * * *", "every 10 seconds" },
  { "* * * * * *", "every second" },
  { "0 */5 * * * *", "every 5 minutes" },
  { "30 */5 * * * *", NULL },
  { "0 * * * *", "every hour" },
  { "5 * * * *", "every hour at minute 05" },
  { "0 */2 * * *", "every 2 hours" },
  { "30 */2 * * *", NULL },
  { "0 */5 * * *", NULL },
  { "* */2 * * *", NULL },
  { "0 2 * * *", "every day at 02:00" },
  { "  0  2 * * *  ", "every day at 02:00" },
  { "0 30 23 * * *", "every day at 23:30" },
  { "15 30 23 * * *", NULL },
  { "0 8 * * 1", "every Monday at 08:00" },
  { "0 8 * * MON", "every Monday at 08:00" },
  { "0 8 * * 0", "every Sunday at 08:00" },
  { "0 8 * * 7", "every Sunday at 08:00" },
  { "0 8 * * 1-5", NULL },
  { "0 8 1 * *", "on day 1 of every month at 08:00" },
  { "0 8 1 * 1", NULL },
  { "0 8 1 6 *", NULL },
  { "0 8 ? * *", "every day at 08:00" },
  { "* * * * 1", NULL },
  { "* 3 * * *", NULL },
  { "0 0 L * *", NULL },
  { "60 * * * *", NULL },
  { "0 24 * * *", NULL },
  { "@daily", NULL },
  { "", NULL },
  { "every day", NULL },
};

static void
test_patterns (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autofree char *words = wd_cron_words (patterns[i].pattern);

      g_test_message ("%s", patterns[i].pattern);
      g_assert_cmpstr (words, ==, patterns[i].words);
    }
}

static const struct {
  gint64 every;
  const char *words;
} intervals[] = {
  { 1, "every 0.001 seconds" },       { 250, "every 0.250 seconds" },
  { 1000, "every second" },           { 1500, "every 1.500 seconds" },
  { 60000, "every minute" },          { 90000, "every 90 seconds" },
  { 3600000, "every hour" },          { 5400000, "every 90 minutes" },
  { 86400000, "every day" },          { 2 * 86400000, "every 2 days" },
};

static void
test_intervals (void)
{
  g_autoptr (WdScheduler) scheduler = wd_scheduler_new ();
  g_autofree char *zoned = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      g_autofree char *words = NULL;

      scheduler->every = intervals[i].every;
      words = wd_scheduler_describe_schedule (scheduler);
      g_assert_cmpstr (words, ==, intervals[i].words);
    }
  scheduler->every = 0;
  scheduler->pattern = g_strdup ("0 2 * * *");
  scheduler->tz = g_strdup ("Europe/Berlin");
  zoned = wd_scheduler_describe_schedule (scheduler);
  g_assert_cmpstr (zoned, ==, "every day at 02:00 (Europe/Berlin)");
}

static const struct {
  const char *name;
  WdSchedulerState state;
  gint64 late;               /* seconds */
  gint64 workers;
  gboolean paused;
  gboolean is_defined;
  gboolean is_legacy;
  const char *begins;        /* (nullable): what is said; nothing is odd */
} oddities[] = {
  { "in time", WD_SCHEDULER_DELAYED, -60, 1, FALSE, TRUE, FALSE, NULL },
  { "no worker, but not due", WD_SCHEDULER_DELAYED, -60, 0, FALSE, TRUE, FALSE, NULL },
  { "due a moment", WD_SCHEDULER_DELAYED, 15, 0, FALSE, TRUE, FALSE, NULL },
  { "nobody there", WD_SCHEDULER_DELAYED, 16, 0, FALSE, TRUE, FALSE,
    "Due 16 s ago, but no worker is connected" },
  { "nobody notices", WD_SCHEDULER_DELAYED, 16, 2, FALSE, TRUE, FALSE,
    "Due 16 s ago, but no worker has noticed" },
  { "nobody seen", WD_SCHEDULER_DELAYED, 16, -1, FALSE, TRUE, FALSE,
    "Due 16 s ago, but no worker has noticed" },
  { "in the list", WD_SCHEDULER_WAITING, 60, 2, FALSE, TRUE, FALSE, NULL },
  { "long in the list", WD_SCHEDULER_WAITING, 61, 2, FALSE, TRUE, FALSE,
    "Due 1 min ago: it waits behind" },
  { "paused", WD_SCHEDULER_WAITING, 61, 2, TRUE, TRUE, FALSE, "Due 1 min ago: it runs when" },
  { "running", WD_SCHEDULER_ACTIVE, 9000, 2, FALSE, TRUE, FALSE, NULL },
  { "not known", WD_SCHEDULER_UNKNOWN, 9000, 2, FALSE, TRUE, FALSE, NULL },
  { "at its end", WD_SCHEDULER_ENDED, 9000, 2, FALSE, TRUE, FALSE, "It has ended" },
  { "chain broken", WD_SCHEDULER_BROKEN, -60, 2, FALSE, TRUE, FALSE, "Its next job is gone" },
  { "without a definition", WD_SCHEDULER_DELAYED, -60, 2, FALSE, FALSE, TRUE,
    "The queue does not say" },
  { "of old", WD_SCHEDULER_DELAYED, -60, 2, FALSE, TRUE, TRUE, "A repeatable job" },
};

static void
test_oddities (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (oddities); i++)
    {
      g_autoptr (WdScheduler) scheduler = wd_scheduler_new ();
      g_autoptr (WdSchedulerPage) page = wd_scheduler_page_create ();
      g_autofree char *text = NULL;

      g_test_message ("%s", oddities[i].name);
      scheduler->state = oddities[i].state;
      scheduler->next = NOW - oddities[i].late * SECOND;
      scheduler->is_defined = oddities[i].is_defined;
      scheduler->is_legacy = oddities[i].is_legacy;
      page->now = NOW;
      page->workers = oddities[i].workers;
      page->paused = oddities[i].paused;
      text = wd_scheduler_describe_oddity (scheduler, page);
      if (oddities[i].begins == NULL)
        g_assert_cmpstr (text, ==, NULL);
      else
        g_assert_true (text != NULL && g_str_has_prefix (text, oddities[i].begins));
    }
}

static const struct {
  WdQueueLimits limits;
  const char *text;          /* (nullable) */
  gboolean is_odd;
  gboolean may_be_set;
} limits[] = {
  { { 0, 0, 0 }, NULL, FALSE, TRUE },
  { { 1, 0, 0 }, "at most 1 at once", FALSE, TRUE },
  { { 0, 10, 60000 }, "at most 10 in 60 s", FALSE, TRUE },
  { { 5, 10, 1500 }, "at most 5 at once · at most 10 in 1.5 s", FALSE, TRUE },
  { { 5, 10, 1 }, "at most 5 at once · at most 10 in 0.001 s", FALSE, TRUE },
  { { WD_QUEUE_LIMIT_BROKEN, 0, 0 }, NULL, TRUE, FALSE },
  { { 0, 10, 0 }, NULL, TRUE, FALSE },
  { { 0, 0, 1000 }, NULL, TRUE, FALSE },
  { { 0, WD_QUEUE_LIMIT_BROKEN, 1000 }, NULL, TRUE, FALSE },
  { { WD_QUEUE_CONCURRENCY_MAX + 1, 0, 0 }, "at most 100001 at once", FALSE, FALSE },
  { { 0, WD_QUEUE_RATE_MAX + 1, 1000 }, "at most 1000001 in 1 s", FALSE, FALSE },
  { { 0, 1, WD_QUEUE_RATE_MS_MAX + 1 }, "at most 1 in 86400.001 s", FALSE, FALSE },
};

static void
test_limits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *text = wd_queue_limits_describe (&limits[i].limits);
      g_autofree char *oddity = wd_queue_limits_describe_oddity (&limits[i].limits);
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (text, ==, limits[i].text);
      g_assert_true ((oddity != NULL) == limits[i].is_odd);
      g_assert_true (wd_queue_limits_check (&limits[i].limits, &error) == limits[i].may_be_set);
      if (error != NULL)
        g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduler/patterns", test_patterns);
  g_test_add_func ("/scheduler/intervals", test_intervals);
  g_test_add_func ("/scheduler/oddities", test_oddities);
  g_test_add_func ("/queue/limits", test_limits);
  return g_test_run ();
}
