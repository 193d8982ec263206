/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks every list page by page, in every order both ways, on every kind of tables, and compares
 * with one query that sorts everything. */

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "pg-site.h"
#include "postgres/wd-pg-jobs.h"
#include "postgres/wd-pg-wallets.h"

#define WAIT_MS 30000

/* Ties everywhere, also across pages; times that differ by a microsecond; nulls; infinities. */
#define JOBS_SQL                                                                                 \
  "INSERT INTO job_logs (job_id, job_type, status, wallet_address, error_message, retry_count,"  \
  " max_retries, created_at, completed_at, updated_at)"                                          \
  " SELECT 'job/' || i, (ARRAY['gas-topup', 'consolidation', 'sync'])[i % 3 + 1],"               \
  " (ARRAY['pending', 'completed', 'failed', 'failed'])[i % 4 + 1],"                             \
  " CASE WHEN i % 5 > 0 THEN 'T%_' || i % 7 END,"                                                \
  " CASE WHEN i % 4 > 1 THEN 'out of energy' END, nullif(i % 6, 5), 3,"                          \
  " CASE WHEN i % 11 = 0 THEN NULL WHEN i = 7 THEN 'infinity' ELSE"                              \
  " timestamptz '2026-01-01 10:00:00.000001+00' + (i % 9) * interval '1 microsecond' END,"       \
  " CASE WHEN i % 4 = 1 THEN now() - i * interval '1 second' END, now() - i * interval '1 day'"  \
  " FROM generate_series(1, 133) AS i"

static WdPage *
list_jobs (PgSiteFixture *fixture, WdJobFilter *filter, WdPageRequest *request)
{
  g_autoptr (GError) error = NULL;
  WdPage *page = wd_pg_jobs_list (fixture->connection, filter, request, wd_deadline_in (WAIT_MS),
                                  NULL, &error);

  g_assert_no_error (error);
  return page;
}

static gboolean
has_column (PgSiteFixture *fixture, const char *table, const char *column)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count(*) FROM information_schema.columns"
    " WHERE table_schema = 'public' AND table_name = '%s' AND column_name = '%s'", table, column);
  g_autofree char *count = pg_test_ask (fixture->connection, sql);

  return g_str_equal (count, "1");
}

/* Every job's id in the order the pages should have. */
static char *
expected_jobs (PgSiteFixture *fixture, const char *order, gboolean ascending)
{
  const char *direction = ascending ? "ASC" : "DESC";
  g_auto (GStrv) columns = g_strsplit (order, ",", -1);
  g_autoptr (GString) sql = g_string_new ("SELECT string_agg(id::text, ' ' ORDER BY ");

  for (guint i = 0; columns[i] != NULL; i++)
    if (*columns[i] == '(' || has_column (fixture, "job_logs", columns[i]))
      g_string_append_printf (sql, "%s %s, ", columns[i], direction);
  g_string_append_printf (sql, "id %s) FROM job_logs", direction);
  return pg_test_ask (fixture->connection, sql->str);
}

/* Every job's id in the order the pages have. */
static char *
walk_jobs (PgSiteFixture *fixture, WdSort sort, gboolean ascending, guint limit)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  GString *ids = g_string_new (NULL);

  request->sort = sort;
  request->ascending = ascending;
  request->limit = limit;
  do
    {
      g_autoptr (WdPage) page = list_jobs (fixture, filter, request);

      g_assert_cmpuint (page->items->len, <=, limit);
      g_assert_true (page->next_cursor == NULL || page->items->len == limit);
      g_assert_true (page->total_is_exact);
      for (guint i = 0; i < page->items->len; i++)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "",
                                ((WdJob *) g_ptr_array_index (page->items, i))->id);
      g_free (request->cursor);
      request->cursor = g_strdup (page->next_cursor);
    }
  while (request->cursor != NULL);
  return g_string_free (ids, FALSE);
}

