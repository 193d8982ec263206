/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Charts against numbers that PostgreSQL computes from every row. */

#include <math.h>

#include "base/wd-error.h"
#include "pg-site.h"
#include "postgres/wd-pg-counts.h"
#include "postgres/wd-pg-history.h"

#define WAIT_MS 30000
#define MINUTE  (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define DAY     (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* Of every type and outcome, with missing and endless times and clocks that differ; most of them in
 * the last weeks, some in the last hours, some on the days on which Berlin's clock is changed. */
#define JOBS_SQL                                                                                 \
  "SELECT setseed(0.25);"                                                                        \
  "INSERT INTO job_logs (job_id, job_type, status, retry_count, created_at, started_at,"         \
  " completed_at)"                                                                               \
  " SELECT 'job-' || i, (ARRAY['gas-topup', 'sync', 'sync', 'deposit-detection'])[i % 4 + 1], s," \
  " floor(power(random(), 3) * 4)::int, c,"                                                      \
  " CASE WHEN s <> 'pending' THEN c + w * interval '1 second' END,"                              \
  " CASE WHEN s IN ('completed', 'failed', 'cancelled')"                                         \
  " THEN c + (w + r) * interval '1 second' END"                                                  \
  " FROM (SELECT i, (ARRAY['completed', 'completed', 'completed', 'completed', 'failed',"        \
  " 'cancelled', 'active', 'pending'])[floor(power(random(), 2) * 8)::int + 1] AS s,"            \
  " CASE WHEN i <= 3000 THEN now() - random() * interval '45 days'"                              \
  " WHEN i <= 3600 THEN now() - random() * interval '2 hours'"                                   \
  " WHEN i <= 4200 THEN '2025-10-24'::timestamptz + random() * interval '4 days'"                \
  " ELSE '2025-03-28'::timestamptz + random() * interval '4 days' END AS c,"                     \
  " exp(random() * 10 - 3) AS w, exp(random() * 12 - 5) AS r"                                    \
  " FROM generate_series(1, 4800) AS i) AS made;"                                                \
  "UPDATE job_logs SET retry_count = NULL WHERE random() < 0.1;"                                 \
  "UPDATE job_logs SET started_at = created_at - interval '3 seconds' WHERE random() < 0.02;"    \
  "UPDATE job_logs SET started_at = NULL WHERE random() < 0.02;"                                 \
  "UPDATE job_logs SET started_at = 'infinity' WHERE random() < 0.01;"                           \
  "UPDATE job_logs SET completed_at = 'infinity' WHERE status = 'failed' AND random() < 0.01;"   \
  "UPDATE job_logs SET created_at = NULL WHERE status = 'pending' AND random() < 0.1;"

#define FINISHED "status IN ('completed', 'failed', 'cancelled')"

static WdHistory *
read_history (PgSiteFixture *fixture, const WdHistoryRequest *request)
{
  g_autoptr (GError) error = NULL;
  WdHistory *history = wd_pg_history_read (fixture->connection, request, wd_deadline_in (WAIT_MS),
                                           NULL, &error);

  g_assert_no_error (error);
  return history;
}

/* One number of the rows of a bar, or -1 for null. */
static double
ask (PgSiteFixture *fixture, const char *job_type, const char *expression, const char *format,
     const WdHistoryPoint *point)
{
  g_autofree char *from = wd_time_to_rfc3339 (point->from);
  g_autofree char *to = wd_time_to_rfc3339 (point->to);
  g_autoptr (GString) where = g_string_new (format);
  g_autofree char *sql = NULL;
  g_autofree char *answer = NULL;

  g_string_replace (where, "FROM", from, 0);
  g_string_replace (where, "TO", to, 0);
  sql = g_strdup_printf ("SELECT %s FROM job_logs WHERE job_type LIKE '%s' AND %s", expression,
                         job_type != NULL ? job_type : "%", where->str);
  answer = pg_test_ask (fixture->connection, sql);
  return answer != NULL && *answer != '\0' ? g_ascii_strtod (answer, NULL) : -1;
}

