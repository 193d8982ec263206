/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs: what filters find, totals, single rows, and what is refused. */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "pg-site.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-counts.h"
#include "postgres/wd-pg-jobs.h"

#define WAIT_MS 30000
#define ID_1 "00000000-0000-4000-8000-000000000001"
#define ID_2 "00000000-0000-4000-8000-000000000002"
#define ID_3 "00000000-0000-4000-8000-000000000003"

#define JOBS_SQL                                                                                 \
  "DELETE FROM job_logs;"                                                                        \
  "INSERT INTO job_logs (id, job_id, job_type, status, wallet_address, data, created_at) VALUES" \
  " ('" ID_1 "', 'topup-1', 'gas-topup', 'failed', 'TA_b%c', '{\"x\": 1}',"                      \
  "  '2026-01-01 10:00:00.123456+00'),"                                                          \
  " ('" ID_2 "', '" ID_1 "', 'sync', 'completed', 'TAxbyc', NULL, '2026-01-01 10:15:00+00'),"    \
  " ('" ID_3 "', 'queue/3', 'sync', 'pending', NULL, '[]', '2026-01-02 00:00:00+00')"

static WdPage *
list (PgSiteFixture *fixture, WdJobFilter *filter, WdPageRequest *request, GError **error)
{
  return wd_pg_jobs_list (fixture->connection, filter, request, wd_deadline_in (WAIT_MS), NULL,
                          error);
}

/* The last digits of the ids found, newest first. */
static char *
find (PgSiteFixture *fixture, WdJobFilter *filter)
{
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPage) page = list (fixture, filter, request, &error);
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_true (page->total_is_exact);
  g_assert_cmpint (page->total, ==, page->items->len);
  for (guint i = 0; i < page->items->len; i++)
    {
      const char *id = ((WdJob *) g_ptr_array_index (page->items, i))->id;

      g_string_append (found, id + strlen (id) - 1);
    }
  return g_string_free (found, FALSE);
}

static char *
search (PgSiteFixture *fixture, const char *text)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  filter->search = g_strdup (text);
  return find (fixture, filter);
}

static char *
between (PgSiteFixture *fixture, const char *from, const char *to)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  if (from != NULL)
    g_assert_true (wd_time_parse (from, FALSE, &filter->from, NULL));
  if (to != NULL)
    g_assert_true (wd_time_parse (to, TRUE, &filter->to, NULL));
  return find (fixture, filter);
}

#define ASSERT_FOUND(call, expected)                                                             \
  G_STMT_START                                                                                   \
  {                                                                                              \
    g_autofree char *found = call;                                                               \
                                                                                                 \
    g_assert_cmpstr (found, ==, expected);                                                       \
  }                                                                                              \
  G_STMT_END

static void
test_filters (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdJobFilter) status = wd_job_filter_new ();
  g_autoptr (WdJobFilter) trigger = wd_job_filter_new ();
  g_autoptr (WdPgColumns) columns = NULL;

  pg_site_run (fixture, JOBS_SQL);
  ASSERT_FOUND (search (fixture, "TOPUP"), "1");
  ASSERT_FOUND (search (fixture, "a_b%C"), "1");
  ASSERT_FOUND (search (fixture, "taxb"), "2");
  ASSERT_FOUND (search (fixture, "-8000-"), "321");
  ASSERT_FOUND (search (fixture, ID_1), "21");
  ASSERT_FOUND (search (fixture, "\\"), "");
  ASSERT_FOUND (search (fixture, "'; DROP TABLE job_logs; --"), "");
  ASSERT_FOUND (between (fixture, "2026-01-01T10:00:00.123456Z", NULL), "321");
  ASSERT_FOUND (between (fixture, "2026-01-01T10:00:00.123457Z", NULL), "32");
  ASSERT_FOUND (between (fixture, "2026-01-01", "2026-01-01"), "21");
  ASSERT_FOUND (between (fixture, "2026-01-01T10:15:00Z", "2026-01-01T10:29:59.999999Z"), "2");
  ASSERT_FOUND (between (fixture, "2026-01-01T09:45:00Z", "2026-01-02T00:14:59.999999Z"), "321");
  ASSERT_FOUND (between (fixture, NULL, "2026-01-01T10:15:00Z"), "21");
  status->statuses = g_strsplit ("failed,pending", ",", -1);
  ASSERT_FOUND (find (fixture, status), "31");
  status->types = g_strsplit ("sync", ",", -1);
  ASSERT_FOUND (find (fixture, status), "3");

  columns = wd_pg_columns_get (fixture->connection, wd_deadline_in (WAIT_MS), NULL, NULL);
  trigger->triggers = g_strsplit ("system", ",", -1);
  ASSERT_FOUND (find (fixture, trigger),
                wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "triggered_by") != NULL ? "321" : "");
}