static void
test_walk_jobs (PgSiteFixture *fixture, gconstpointer data)
{
  static const struct {
    WdSort sort;
    const char *order;
  } orders[] = {
    { WD_SORT_CREATED, "created_at" },
    { WD_SORT_UPDATED, "updated_at" },
    { WD_SORT_COMPLETED, "completed_at" },
    { WD_SORT_STATUS, "status,created_at" },
    { WD_SORT_TYPE, "job_type,created_at" },
    { WD_SORT_WALLET, "wallet_address,created_at" },
    { WD_SORT_TRIGGER, "triggered_by,created_at" },
    { WD_SORT_RETRIES, "retry_count,created_at" },
    { WD_SORT_UNDER_WAY, "(2 * (status ~ '^(active|processing)$')::int"
                         " + (status ~ '^(pending|retrying)$')::int),created_at" },
  };

  pg_site_run (fixture, JOBS_SQL);
  /* What runs has another name in either table. */
  pg_site_run (fixture, "DO $$ BEGIN UPDATE job_logs SET status = 'active' WHERE job_id ~ '[37]$';"
                        " EXCEPTION WHEN check_violation THEN"
                        " UPDATE job_logs SET status = 'processing' WHERE job_id ~ '[37]$';"
                        " END $$");
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    for (guint ascending = 0; ascending < 2; ascending++)
      for (guint limit = 3; limit < 90; limit = limit * 5 + 1)
        {
          g_autofree char *expected = expected_jobs (fixture, orders[i].order, ascending);
          g_autofree char *got = walk_jobs (fixture, orders[i].sort, ascending, limit);

          g_assert_cmpstr (got, ==, expected);
        }
}

/* When a job began goes by two names; a table may have one of them, or both. */
static void
test_started (PgSiteFixture *fixture, gconstpointer data)
{
  gboolean started = has_column (fixture, "job_logs", "started_at");
  gboolean processed = has_column (fixture, "job_logs", "processed_at");
  const char *order = started && processed ? "coalesce(started_at, processed_at)"
                      : started ? "started_at" : "processed_at";
  g_autofree char *sql = NULL, *expected = NULL, *got = NULL, *shown = NULL;
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (WdPage) page = NULL;

  pg_site_run (fixture, "DELETE FROM job_logs");
  pg_site_run (fixture, JOBS_SQL);
  if (started)
    pg_site_run (fixture, "UPDATE job_logs SET started_at = '2026-01-01 00:00:00.000007+00'"
                          " WHERE retry_count = 1");
  if (processed)
    pg_site_run (fixture, "UPDATE job_logs SET processed_at = '2026-01-02 00:00:00.000009+00'"
                          " WHERE retry_count > 1");
  sql = g_strdup_printf ("SELECT string_agg(id::text, ' ' ORDER BY %s ASC, id ASC) FROM job_logs",
                         order);
  expected = pg_test_ask (fixture->connection, sql);
  got = walk_jobs (fixture, WD_SORT_STARTED, TRUE, 20);
  g_assert_cmpstr (got, ==, expected);

  request->sort = WD_SORT_STARTED;
  request->ascending = TRUE;
  page = list_jobs (fixture, filter, request);
  shown = wd_time_to_rfc3339 (((WdJob *) g_ptr_array_index (page->items, 0))->started_at);
  g_assert_cmpstr (shown, ==, started ? "2026-01-01T00:00:00.000007Z"
                                      : "2026-01-02T00:00:00.000009Z");
}

static char *
expected_wallets (PgSiteFixture *fixture, const char *order, gboolean ascending, const char *last)
{
  const char *direction = ascending ? "ASC" : "DESC";
  g_auto (GStrv) columns = g_strsplit (order, ",", -1);
  g_autoptr (GString) sql = g_string_new ("SELECT string_agg(coalesce(address, '') || '=' || "
                                          "coalesce(balance::text, ''), ' ' ORDER BY ");

  for (guint i = 0; columns[i] != NULL; i++)
    if (has_column (fixture, "user_wallets", columns[i]))
      g_string_append_printf (sql, "%s %s, ",
                              g_str_equal (columns[i], "balance")
                                ? "CASE WHEN balance::text ~ '^[0-9.e-]+$' OR pg_typeof(balance) <>"
                                  " 'text'::regtype THEN balance::text::numeric END" : columns[i],
                              direction);
  g_string_append_printf (sql, "%s %s) FROM user_wallets", last, direction);
  return pg_test_ask (fixture->connection, sql->str);
}

