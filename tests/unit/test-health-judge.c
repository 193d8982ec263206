/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is stuck, from facts and a clock of the test's. */

#include "model/wd-finding.h"
#include "model/wd-health-judge.h"
#include "model/wd-health.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define NOW    (1795000000 * SECOND)
#define NEVER  WD_TIME_NONE
#define AGO(seconds) (NOW - (seconds) * SECOND)

typedef struct {
  const char *name;
  gint64 waiting;
  gint64 workers;
  gboolean paused;
  gboolean has_signs;
  WdTime oldest;
  WdTime finished;           /* as the queue knows */
  WdTime row_finished;       /* as the rows know */
  WdTime started;
  gint64 samples;
  gint64 p99;                /* seconds */
  WdTime active;             /* when the active job began, or NEVER for none */
  gboolean locked;
  gint64 stalled;
  const char *expected;      /* kinds, and since how many seconds */
  gint64 overdue;
} Case;

static const Case cases[] = {
  { "nothing at all", 0, 1, FALSE, FALSE, NEVER, NEVER, NEVER, NEVER, 0, 0, NEVER, FALSE, 0, "" },
  { "waits for nobody", 3, 0, FALSE, FALSE, AGO (5), NEVER, NEVER, NEVER, 0, 0, NEVER, FALSE, 0,
    "no-worker:5" },
  { "paused", 3, 0, TRUE, FALSE, AGO (9000), NEVER, NEVER, NEVER, 0, 0, NEVER, FALSE, 0, "" },
  { "unknown workers, soon", 3, -1, FALSE, FALSE, AGO (599), NEVER, NEVER, NEVER, 0, 0, NEVER,
    FALSE, 0, "" },
  { "unknown workers, late", 3, -1, FALSE, FALSE, AGO (601), NEVER, NEVER, NEVER, 0, 0, NEVER,
    FALSE, 0, "nothing-ends:601" },
  { "a worker's signs", 3, 0, FALSE, TRUE, AGO (601), NEVER, NEVER, NEVER, 0, 0, NEVER, FALSE, 0,
    "nothing-ends:601" },
  { "workers, nothing ends", 3, 2, FALSE, TRUE, AGO (5000), AGO (700), NEVER, NEVER, 0, 0, NEVER,
    FALSE, 0, "nothing-ends:700" },
  { "one ended lately", 3, 2, FALSE, TRUE, AGO (5000), AGO (599), NEVER, NEVER, 0, 0, NEVER, FALSE,
    0, "" },
  { "only its row is known", 3, 2, FALSE, TRUE, AGO (5000), NEVER, AGO (599), NEVER, 0, 0, NEVER,
    FALSE, 0, "" },
  { "one began lately", 3, 2, FALSE, TRUE, AGO (5000), AGO (5000), NEVER, AGO (100), 0, 0,
    AGO (100), TRUE, 0, "" },
  { "waits short", 3, 2, FALSE, TRUE, AGO (10), AGO (90000), NEVER, NEVER, 0, 0, NEVER, FALSE, 0,
    "" },
  { "not even its age is known", 3, 2, FALSE, TRUE, NEVER, AGO (90000), NEVER, NEVER, 0, 0, NEVER,
    FALSE, 0, "" },
  { "long jobs, nothing ends yet", 3, 2, FALSE, TRUE, AGO (5000), AGO (700), NEVER, NEVER, 500,
    300, NEVER, FALSE, 0, "" },
  { "long jobs, nothing ends", 3, 2, FALSE, TRUE, AGO (5000), AGO (901), NEVER, NEVER, 500, 300,
    NEVER, FALSE, 0, "nothing-ends:901" },
  { "no lock", 0, 1, FALSE, TRUE, NEVER, NEVER, NEVER, NEVER, 500, 10, AGO (4), FALSE, 0,
    "lost-lock:4" },
  { "no lock and no worker, paused", 3, 0, TRUE, FALSE, AGO (9), NEVER, NEVER, NEVER, 0, 0, AGO (4),
    FALSE, 0, "lost-lock:4" },
  { "runs as usual", 0, 1, FALSE, TRUE, NEVER, NEVER, NEVER, NEVER, 500, 30, AGO (90), TRUE, 0,
    "" },
  { "runs too long", 0, 1, FALSE, TRUE, NEVER, NEVER, NEVER, NEVER, 500, 30, AGO (91), TRUE, 0,
    "long-run:1" },
  { "never under a minute", 0, 1, FALSE, TRUE, NEVER, NEVER, NEVER, NEVER, 500, 1, AGO (59), TRUE,
    0, "" },
  { "too few samples", 0, 1, FALSE, TRUE, NEVER, NEVER, NEVER, NEVER, 99, 1, AGO (9000), TRUE, 0,
    "" },
  { "stalled once, runs again", 0, 1, FALSE, TRUE, NEVER, NEVER, NEVER, NEVER, 0, 0, AGO (7), TRUE,
    1, "stalled:7" },
  { "due, and nobody notices", 0, 0, FALSE, FALSE, AGO (120), NEVER, NEVER, NEVER, 0, 0, NEVER,
    FALSE, 0, "no-worker:120", 40 },
  { "due, and workers are busy", 0, 2, FALSE, TRUE, AGO (120), AGO (5), NEVER, NEVER, 0, 0, NEVER,
    FALSE, 0, "", 40 },
  { "due, in a paused queue", 0, 0, TRUE, FALSE, AGO (120), NEVER, NEVER, NEVER, 0, 0, NEVER, FALSE,
    0, "", 40 },
  { "all at once", 2, 0, FALSE, FALSE, AGO (20), NEVER, NEVER, NEVER, 0, 0, AGO (7), FALSE, 1,
    "no-worker:20 lost-lock:7 stalled:7" },
};

