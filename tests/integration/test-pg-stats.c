/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The stat cards' figures, against plain counts of every row. */

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "pg-site.h"
#include "postgres/wd-pg-counts.h"
#include "postgres/wd-pg-stats.h"

#define WAIT_MS 30000
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* Times on both sides of every edge, but none so near that it crosses one while the test runs. */
#define JOBS_SQL                                                                                 \
  "INSERT INTO job_logs (job_id, job_type, status, created_at, completed_at)"                    \
  " SELECT 'job-' || i, (ARRAY['gas-topup', 'sync'])[i % 2 + 1],"                                \
  " (ARRAY['completed', 'failed', 'completed', 'pending'])[i % 4 + 1], now() - interval '3 days'," \
  " CASE WHEN i % 4 < 3 THEN now() - i * interval '67 seconds' END"                              \
  " FROM generate_series(1, 1700) AS i"                                                          \
  " WHERE (i * 67) % 3600 BETWEEN 120 AND 3480;"                                                 \
  "INSERT INTO job_logs (job_id, job_type, status, completed_at) VALUES"                         \
  " ('endless', 'consolidation', 'completed', 'infinity'),"                                      \
  " ('ancient', 'consolidation', 'failed', '-infinity'),"                                        \
  " ('untimed', 'consolidation', 'completed', NULL),"                                            \
  " ('ahead', 'consolidation', 'completed', now() + interval '5 minutes');"                      \
  "DELETE FROM user_wallets;"

static WdStats *
fill (PgSiteFixture *fixture, WdTime midnight)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("test");
  g_autoptr (GError) error = NULL;
  WdStats *stats = wd_stats_new ();

  wd_pg_stats_fill (fixture->connection, stats, profile, midnight, wd_deadline_in (WAIT_MS), NULL,
                    &error);
  g_assert_no_error (error);
  return stats;
}

static WdWorkerStats *
worker_of (WdStats *stats, const char *job_type)
{
  for (guint i = 0; i < stats->workers->len; i++)
    {
      WdWorkerStats *worker = g_ptr_array_index (stats->workers, i);

      if (g_str_equal (worker->job_type, job_type))
        return worker;
    }
  g_assert_not_reached ();
}

static gint64
count (PgSiteFixture *fixture, const char *job_type, const char *condition)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM job_logs WHERE job_type LIKE '%s'"
                                          " AND %s", job_type, condition);
  g_autofree char *n = pg_test_ask (fixture->connection, sql);

  return g_ascii_strtoll (n, NULL, 10);
}

static gint64
count_since (PgSiteFixture *fixture, const char *job_type, const char *statuses, const char *since)
{
  g_autofree char *condition = g_strdup_printf ("status IN (%s) AND completed_at >= %s"
                                                " AND completed_at < 'infinity'", statuses, since);

  return count (fixture, job_type, condition);
}

static void
check_worker (PgSiteFixture *fixture, WdStats *stats, const char *type, const char *midnight)
{
  WdWorkerStats *worker = worker_of (stats, type);
  g_autofree char *sql = g_strdup_printf ("SELECT max(completed_at) FROM job_logs"
                                          " WHERE job_type = '%s' AND completed_at < 'infinity'",
                                          type);
  g_autofree char *expected = pg_test_ask (fixture->connection, sql);
  g_autofree char *sql_of_last = NULL, *is_last = NULL;
  g_autofree char *last = wd_time_to_rfc3339 (worker->last_active);

  g_assert_cmpint (worker->completed, ==, count (fixture, type, "status = 'completed'"));
  g_assert_cmpint (worker->failed, ==, count (fixture, type, "status = 'failed'"));
  g_assert_cmpint (worker->queued, ==, count (fixture, type, "status = 'pending'"));
  g_assert_cmpint (worker->completed_today, ==,
                   count_since (fixture, type, "'completed'", midnight));
  g_assert_cmpint (worker->finished_last_hour, ==,
                   count_since (fixture, type, "'completed', 'failed'",
                                "now() - interval '1 hour'"));
  g_assert_cmpint (worker->failed_last_hour, ==,
                   count_since (fixture, type, "'failed'", "now() - interval '1 hour'"));
  sql_of_last = g_strdup_printf ("SELECT '%s'::timestamptz = '%s'::timestamptz", last, expected);
  is_last = pg_test_ask (fixture->connection, sql_of_last);
  g_assert_cmpstr (is_last, ==, "t");
}

static void
check (PgSiteFixture *fixture, WdTime midnight)
{
  g_autoptr (WdStats) stats = fill (fixture, midnight);
  g_autofree char *time = wd_time_to_rfc3339 (midnight);
  g_autofree char *since = g_strdup_printf ("'%s'::timestamptz", time);

  check_worker (fixture, stats, "gas-topup", since);
  check_worker (fixture, stats, "sync", since);
  check_worker (fixture, stats, "consolidation", since);
  g_assert_cmpint (stats->pending_jobs, ==, count (fixture, "%", "status = 'pending'"));
  g_assert_cmpint (stats->completed_jobs_today, ==,
                   count_since (fixture, "%", "'completed'", since));
  g_assert_cmpint (stats->failed_last_day, ==,
                   count_since (fixture, "%", "'failed'", "now() - interval '1 day'"));
  g_assert_cmpint (stats->finished_last_day, ==,
                   count_since (fixture, "%", "'completed', 'failed'",
                                "now() - interval '1 day'"));
  g_assert_cmpint (worker_of (stats, "deposit-detection")->last_active, ==, WD_TIME_NONE);
  g_assert_cmpstr (worker_of (stats, "sync")->worker_name, ==, "wallet-sync-worker");
  g_assert_cmpstr (worker_of (stats, "sync")->queue, ==, "sync-balances");
  g_assert_cmpint (worker_of (stats, "sync")->workers, ==, -1);
}