#define ENDED_IN "completed_at >= 'FROM' AND completed_at < 'TO'"

static void
check_percentiles (PgSiteFixture *fixture, const WdHistory *history, const WdHistoryPoint *point,
                   const WdPercentiles *percentiles, const char *from, const char *to)
{
  const gint64 values[] = { percentiles->p50, percentiles->p95, percentiles->p99 };
  static const double parts[] = { 0.5, 0.95, 0.99 };
  static const int enough[] = { 2, 20, 100 };
  g_autofree char *known = g_strdup_printf (ENDED_IN " AND status = 'completed'"
                                            " AND isfinite(%s) AND isfinite(%s)", from, to);
  double n = ask (fixture, history->job_type, "count(*)", known, point);

  g_assert_cmpfloat ((double) percentiles->n, ==, n);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char part[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *expression = NULL;
      double expected;

      if (n < enough[i])
        {
          g_assert_cmpint (values[i], ==, -1);
          continue;
        }
      g_ascii_dtostr (part, sizeof part, parts[i]);
      expression = g_strdup_printf ("percentile_disc(%s) WITHIN GROUP (ORDER BY greatest("
                                    "extract(epoch FROM %s - %s), 0)) * 1e6", part, to, from);
      expected = ask (fixture, history->job_type, expression, known, point);
      g_assert_cmpfloat (fabs ((double) values[i] - expected), <=,
                         history->exact ? 1 : MAX (expected * 0.0489, 1100));
    }
}

/* Percentiles of bars that days of UTC do not fit are checked by what holds for all of them. */
static gboolean
has_percentiles (const WdHistory *history, const WdHistoryPoint *point)
{
  if (history->durations_since != WD_TIME_NONE && point->from < history->durations_since)
    {
      g_assert_cmpint (point->run.n, ==, 0);
      g_assert_cmpint (point->run.p50, ==, -1);
      return FALSE;
    }
  return history->days_until == WD_TIME_NONE || point->from >= history->days_until;
}

static void
check_point (PgSiteFixture *fixture, const WdHistory *history, const WdHistoryPoint *point)
{
  const char *type = history->job_type;
  double finished = ask (fixture, type, "count(*)",
                         ENDED_IN " AND status IN ('completed', 'failed')", point);

  g_assert_cmpfloat ((double) point->completed, ==,
                     ask (fixture, type, "count(*)", ENDED_IN " AND status = 'completed'", point));
  g_assert_cmpfloat ((double) (point->completed + point->failed), ==, finished);
  g_assert_cmpfloat ((double) point->cancelled, ==,
                     ask (fixture, type, "count(*)", ENDED_IN " AND status = 'cancelled'", point));
  g_assert_cmpfloat ((double) point->created, ==,
                     ask (fixture, type, "count(*)",
                          "created_at >= 'FROM' AND created_at < 'TO'", point));
  g_assert_cmpfloat ((double) point->unfinished, ==,
                     ask (fixture, type, "count(*)",
                          "coalesce(created_at, '-infinity') < 'TO'"
                          " AND NOT (" FINISHED " AND completed_at < 'TO')", point));
  if (!history->retries_sampled)
    {
      double mean = ask (fixture, type, "avg(coalesce(retry_count, 0))",
                         ENDED_IN " AND status IN ('completed', 'failed')", point);

      g_assert_cmpfloat (fabs (point->retries - (finished >= WD_HISTORY_ENOUGH ? mean : -1)), <,
                         1e-9);
    }
  if (!has_percentiles (history, point))
    return;
  check_percentiles (fixture, history, point, &point->wait, "created_at", "started_at");
  check_percentiles (fixture, history, point, &point->run, "started_at", "completed_at");
}

