/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of a job makes of what it reads: durations, days, stack traces, progress. */

#include "app/jobs/wd-job-times.h"
#include "app/jobs/wd-progress.h"
#include "app/jobs/wd-stack-trace.h"

#define S G_USEC_PER_SEC
#define NONE WD_TIME_NONE

typedef struct {
  const char *name;
  const char *status;
  gint64 retries;
  WdTime created;
  WdTime started;
  WdTime completed;
  const char *wait;
  const char *run;
} TimesCase;

static const TimesCase times_cases[] = {
  { "completed", "completed", 0, 10 * S, 12 * S, 15 * S, "waited 2.0 s", "ran 3.0 s" },
  { "active", "active", 0, 10 * S, 12 * S, NONE, "waited 2.0 s", "running for 1 min 28 s" },
  { "processing", "processing", 0, 10 * S, 12 * S, NONE, "waited 2.0 s",
    "running for 1 min 28 s" },
  { "pending", "pending", 0, 99 * S, NONE, NONE, "waiting for 1.0 s", NULL },
  { "whole-seconds", "pending", 0, 97 * S + 1, NONE, NONE, "waiting for 2.0 s", NULL },
  { "retried", "failed", 1, 10 * S, 70 * S, 71 * S, "1 min 0 s after creation", "ran 1.0 s" },
  { "retry-waits", "pending", 1, 10 * S, NONE, NONE, NULL, NULL },
  { "retries-unknown", "failed", WD_INT_NONE, 10 * S, 12 * S, 13 * S, "waited 2.0 s",
    "ran 1.0 s" },
  { "retrying", "retrying", 0, 10 * S, 12 * S, NONE, "waited 2.0 s", NULL },
  { "never-begun", "failed", 0, 10 * S, NONE, 15 * S, NULL, NULL },
  { "no-creation", "completed", 0, NONE, 12 * S, 15 * S, NULL, "ran 3.0 s" },
  { "clocks-differ", "completed", 0, 12 * S, 10 * S, 15 * S, NULL, "ran 5.0 s" },
  { "begun-tomorrow", "active", 0, 10 * S, 200 * S, NONE, "waited 3 min 10 s", NULL },
  { "created-tomorrow", "pending", 0, 200 * S, NONE, NONE, NULL, NULL },
  { "infinite", "active", 0, 10 * S, WD_TIME_INFINITY, NONE, NULL, NULL },
};

static void
test_times (gconstpointer data)
{
  const TimesCase *test = data;
  g_autoptr (WdJob) job = wd_job_new ();
  g_autofree char *wait = NULL;
  g_autofree char *run = NULL;

  *job = (WdJob) {
    .status = (char *) test->status,
    .created_at = test->created,
    .started_at = test->started,
    .completed_at = test->completed,
    .retry_count = test->retries,
  };
  wait = wd_job_times_wait (job, 100 * S);
  run = wd_job_times_run (job, 100 * S);
  g_assert_cmpstr (wait, ==, test->wait);
  g_assert_cmpstr (run, ==, test->run);
  job->status = NULL;
}