static void
test_figures (PgSiteFixture *fixture, gconstpointer data)
{
  const PgSite *site = data;
  WdTime now = wd_time_now ();
  WdTime midnight = now - now % (24 * HOUR);

  pg_site_run (fixture, "DELETE FROM job_logs");
  pg_site_run (fixture, JOBS_SQL);
  check (fixture, midnight);
  check (fixture, midnight - 4 * HOUR - HOUR / 2);
  check (fixture, now - 2 * HOUR - 34 * G_USEC_PER_SEC);
  if (!site->migrated)
    return;
  pg_site_run (fixture, "DELETE FROM job_logs WHERE job_type = 'sync' AND completed_at IS NULL");
  g_assert_true (wd_pg_counts_fold (fixture->connection, 700, NULL, wd_deadline_in (WAIT_MS), NULL,
                                    NULL));
  check (fixture, midnight);
}

static void
test_running (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdStats) stats = NULL;
  g_autofree char *last = NULL;

  pg_site_run (fixture, "INSERT INTO job_logs (job_id, job_type, status, started_at, completed_at)"
                        " VALUES ('1', 'sync', 'completed', '2026-01-01', '2026-01-02'),"
                        " ('2', 'sync', 'active', '2026-01-03 00:00:00.000001+00', NULL),"
                        " ('3', 'gas-topup', 'pending', NULL, NULL)");
  stats = fill (fixture, wd_time_now ());
  last = wd_time_to_rfc3339 (worker_of (stats, "sync")->last_active);
  g_assert_cmpstr (last, ==, "2026-01-03T00:00:00.000001Z");
  g_assert_cmpint (worker_of (stats, "sync")->active, ==, 1);
  g_assert_cmpint (stats->active_jobs, ==, 1);
  g_assert_cmpint (stats->pending_jobs, ==, 1);
}

static void
test_empty (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdStats) stats = fill (fixture, wd_time_now ());

  g_assert_cmpint (stats->pending_jobs, ==, 0);
  g_assert_cmpint (stats->wallets, ==, 0);
  g_assert_cmpint (stats->undelivered_jobs, ==, 0);
  g_assert_cmpuint (stats->workers->len, ==, 4);
  g_assert_cmpint (worker_of (stats, "gas-topup")->status, ==, WD_WORKER_STATUS_IDLE);
}

static void
test_wallets (PgSiteFixture *fixture, gconstpointer data)
{
  const PgSite *site = data;
  g_autoptr (WdStats) stats = NULL;

  pg_site_run (fixture, "DELETE FROM user_wallets");
  if (site->migrated)
    pg_site_run (fixture, "INSERT INTO worker_dashboard.outbox (id, job_log_id, job_id, operation,"
                          " job_type, queue, prefix) SELECT gen_random_uuid(), gen_random_uuid(),"
                          " 'x', 'dispatch', 'sync', 'sync-balances', 'bull'");
  pg_site_run (fixture, "INSERT INTO user_wallets (address, needs_gas, needs_consolidation) VALUES"
                        " ('A', true, true), ('B', true, NULL), ('C', NULL, false)");
  stats = fill (fixture, wd_time_now ());
  g_assert_cmpint (stats->wallets, ==, 3);
  g_assert_cmpint (stats->wallets_need_gas, ==, 2);
  g_assert_cmpint (stats->wallets_need_consolidation, ==, 1);
  g_assert_cmpint (stats->undelivered_jobs, ==, site->migrated ? 1 : -1);
}

static void
test_no_tables (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("test");
  g_autoptr (WdStats) stats = wd_stats_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (wd_pg_stats_fill (fixture->connection, stats, profile, 0,
                                    wd_deadline_in (WAIT_MS), NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_MIGRATED);
}

static void
add (const char *path, const PgSite *site, void (*test) (PgSiteFixture *, gconstpointer))
{
  g_test_add (path, PgSiteFixture, site, pg_site_set_up, test, pg_site_tear_down);
}

int
main (int argc, char **argv)
{
  static const PgSite bare = { "bare", { NULL }, FALSE };
  static const PgSite fresh = { "fresh", { NULL }, TRUE };
  static const PgSite a = { "a", { "wallets_seed", "job_logs_a" }, FALSE };
  static const PgSite text = { "text", { "wallets_text", "job_logs_a" }, TRUE };

  g_test_init (&argc, &argv, NULL);
  pg_site_add_tests ("/postgres/stats/figures/", test_figures);
  add ("/postgres/stats/running", &a, test_running);
  add ("/postgres/stats/empty", &fresh, test_empty);
  add ("/postgres/stats/wallets/fresh", &fresh, test_wallets);
  add ("/postgres/stats/wallets/a", &a, test_wallets);
  add ("/postgres/stats/wallets/text", &text, test_wallets);
  add ("/postgres/stats/no-tables", &bare, test_no_tables);
  return g_test_run ();
}