static void
test_active (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  pg_site_run (fixture, JOBS_SQL);
  pg_site_run (fixture, "UPDATE job_logs SET status = 'processing' WHERE id = '" ID_3 "'");
  pg_site_run (fixture, "UPDATE job_logs SET status = 'active' WHERE id = '" ID_1 "'");
  filter->statuses = g_strsplit ("active", ",", -1);
  ASSERT_FOUND (find (fixture, filter), "31");
}

static void
test_rows (PgSiteFixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "nobody", "queue/3", ID_1, "topup-1", ID_2, "" };
  static const char *const order[] = { ID_3, ID_1, ID_1, ID_2 };
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (WdJob) job = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *created = NULL;
  gint64 deadline = wd_deadline_in (WAIT_MS);

  pg_site_run (fixture, JOBS_SQL);
  jobs = wd_pg_jobs_find (fixture->connection, ids, G_N_ELEMENTS (ids), &missing, deadline, NULL,
                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < jobs->len; i++)
    g_assert_cmpstr (((WdJob *) g_ptr_array_index (jobs, i))->id, ==, order[i]);
  g_assert_cmpuint (missing->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (missing, 0), ==, "nobody");
  g_assert_cmpstr (g_ptr_array_index (missing, 1), ==, "");

  job = wd_pg_jobs_get (fixture->connection, ID_1, deadline, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (job->job_id, ==, "topup-1");
  g_assert_cmpstr (job->data, ==, "{\"x\": 1}");
  g_assert_cmpint (job->retry_count, ==, 0);
  g_assert_cmpint (job->max_retries, ==, 3);
  created = wd_time_to_rfc3339 (job->created_at);
  g_assert_cmpstr (created, ==, "2026-01-01T10:00:00.123456Z");
  g_assert_cmpint (job->completed_at, ==, WD_TIME_NONE);

  g_assert_null (wd_pg_jobs_get (fixture->connection, "nobody", deadline, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
}

static void
test_data (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();

  pg_site_run (fixture, JOBS_SQL);
  request->ascending = TRUE;
  request->with_total = FALSE;
  for (guint with_data = 0; with_data < 2; with_data++)
    {
      g_autoptr (WdPage) page = NULL;

      request->with_data = with_data;
      page = list (fixture, filter, request, NULL);
      g_assert_cmpint (page->total, ==, -1);
      g_assert_cmpstr (((WdJob *) g_ptr_array_index (page->items, 0))->data, ==,
                       with_data ? "{\"x\": 1}" : NULL);
    }
}

/* A cursor goes on with the list it came from, and with no other. */
static void
test_cursor (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (WdPage) page = NULL;
  g_autoptr (GError) error = NULL;

  pg_site_run (fixture, JOBS_SQL);
  request->limit = 1;
  page = list (fixture, filter, request, NULL);
  request->cursor = g_strdup (page->next_cursor);
  request->ascending = TRUE;
  g_assert_null (list (fixture, filter, request, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  request->ascending = FALSE;
  filter->search = g_strdup ("t");
  g_assert_null (list (fixture, filter, request, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
}

static WdPage *
list_some (PgSiteFixture *fixture, const char *search_text, WdSort sort, GError **error)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();

  filter->search = g_strdup (search_text);
  request->sort = sort;
  request->limit = 3;
  return list (fixture, filter, request, error);
}

/* Many rows: totals by the counts or about, and no order that would sort them all. */
static void
test_many (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPage) all = NULL;
  g_autoptr (WdPage) found = NULL;
  g_autoptr (WdPage) some = NULL;
  g_autoptr (WdPage) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgColumns) columns = NULL;

  pg_site_run (fixture, "DELETE FROM job_logs");
  pg_site_run (fixture, "INSERT INTO job_logs (job_id, job_type, status, wallet_address)"
                        " SELECT 'job-' || i, 'sync', 'completed', 'T' || i"
                        " FROM generate_series(1, 100001) AS i");
  pg_site_run (fixture, "ANALYZE job_logs");
  columns = wd_pg_columns_get (fixture->connection, wd_deadline_in (WAIT_MS), NULL, NULL);

  all = list_some (fixture, NULL, WD_SORT_CREATED, &error);
  g_assert_no_error (error);
  g_assert_cmpint (all->total_is_exact, ==, columns->counts);
  g_assert_cmpint (all->total, >, 90000);
  g_assert_cmpint (all->total, <, 110000);
  if (columns->counts)
    g_assert_cmpint (all->total, ==, 100001);

  found = list_some (fixture, "job-9999", WD_SORT_CREATED, &error);
  g_assert_no_error (error);
  g_assert_true (found->total_is_exact);
  g_assert_cmpint (found->total, ==, 11);
  some = list_some (fixture, "job-99", WD_SORT_RETRIES, &error);
  g_assert_no_error (error);
  g_assert_cmpint (some->total, ==, 1111);

  refused = list_some (fixture, NULL, WD_SORT_RETRIES, &error);
  g_assert_null (refused);
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED);
}

/* Somebody else migrates, or takes away, while we are connected. */
static void
test_changing_tables (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) other = wd_pg_connection_new (fixture->uri, NULL, NULL);
  PgSiteFixture second = { .connection = other };
  g_autoptr (WdJob) job = NULL;
  g_autoptr (GError) error = NULL;
  guint n_folded = 0;

  pg_site_run (fixture, JOBS_SQL);
  ASSERT_FOUND (search (fixture, "topup"), "1");
  pg_site_run (&second, "ALTER TABLE job_logs DROP COLUMN wallet_address");
  ASSERT_FOUND (search (fixture, "topup"), "1");
  job = wd_pg_jobs_get (fixture->connection, "topup-1", wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  g_assert_null (job->wallet_address);

  pg_site_run (&second, "DROP TABLE job_logs");
  g_assert_null (wd_pg_jobs_get (fixture->connection, ID_1, wd_deadline_in (WAIT_MS), NULL,
                                 &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_MIGRATED);
  g_clear_error (&error);
  g_assert_false (wd_pg_counts_fold (fixture->connection, 10, &n_folded, wd_deadline_in (WAIT_MS),
                                     NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_MIGRATED);
}

static void
test_fold (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;
  guint n_folded = 0;

  pg_site_run (fixture, JOBS_SQL);
  pg_site_run (fixture, "UPDATE job_logs SET status = 'failed'");
  ASSERT_FOUND (between (fixture, "2026-01-01", "2026-01-01"), "21");
  g_assert_true (wd_pg_counts_fold (fixture->connection, 1000, &n_folded,
                                    wd_deadline_in (WAIT_MS), NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_folded, >, 0);
  left = pg_test_ask (fixture->connection, "SELECT count(*) FROM worker_dashboard.job_delta");
  g_assert_cmpstr (left, ==, "0");
  ASSERT_FOUND (between (fixture, "2026-01-01", "2026-01-01"), "21");
}

static void
add (const char *path, const PgSite *site, void (*test) (PgSiteFixture *, gconstpointer))
{
  g_test_add (path, PgSiteFixture, site, pg_site_set_up, test, pg_site_tear_down);
}

int
main (int argc, char **argv)
{
  static const PgSite a = { "a", { "wallets_seed", "job_logs_a" }, FALSE };
  static const PgSite fresh = { "fresh", { NULL }, TRUE };

  g_test_init (&argc, &argv, NULL);
  pg_site_add_tests ("/postgres/jobs/filters/", test_filters);
  pg_site_add_tests ("/postgres/jobs/rows/", test_rows);
  add ("/postgres/jobs/active", &fresh, test_active);
  add ("/postgres/jobs/data", &fresh, test_data);
  add ("/postgres/jobs/cursor", &fresh, test_cursor);
  add ("/postgres/jobs/many", &fresh, test_many);
  add ("/postgres/jobs/many-without-schema", &a, test_many);
  add ("/postgres/jobs/changing-tables", &a, test_changing_tables);
  add ("/postgres/jobs/fold", &fresh, test_fold);
  return g_test_run ();
}
