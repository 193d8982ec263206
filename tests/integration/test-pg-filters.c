/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What lines of text find in a database: above all what no row's data may break. */

#include "base/wd-error.h"
#include "model/wd-filter-text.h"
#include "pg-site.h"
#include "postgres/wd-pg-jobs.h"

#define WAIT_MS 30000
#define ID "00000000-0000-4000-8000-00000000000"

/* Each with one letter more of its job_id. A number too large for the server's is text, and so is
 * one in words, with a NUL, or in an array. */
#define JOBS_SQL                                                                                 \
  "DELETE FROM job_logs;"                                                                        \
  "INSERT INTO job_logs (id, job_id, job_type, status, wallet_address, error_message, data,"     \
  " retry_count, created_at) VALUES"                                                             \
  " ('" ID "1', 'a', 'gas-topup', 'failed', 'TA', 'Out of ENERGY: 50% short', '{\"amount\": 5}'," \
  " 3, '2026-10-31 23:00:00+00'),"                                                               \
  " ('" ID "2', 'b', 'gas-topup', 'failed', 'TB', 'timeout', '{\"amount\": \"5.50\"}', 0,"       \
  " '2026-11-01 22:59:59.999999+00'),"                                                           \
  " ('" ID "3', 'c', 'sync', 'completed', NULL, NULL, '{\"amount\": \"five\", \"a\": {\"b c\":"  \
  " [1, \"x\"]}}', NULL, '2026-11-01 23:00:00+00'),"                                             \
  " ('" ID "4', 'd', 'sync', 'completed', 'TA', NULL, ('{\"amount\": \"' || repeat('9', 200000)"  \
  " || '\"}')::jsonb, 1, '2026-11-02 00:00:00+00'),"                                             \
  " ('" ID "5', 'e', 'sync', 'pending', 'TA', '', '[{\"amount\": 7}]', 2,"                       \
  " '2026-11-03 00:00:00+00'),"                                                                  \
  " ('" ID "6', 'f', 'sync', 'pending', 'TA', NULL, NULL, 2, '2026-11-04 00:00:00+00'),"         \
  " ('" ID "7', 'g', 'sync', 'pending', 'TA', NULL, '\"amount\"', 2,"                            \
  " '2026-11-05 00:00:00+00'),"                                                                  \
  " ('" ID "8', 'h', 'sync', 'pending', 'TA', NULL, '{\"amount\": 123456789.123456789123456789,"  \
  " \"a.b\": true, \"note\": \"100% \\\\ sure\"}', 2, '2026-11-06 00:00:00+00')"

/* The job_ids a line finds, or the error. */
static char *
find_jobs (PgSiteFixture *fixture, const char *text, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (WdJobFilter) filter = wd_job_filter_from_text (text, zone, 0, NULL, error);
  g_autoptr (WdPage) page = NULL;
  GString *found = g_string_new (NULL);

  g_assert_nonnull (filter);
  request->ascending = TRUE;
  page = wd_pg_jobs_list (fixture->connection, filter, request, wd_deadline_in (WAIT_MS), NULL,
                          error);
  for (guint i = 0; page != NULL && i < page->items->len; i++)
    g_string_append (found, ((WdJob *) g_ptr_array_index (page->items, i))->job_id);
  return g_string_free (found, FALSE);
}

static const struct {
  const char *text;
  const char *found;
} job_lines[] = {
  { "", "abcdefgh" },
  { "error:energy", "a" },
  { "error:\"50%\"", "a" },
  { "error:\"5_%\"", "" },
  { "error:\"'; DROP TABLE job_logs; --\"", "" },
  { "-error:energy", "bcdefgh" },
  { "status:failed -error:TIMEOUT", "a" },
  { "-status:failed,pending", "cd" },
  { "-type:sync", "ab" },
  { "-type:\"no such\"", "abcdefgh" },
  { "retries:2", "efgh" },
  { "retries:>=2", "aefgh" },
  { "retries:<2", "bd" },
  { "created:2026-11-01", "ab" },
  { "created:>2026-11-01", "cdefgh" },
  { "created:2026-11-02..2026-11-03", "cde" },
  { "created:>2026-11-01T22:59:59.999999Z", "cdefgh" },
  { "data.amount:>5", "bh" },
  { "data.amount:>=5", "abh" },
  { "data.amount:<5.5", "a" },
  { "data.amount:<=5.5", "ab" },
  { "data.amount:5", "a" },
  { "data.amount:5.5", "b" },
  { "data.amount:\"5.50\"", "b" },
  { "data.amount:5..6", "ab" },
  { "data.amount:5e0", "a" },
  { "data.amount:five", "c" },
  { "data.amount:~IV", "c" },
  { "data.amount:>123456789.123456789123456788", "h" },
  { "data.amount:>123456789.123456789123456789", "" },
  { "data.amount:>1e400", "" },
  { "data.0.amount:7", "e" },
  { "data.a.\"b c\".1:x", "c" },
  { "data.\"a.b\":true", "h" },
  { "data.note:~\"0% \\\\ s\"", "h" },
  { "data.note:~\"\"", "h" },
  { "data.\"'; DROP TABLE job_logs; --\":1", "" },
  { "status:failed data.amount:>5 \"b\"", "b" },
};

static void
check_jobs (PgSiteFixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (job_lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *found = NULL;

      g_test_message ("%s", job_lines[i].text);
      found = find_jobs (fixture, job_lines[i].text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, job_lines[i].found);
    }
}

static void
test_jobs (PgSiteFixture *fixture, gconstpointer data)
{
  pg_site_run (fixture, JOBS_SQL);
  check_jobs (fixture);
}

/* The same as json, which keeps what jsonb refuses: a NUL, and no values can be taken from it. */
static void
test_json (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  pg_site_run (fixture, JOBS_SQL);
  pg_site_run (fixture, "ALTER TABLE job_logs ALTER data DROP DEFAULT, ALTER data TYPE json");
  check_jobs (fixture);
  pg_site_run (fixture, "UPDATE job_logs SET data = '{\"amount\": \"\\u0000\"}'"
                        " WHERE job_id = 'a'");
  found = find_jobs (fixture, "data.amount:>=5", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "bh");
}

static void
test_no_json (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL, *none = NULL;

  pg_site_run (fixture, JOBS_SQL);
  pg_site_run (fixture, "ALTER TABLE job_logs ALTER data DROP DEFAULT, ALTER data TYPE text");
  none = find_jobs (fixture, "data.amount:5", &error);
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  pg_site_run (fixture, "ALTER TABLE job_logs DROP data, DROP error_message, DROP retry_count");
  found = find_jobs (fixture, "-error:x -trigger:manual", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "abcdefgh");
  g_free (found);
  found = find_jobs (fixture, "data.amount:5 error:x retries:1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "");
}

int
main (int argc, char **argv)
{
  static const PgSite a = { "a", { "wallets_seed", "job_logs_a" }, FALSE };
  static const PgSite fresh = { "fresh", { NULL }, TRUE };

  g_test_init (&argc, &argv, NULL);
  pg_site_add_tests ("/postgres/filters/jobs/", test_jobs);
  g_test_add ("/postgres/filters/json", PgSiteFixture, &fresh, pg_site_set_up, test_json,
              pg_site_tear_down);
  g_test_add ("/postgres/filters/no-json", PgSiteFixture, &a, pg_site_set_up, test_no_json,
              pg_site_tear_down);
  return g_test_run ();
}