static WdActiveJob *
make_job (const Case *test)
{
  WdActiveJob *job = g_new0 (WdActiveJob, 1);

  job->id = g_strdup ("job-1");
  job->started = test->active;
  job->locked = test->locked;
  job->stalled = test->stalled;
  return job;
}

static char *
write_findings (const GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const WdFinding *finding = findings->pdata[i];
      g_autofree char *what = wd_finding_describe (finding, NULL);
      g_autofree char *since = wd_finding_describe_since (finding, NOW);

      g_assert_cmpstr (finding->queue, ==, "sync-balances");
      g_assert_cmpstr (finding->job_type, ==, "sync");
      g_assert_cmpstr (what, !=, "");
      g_assert_nonnull (since);
      g_assert_cmpstr (wd_finding_get_advice (finding), !=, "");
      g_string_append_printf (text, "%s%s:%d", i > 0 ? " " : "",
                              wd_finding_kind_word (finding->kind),
                              (int) ((NOW - finding->since) / SECOND));
    }
  return g_string_free (text, FALSE);
}

static void
test_judge (void)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("test");
  WdHealthLimits limits;

  wd_health_limits_init (&limits);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *test = &cases[i];
      g_autoptr (WdQueueCounts) counts = wd_queue_counts_new ();
      g_autoptr (WdQueueActivity) activity = wd_queue_activity_create (NOW);
      g_autoptr (GPtrArray) findings =
        g_ptr_array_new_with_free_func ((GDestroyNotify) wd_finding_unref);
      WdTypeRuns runs[] = { { "gas-topup", 1000, SECOND, NOW },
                            { "sync", test->samples, test->p99 * SECOND, test->row_finished } };
      g_autofree char *found = NULL;

      g_test_message ("%s", test->name);
      counts->queue = g_strdup ("sync-balances");
      counts->waiting = test->waiting;
      counts->overdue = test->overdue;
      counts->workers = test->workers;
      counts->paused = test->paused;
      activity->oldest_ready = test->oldest;
      activity->last_finished = test->finished;
      activity->last_started = test->started;
      activity->has_signs = test->has_signs;
      if (test->active != NEVER)
        g_ptr_array_add (activity->active, make_job (test));
      wd_health_judge_queue (counts, activity, profile, runs, G_N_ELEMENTS (runs), &limits, NOW,
                             findings);
      found = write_findings (findings);
      g_assert_cmpstr (found, ==, test->expected);
    }
}