static void
test_days (void)
{
  static const struct {
    const char *time;
    const char *now;
    const char *zone;
    const char *day;
  } cases[] = {
    { "2026-11-25T23:59:59Z", "2026-11-25T00:00:00Z", "UTC", "Today" },
    { "2026-11-24T23:59:59Z", "2026-11-25T00:00:00Z", "UTC", "Yesterday" },
    { "2026-11-24T23:30:00Z", "2026-11-25T00:30:00Z", "+01", "Today" },
    { "2026-11-25T00:30:00Z", "2026-11-25T12:00:00Z", "-01", "Yesterday" },
    { "2026-11-23T12:00:00Z", "2026-11-25T12:00:00Z", "UTC", "Monday, 2026-11-23" },
    { "2026-11-26T12:00:00Z", "2026-11-25T12:00:00Z", "UTC", "Thursday, 2026-11-26" },
    { "2025-12-31T12:00:00Z", "2026-01-01T12:00:00Z", "UTC", "Yesterday" },
    { "1969-12-31T12:00:00.5Z", "2026-01-01T12:00:00Z", "UTC", "Wednesday, 1969-12-31" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      g_autofree char *day = NULL;
      WdTime time, now;

      g_assert_true (wd_time_parse (cases[i].time, FALSE, &time, NULL));
      g_assert_true (wd_time_parse (cases[i].now, FALSE, &now, NULL));
      day = wd_job_times_day (time, now, zone, NULL);
      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

static void
test_no_day (void)
{
  static const WdTime times[] = { WD_TIME_NONE, WD_TIME_INFINITY, WD_TIME_NEGATIVE_INFINITY,
                                  G_MAXINT64 - 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *day = wd_job_times_day (times[i], 0, NULL, NULL);

      g_assert_cmpstr (day, ==, "At no known time");
    }
}

typedef struct {
  const char *name;
  const char *trace;
  const char *message;
  const char *frames;
} TraceCase;

static const TraceCase trace_cases[] = {
  { "node", "Error: nonce too low\n    at work (worker.js:9:1)\n    at async run (x.js:1:2)\n",
    "Error: nonce too low", "at work (worker.js:9:1)\nat async run (x.js:1:2)" },
  { "several-lines", "Error: a\nb\n    at x\n", "Error: a\nb", "at x" },
  { "no-frames", "out of energy", "out of energy", "" },
  { "empty", "", "", "" },
  { "cause", "Error: a\n    at x\nCaused by: Error: b\n    at y", "Error: a",
    "at x\nCaused by: Error: b\nat y" },
  { "carriage-returns", "Error: a\r\n\tat x\r\n", "Error: a", "at x" },
  { "margin-first", "  odd\n    at x", "  odd", "at x" },
};

static void
test_trace (gconstpointer data)
{
  const TraceCase *test = data;
  g_autofree char *frames = NULL;
  g_autofree char *message = wd_stack_trace_split (test->trace, &frames);

  g_assert_cmpstr (message, ==, test->message);
  g_assert_cmpstr (frames, ==, test->frames);
}

static void
test_attempt (void)
{
  g_assert_cmpuint (wd_stack_trace_attempt (0, 3, 3), ==, 1);
  g_assert_cmpuint (wd_stack_trace_attempt (2, 3, 3), ==, 3);
  /* The oldest were dropped. */
  g_assert_cmpuint (wd_stack_trace_attempt (0, 2, 5), ==, 4);
  g_assert_cmpuint (wd_stack_trace_attempt (1, 2, 5), ==, 5);
  /* Set back by a retry. */
  g_assert_cmpuint (wd_stack_trace_attempt (0, 3, 0), ==, 0);
  g_assert_cmpuint (wd_stack_trace_attempt (2, 3, 1), ==, 0);
}

static void
test_progress (void)
{
  static const struct {
    const char *json;
    gboolean is_number;
    double fraction;
  } cases[] = {
    { "0", TRUE, 0 },      { "75", TRUE, 0.75 },    { "12.5", TRUE, 0.125 }, { "100", TRUE, 1 },
    { "101", FALSE, 0 },   { "-1", FALSE, 0 },      { "{\"a\":1}", FALSE, 0 }, { "", FALSE, 0 },
    { "\"50\"", FALSE, 0 }, { "1e1", FALSE, 0 },    { "1.2.3", FALSE, 0 },   { NULL, FALSE, 0 },
    { "true", FALSE, 0 },  { ".", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double fraction = 0;

      g_test_message ("%s", cases[i].json != NULL ? cases[i].json : "null");
      g_assert_cmpint (wd_progress_read (cases[i].json, &fraction), ==, cases[i].is_number);
      g_assert_cmpfloat_with_epsilon (fraction, cases[i].fraction, 1e-9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (times_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/job-details/times/", times_cases[i].name, NULL);

      g_test_add_data_func (path, &times_cases[i], test_times);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (trace_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/job-details/trace/", trace_cases[i].name, NULL);

      g_test_add_data_func (path, &trace_cases[i], test_trace);
    }
  g_test_add_func ("/job-details/days", test_days);
  g_test_add_func ("/job-details/no-day", test_no_day);
  g_test_add_func ("/job-details/attempt", test_attempt);
  g_test_add_func ("/job-details/progress", test_progress);
  return g_test_run ();
}