static char *
walk_wallets (PgSiteFixture *fixture, WdSort sort, gboolean ascending, guint limit)
{
  g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  GString *seen = g_string_new (NULL);

  request->sort = sort;
  request->ascending = ascending;
  request->limit = limit;
  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WdPage) page = wd_pg_wallets_list (fixture->connection, filter, request,
                                                    wd_deadline_in (WAIT_MS), NULL, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->items->len; i++)
        {
          WdWallet *wallet = g_ptr_array_index (page->items, i);

          g_string_append_printf (seen, "%s%s=%s", seen->len > 0 ? " " : "",
                                  wallet->address != NULL ? wallet->address : "",
                                  wallet->balance != NULL ? wallet->balance : "");
        }
      g_free (request->cursor);
      request->cursor = g_strdup (page->next_cursor);
    }
  while (request->cursor != NULL);
  return g_string_free (seen, FALSE);
}

static void
test_walk_wallets (PgSiteFixture *fixture, gconstpointer data)
{
  static const struct {
    WdSort sort;
    const char *order;
  } orders[] = {
    { WD_SORT_CREATED, "created_at" },
    { WD_SORT_UPDATED, "updated_at" },
    { WD_SORT_ADDRESS, "address" },
    { WD_SORT_NETWORK, "network,address" },
    { WD_SORT_BALANCE, "balance,address" },
    { WD_SORT_NEEDS_GAS, "needs_gas,address" },
    { WD_SORT_NEEDS_CONSOLIDATION, "needs_consolidation,address" },
    { WD_SORT_LAST_SYNC, "last_sync_at" },
  };
  gboolean has_id = has_column (fixture, "user_wallets", "id");
  g_autofree char *nullable = pg_test_ask (
    fixture->connection, "SELECT is_nullable FROM information_schema.columns"
    " WHERE table_schema = 'public' AND table_name = 'user_wallets' AND column_name = 'address'");
  g_autofree char *text = pg_test_ask (
    fixture->connection, "SELECT data_type FROM information_schema.columns"
    " WHERE table_schema = 'public' AND table_name = 'user_wallets' AND column_name = 'balance'");
  const char *last = g_str_equal (nullable, "NO") ? "address" : has_id ? "id" : "ctid";

  if (has_column (fixture, "user_wallets", "user_id"))
    pg_site_run (fixture, "ALTER TABLE user_wallets ALTER COLUMN user_id DROP NOT NULL");
  pg_site_run (fixture, "INSERT INTO user_wallets (address, balance, created_at) SELECT 'T' || i,"
                        " i % 4 + 0.00000001, CASE WHEN i % 3 > 0 THEN now() END"
                        " FROM generate_series(100, 160) AS i");
  if (has_column (fixture, "user_wallets", "needs_gas"))
    pg_site_run (fixture, "UPDATE user_wallets SET needs_gas = CASE WHEN balance::numeric > 3 THEN"
                          " NULL ELSE balance::numeric > 2 END");
  if (g_str_equal (text, "text"))
    pg_site_run (fixture, "INSERT INTO user_wallets (address, balance) VALUES ('T1', 'many'),"
                          " ('T1', ''), ('T1', '1e-18'), (NULL, '1,5'), ('T2', '0.5')");
  else
    pg_site_run (fixture, "INSERT INTO user_wallets (address, balance) VALUES ('T1', NULL),"
                          " ('T2', 'NaN')");

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    for (guint ascending = 0; ascending < 2; ascending++)
      {
        const char *order = orders[i].order;
        g_autofree char *expected = NULL, *got = NULL;

        if (g_str_equal (order, "last_sync_at") && !has_column (fixture, "user_wallets", order))
          order = "last_sync";
        expected = expected_wallets (fixture, order, ascending, last);
        got = walk_wallets (fixture, orders[i].sort, ascending, 6);
        g_assert_cmpstr (got, ==, expected);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pg_site_add_tests ("/postgres/lists/walk-jobs/", test_walk_jobs);
  pg_site_add_tests ("/postgres/lists/started/", test_started);
  pg_site_add_tests ("/postgres/lists/walk-wallets/", test_walk_wallets);
  return g_test_run ();
}