static void
check_history (PgSiteFixture *fixture, const WdHistoryRequest *request, guint step)
{
  g_autoptr (WdHistory) history = read_history (fixture, request);
  guint length = wd_history_get_length (history);

  g_assert_cmpuint (history->step, ==, step);
  for (guint i = 0; i < length; i++)
    {
      const WdHistoryPoint *point = wd_history_get_point (history, i);

      if (i > 0)
        g_assert_cmpint (point->from, ==, wd_history_get_point (history, i - 1)->to);
      check_point (fixture, history, point);
    }
  g_assert_cmpint (history->total.from, ==, wd_history_get_point (history, 0)->from);
  g_assert_cmpint (history->total.to, ==, wd_history_get_point (history, length - 1)->to);
  check_point (fixture, history, &history->total);
}

static void
test_ranges (PgSiteFixture *fixture, gconstpointer data)
{
  static const guint steps[] = { 1, 30, 180, 1440 };
  static const struct { const char *zone, *job_type; WdHistoryRange first; } cases[] = {
    { "UTC", NULL, WD_HISTORY_HOUR },
    { "Asia/Kathmandu", "sync", WD_HISTORY_WEEK },
    { "America/New_York", NULL, WD_HISTORY_MONTH },
  };
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();

  pg_site_run (fixture, JOBS_SQL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_clear_pointer (&request->zone, g_time_zone_unref);
      request->zone = g_time_zone_new_identifier (cases[i].zone);
      g_free (request->job_type);
      request->job_type = g_strdup (cases[i].job_type);
      for (guint range = cases[i].first; range <= WD_HISTORY_MONTH; range++)
        {
          request->range = (WdHistoryRange) range;
          check_history (fixture, request, steps[range]);
          wd_pg_counts_fold (fixture->connection, 500, NULL, wd_deadline_in (WAIT_MS), NULL, NULL);
        }
    }
}

/* Days of 25 and of 23 hours, long ago: by the hour from the rows, which are few. */
static void
test_clock_changes (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();

  pg_site_run (fixture, JOBS_SQL);
  request->range = WD_HISTORY_CUSTOM;
  request->zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_assert_true (wd_time_parse ("2025-10-25T00:00:00+02:00", FALSE, &request->from, NULL));
  request->to = request->from + 2 * DAY + 60 * MINUTE;
  check_history (fixture, request, 60);
  request->from -= 40 * DAY;
  check_history (fixture, request, 1440);
  request->from -= 250 * DAY;
  check_history (fixture, request, 7 * 1440);
  g_assert_true (wd_time_parse ("2025-03-30T00:12:34+01:00", FALSE, &request->from, NULL));
  request->to = request->from + 70 * MINUTE;
  check_history (fixture, request, 5);
  request->exact = TRUE;
  request->to = request->from + 3 * DAY;
  check_history (fixture, request, 180);
}

static void
test_empty (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();

  for (guint range = WD_HISTORY_HOUR; range <= WD_HISTORY_MONTH; range++)
    {
      g_autoptr (WdHistory) history = NULL;

      request->range = (WdHistoryRange) range;
      history = read_history (fixture, request);
      g_assert_cmpint (history->total.completed, ==, 0);
      g_assert_cmpint (history->total.unfinished, ==, 0);
      g_assert_cmpfloat (wd_history_point_get_success (&history->total), ==, -1);
    }
}

static gpointer
fold_all (gpointer uri)
{
  g_autoptr (WdPgConnection) connection = wd_pg_connection_new (uri, NULL, NULL);
  guint n_folded = 1;

  while (n_folded > 0)
    if (!wd_pg_counts_fold (connection, 20, &n_folded, wd_deadline_in (WAIT_MS), NULL, NULL))
      break;
  return NULL;
}