/* Where workers poll the rows. */
static void
test_rows (void)
{
  static const struct {
    const char *name;
    gint64 pending;
    WdTime oldest, finished, started;
    gint64 samples, p99;
    int since; /* seconds, or 0 for no finding */
  } rows[] = {
    { "nothing waits", 0, NEVER, AGO (9000), NEVER, 0, 0, 0 },
    { "waits for days", 600, AGO (260000), AGO (261000), NEVER, 0, 0, 260000 },
    { "none ever ended", 1, AGO (601), NEVER, NEVER, 0, 0, 601 },
    { "waits short", 600, AGO (599), AGO (90000), NEVER, 0, 0, 0 },
    { "one ended lately", 600, AGO (260000), AGO (599), NEVER, 0, 0, 0 },
    { "one began lately", 600, AGO (260000), AGO (9000), AGO (300), 0, 0, 0 },
    { "began long ago", 600, AGO (260000), AGO (9000), AGO (700), 0, 0, 700 },
    { "nobody knows since when", 600, NEVER, AGO (9000), NEVER, 0, 0, 0 },
    { "long jobs", 600, AGO (800), AGO (800), NEVER, 500, 300, 0 },
  };
  WdHealthLimits limits;

  wd_health_limits_init (&limits);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WdHealth) health = wd_health_create (&limits);
      g_autoptr (GPtrArray) active =
        g_ptr_array_new_with_free_func ((GDestroyNotify) wd_active_job_free);
      WdTypeRuns runs[] = { { "gas-topup", 1000, SECOND, NOW, 0, NEVER },
                            { "sync", rows[i].samples, rows[i].p99 * SECOND, rows[i].finished,
                              rows[i].pending, rows[i].oldest } };
      const WdFinding *finding;

      g_test_message ("%s", rows[i].name);
      if (rows[i].started != NEVER)
        {
          WdActiveJob *job = g_new0 (WdActiveJob, 1);

          job->name = g_strdup ("sync");
          job->started = rows[i].started;
          g_ptr_array_add (active, job);
        }
      wd_health_judge_rows (active, runs, G_N_ELEMENTS (runs), &limits, NOW, health->findings);
      g_assert_cmpuint (health->findings->len, ==, rows[i].since > 0);
      g_assert_null (wd_health_find_queue (health, "gas-topup", "gas-topup"));
      finding = wd_health_find_queue (health, "sync-balances", "sync");
      if (rows[i].since == 0)
        continue;
      g_assert_cmpint (finding->kind, ==, WD_FINDING_NOTHING_ENDS);
      g_assert_cmpint (finding->count, ==, rows[i].pending);
      g_assert_cmpint (finding->workers, ==, -1);
      g_assert_cmpint ((NOW - finding->since) / SECOND, ==, rows[i].since);
    }
}

static void
test_limits (void)
{
  static const struct {
    const char *name;
    const char *value;
    gboolean expected;
  } table[] = {
    { "run-factor", "5", TRUE }, { "run-factor", "0", FALSE }, { "run-factor", "", FALSE },
    { "run-factor", "1001", FALSE }, { "run-factor", "-1", FALSE }, { "run-factor", "3.5", FALSE },
    { "sync-seconds", "3600", TRUE }, { "sync-hours", "1", FALSE }, { "", "1", FALSE },
  };
  WdHealthLimits limits;

  wd_health_limits_init (&limits);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (wd_health_limits_set (&limits, table[i].name, table[i].value, &error), ==,
                       table[i].expected);
      g_assert_cmpint (error == NULL, ==, table[i].expected);
    }
  g_assert_cmpint (limits.run_factor, ==, 5);
  g_assert_cmpint (limits.sync, ==, 3600);
  g_assert_cmpint (limits.failures, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/health-judge/queue", test_judge);
  g_test_add_func ("/health-judge/rows", test_rows);
  g_test_add_func ("/health-judge/limits", test_limits);
  return g_test_run ();
}