/* What is folded meanwhile counts once. */
static void
test_while_folded (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
  g_autoptr (WdHistory) before = NULL;
  GThread *folder;

  pg_site_run (fixture, JOBS_SQL);
  request->range = WD_HISTORY_MONTH;
  request->zone = g_time_zone_new_identifier ("Europe/Berlin");
  before = read_history (fixture, request);
  folder = g_thread_new ("folder", fold_all, fixture->uri);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (WdHistory) history = read_history (fixture, request);

      g_assert_cmpint (history->total.completed, ==, before->total.completed);
      g_assert_cmpint (history->total.failed, ==, before->total.failed);
      g_assert_cmpint (history->total.created, ==, before->total.created);
      g_assert_cmpint (history->total.run.n, ==, before->total.run.n);
      g_assert_cmpint (history->total.wait.p99, ==, before->total.wait.p99);
    }
  g_thread_join (folder);
}

static void
check_exact (PgSiteFixture *fixture, const WdHistoryRequest *request, gint64 n_jobs)
{
  g_autoptr (WdHistory) history = read_history (fixture, request);

  g_assert_true (history->exact);
  g_assert_cmpint (history->total.run.n, ==, n_jobs);
  g_assert_cmpint (history->total.run.p99, ==, G_USEC_PER_SEC);
}

/* More than are read one by one. */
static void
test_many (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
  g_autoptr (WdHistory) history = NULL;
  g_autoptr (GError) error = NULL;

  pg_site_run (fixture, "INSERT INTO job_logs (job_id, job_type, status, retry_count, created_at,"
                        " started_at, completed_at) SELECT i, CASE WHEN i % 3 = 0 THEN 'sync'"
                        " ELSE 'gas-topup' END, 'completed', CASE WHEN i % 3 = 0 THEN 2 ELSE i % 2"
                        " END, t, t, t + interval '1 second' FROM (SELECT i, now() - interval"
                        " '20 minutes' + i * interval '10 milliseconds' AS t"
                        " FROM generate_series(1, 101000) AS i) AS made");
  request->range = WD_HISTORY_HOUR;
  history = read_history (fixture, request);
  g_assert_true (history->coarse && history->retries_sampled && !history->exact);
  g_assert_cmpuint (history->step, ==, WD_HISTORY_STEP_QUARTER);
  g_assert_cmpint (history->total.completed, ==, 101000);
  g_assert_cmpint (history->total.run.n, ==, 101000);
  g_assert_cmpfloat (fabs (history->total.retries - 1), <, 0.02);
  g_assert_cmpint (history->total.n_retries, <, 50000);
  request->exact = TRUE;
  g_assert_null (wd_pg_history_read (fixture->connection, request, wd_deadline_in (WAIT_MS), NULL,
                                     &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);

  /* One type of them is few enough; and of all, one more than the most is not, and the most are. */
  request->job_type = g_strdup ("sync");
  check_exact (fixture, request, 33666);
  g_clear_pointer (&request->job_type, g_free);
  pg_site_run (fixture, "DELETE FROM job_logs WHERE job_id::int > 100001");
  g_assert_null (wd_pg_history_read (fixture->connection, request, wd_deadline_in (WAIT_MS), NULL,
                                     &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED);
  pg_site_run (fixture, "DELETE FROM job_logs WHERE job_id::int > 100000");
  check_exact (fixture, request, 100000);
}

static void
test_refused (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (wd_pg_history_read (fixture->connection, request, wd_deadline_in (WAIT_MS), NULL,
                                     &error));
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
  static const PgSite fresh = { "fresh", { NULL }, TRUE };
  static const PgSite a = { "a", { "wallets_seed", "job_logs_a" }, FALSE };

  g_test_init (&argc, &argv, NULL);
  add ("/postgres/history/ranges", &fresh, test_ranges);
  add ("/postgres/history/clock-changes", &fresh, test_clock_changes);
  add ("/postgres/history/empty", &fresh, test_empty);
  add ("/postgres/history/while-folded", &fresh, test_while_folded);
  add ("/postgres/history/many", &fresh, test_many);
  add ("/postgres/history/not-migrated", &a, test_refused);
  return g_test_run ();
}
