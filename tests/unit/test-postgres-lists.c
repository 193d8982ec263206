/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters and orders as SQL. */

#include <string.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-count-query.h"
#include "postgres/wd-pg-job-query.h"
#include "postgres/wd-pg-wallet-query.h"

#define UUID "6f1c2f6e-0d5c-4b62-9d7c-0c1f0f0a9f10"

/* Table A with our indexes, or what is left of it. */
static WdPgColumns *
make_columns (gboolean complete)
{
  static const char *const optional[] = { "triggered_by", "started_at", "user_id",
                                          "wallet_address", "completed_at" };
  WdPgColumns *columns = wd_pg_columns_create ();

  wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "id", "uuid", TRUE);
  wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "job_id", "varchar", TRUE);
  wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "job_type", "varchar", TRUE);
  wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "status", "varchar", TRUE);
  wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "created_at", "timestamptz", FALSE);
  wd_pg_columns_add (columns, WD_PG_USER_WALLETS, "address", "varchar", complete);
  wd_pg_columns_add (columns, WD_PG_USER_WALLETS, "balance", complete ? "numeric" : "text", FALSE);
  if (!complete)
    {
      wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "processed_at", "timestamptz", FALSE);
      return columns;
    }
  for (guint i = 0; i < G_N_ELEMENTS (optional); i++)
    wd_pg_columns_add (columns, WD_PG_JOB_LOGS, optional[i], "varchar", FALSE);
  wd_pg_columns_add_index (columns, WD_PG_JOB_LOGS, "created_at,id", FALSE);
  wd_pg_columns_add_index (columns, WD_PG_JOB_LOGS, "status,created_at,id", FALSE);
  wd_pg_columns_add (columns, WD_PG_USER_WALLETS, "needs_gas", "bool", FALSE);
  wd_pg_columns_add (columns, WD_PG_USER_WALLETS, "network", "varchar", FALSE);
  wd_pg_columns_add (columns, WD_PG_USER_WALLETS, "user_id", "uuid", FALSE);
  wd_pg_columns_add_index (columns, WD_PG_USER_WALLETS, "address", TRUE);
  wd_pg_columns_add_index (columns, WD_PG_USER_WALLETS, "network,address", FALSE);
  columns->schema = columns->counts = TRUE;
  return columns;
}

/* The values of a statement, joined by bars. */
static char *
join_values (WdPgParams *params)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < wd_pg_params_get_length (params); i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "|" : "", wd_pg_params_get_values (params)[i]);
  return g_string_free (joined, FALSE);
}

typedef struct {
  const char *name;
  const char *statuses; /* joined by commas, as are types and triggers */
  const char *types;
  const char *triggers;
  const char *wallet;
  const char *user;
  const char *from;
  const char *to;
  const char *completed_from;
  const char *completed_to;
  const char *search;
  gboolean incomplete;
  const char *conditions;
  const char *values;
} JobCase;

static const JobCase job_cases[] = {
  { .name = "all", .conditions = "", .values = "" },
  { .name = "one-status", .statuses = "failed", .conditions = "j.status = $1",
    .values = "failed" },
  { .name = "active", .statuses = "active", .conditions = "j.status = ANY ($1::text[])",
    .values = "{\"active\",\"processing\"}" },
  { .name = "active-twice", .statuses = "processing,active",
    .conditions = "j.status = ANY ($1::text[])", .values = "{\"processing\",\"active\"}" },
  { .name = "words", .statuses = "failed", .types = "sync,gas-topup", .triggers = "manual",
    .conditions = "j.status = $1 AND j.job_type = ANY ($2::text[]) AND j.triggered_by = $3",
    .values = "failed|{\"sync\",\"gas-topup\"}|manual" },
  { .name = "hostile", .types = "a\",b'; --", .conditions = "j.job_type = ANY ($1::text[])",
    .values = "{\"a\\\"\",\"b'; --\"}" },
  { .name = "no-trigger-column", .triggers = "manual", .incomplete = TRUE,
    .conditions = "FALSE", .values = "" },
  { .name = "exact", .wallet = "TX", .user = UUID,
    .conditions = "j.wallet_address = $1 AND j.user_id = $2", .values = "TX|" UUID },
  { .name = "times", .from = "2026-01-02", .to = "2026-01-03",
    .conditions = "j.created_at >= $1 AND j.created_at <= $2",
    .values = "2026-01-02 00:00:00.000000+00|2026-01-03 23:59:59.999999+00" },
  { .name = "endless", .to = "infinity", .conditions = "j.created_at <= $1",
    .values = "infinity" },
  { .name = "completed", .types = "sync", .completed_from = "2026-01-02",
    .completed_to = "2026-01-03",
    .conditions = "j.job_type = $1 AND j.completed_at >= $2 AND j.completed_at <= $3",
    .values = "sync|2026-01-02 00:00:00.000000+00|2026-01-03 23:59:59.999999+00" },
  { .name = "completed-any-type", .completed_from = "2026-01-02",
    .conditions = "j.job_type = ANY (ARRAY (SELECT DISTINCT job_type"
                  " FROM worker_dashboard.job_totals)) AND j.completed_at >= $1",
    .values = "2026-01-02 00:00:00.000000+00" },
  { .name = "completed-unknown", .completed_to = "2026-01-02", .incomplete = TRUE,
    .conditions = "FALSE", .values = "" },
  { .name = "search", .search = "a%b_c\\d",
    .conditions = "(j.job_id ILIKE $1 OR j.wallet_address ILIKE $1)",
    .values = "%a\\%b\\_c\\\\d%" },
  { .name = "search-id", .search = "0c1F-",
    .conditions = "(j.id::text ILIKE $1 OR j.job_id ILIKE $1 OR j.wallet_address ILIKE $1)",
    .values = "%0c1F-%" },
  { .name = "search-nothing", .search = "", .conditions = "", .values = "" },
  { .name = "search-without-wallet", .search = "x", .incomplete = TRUE,
    .conditions = "(j.job_id ILIKE $1)", .values = "%x%" },
};

static char **
split (const char *words)
{
  return words != NULL ? g_strsplit (words, ",", -1) : NULL;
}

static WdTime
parse_time (const char *text, gboolean end)
{
  WdTime time = WD_TIME_NONE;

  if (text != NULL)
    g_assert_true (wd_time_parse (text, end, &time, NULL));
  return time;
}

static WdJobFilter *
make_job_filter (const JobCase *wanted)
{
  WdJobFilter *filter = wd_job_filter_new ();

  filter->statuses = split (wanted->statuses);
  filter->types = split (wanted->types);
  filter->triggers = split (wanted->triggers);
  filter->wallet = g_strdup (wanted->wallet);
  filter->user = g_strdup (wanted->user);
  filter->from = parse_time (wanted->from, FALSE);
  filter->to = parse_time (wanted->to, TRUE);
  filter->completed_from = parse_time (wanted->completed_from, FALSE);
  filter->completed_to = parse_time (wanted->completed_to, TRUE);
  filter->search = g_strdup (wanted->search);
  return filter;
}

static void
test_job_filter (gconstpointer data)
{
  const JobCase *wanted = data;
  g_autoptr (WdPgColumns) columns = make_columns (!wanted->incomplete);
  g_autoptr (WdJobFilter) filter = make_job_filter (wanted);
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgListQuery) query = wd_pg_job_query_new (columns, filter, request, &error);
  g_autofree char *values = NULL;

  g_assert_no_error (error);
  values = join_values (query->params);
  g_assert_cmpstr (query->conditions->str, ==, wanted->conditions);
  g_assert_cmpstr (values, ==, wanted->values);
}

typedef struct {
  const char *name;
  WdWalletFilter filter;
  gboolean incomplete;
  const char *conditions;
  const char *values;
} WalletCase;

#define ANY_FLAG .needs_gas = WD_TRISTATE_UNSET, .needs_consolidation = WD_TRISTATE_UNSET
#define AS_NUMBER                                                                                \
  "CASE WHEN length(w.balance::text) <= 400 AND w.balance::text"                                 \
  " ~ '^ *[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,3})? *$'"                           \
  " THEN (w.balance::text)::numeric END"

static char *tron[] = { (char *) "tron", NULL };

static const WalletCase wallet_cases[] = {
  { .name = "all", .filter = { ANY_FLAG }, .conditions = "", .values = "" },
  { .name = "flag", .conditions = "NOT w.needs_gas", .values = "",
    .filter = { .needs_gas = WD_TRISTATE_FALSE, .needs_consolidation = WD_TRISTATE_UNSET } },
  { .name = "no-flag-column", .conditions = "w.needs_gas AND FALSE", .values = "",
    .filter = { .needs_gas = WD_TRISTATE_TRUE, .needs_consolidation = WD_TRISTATE_TRUE } },
  { .name = "balance",
    .filter = { ANY_FLAG, .min_balance = (char *) "1e-18", .max_balance = (char *) "2" },
    .conditions = "w.balance >= $1::numeric AND w.balance <> 'NaN'::numeric AND "
                  "w.balance <= $2::numeric AND w.balance <> 'NaN'::numeric",
    .values = "1e-18|2" },
  { .name = "balance-text", .incomplete = TRUE,
    .filter = { ANY_FLAG, .min_balance = (char *) "0" },
    .conditions = AS_NUMBER " >= $1::numeric AND " AS_NUMBER " <> 'NaN'::numeric",
    .values = "0" },
  { .name = "balance-open",
    .filter = { ANY_FLAG, .min_balance = (char *) "1", .max_balance = (char *) "2",
                .above_min = TRUE, .below_max = TRUE, .not_networks = tron },
    .conditions = "(w.network IS NULL OR w.network <> ALL ($1::text[])) AND "
                  "w.balance > $2::numeric AND w.balance <> 'NaN'::numeric AND "
                  "w.balance < $3::numeric AND w.balance <> 'NaN'::numeric",
    .values = "{\"tron\"}|1|2" },
  { .name = "network-and-user",
    .filter = { ANY_FLAG, .networks = tron, .user = (char *) UUID },
    .conditions = "w.network = $1 AND w.user_id = $2", .values = "tron|" UUID },
  { .name = "search", .filter = { ANY_FLAG, .search = (char *) "ab" },
    .conditions = "(w.address ILIKE $1 OR w.user_id::text ILIKE $1)", .values = "%ab%" },
};

static void
test_wallet_filter (gconstpointer data)
{
  const WalletCase *wanted = data;
  g_autoptr (WdPgColumns) columns = make_columns (!wanted->incomplete);
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgListQuery) query = NULL;
  g_autofree char *values = NULL;

  query = wd_pg_wallet_query_new (columns, &wanted->filter, request, &error);
  g_assert_no_error (error);
  values = join_values (query->params);
  g_assert_cmpstr (query->conditions->str, ==, wanted->conditions);
  g_assert_cmpstr (values, ==, wanted->values);
}

typedef struct {
  const char *name;
  gboolean wallets;
  WdSort sort;
  gboolean incomplete;
  const char *keys; /* NULL: refused */
  gboolean any_size;
} OrderCase;

#define UNDER_WAY "CASE WHEN j.status IN ('active', 'processing') THEN 2" \
                  " WHEN j.status IN ('pending', 'retrying') THEN 1 ELSE 0 END"

static const OrderCase order_cases[] = {
  { "created", FALSE, WD_SORT_CREATED, FALSE, "j.created_at?|j.id", TRUE },
  { "created-unindexed", FALSE, WD_SORT_CREATED, TRUE, "j.created_at?|j.id", TRUE },
  { "updated-missing", FALSE, WD_SORT_UPDATED, TRUE, "j.id", FALSE },
  { "status", FALSE, WD_SORT_STATUS, FALSE, "j.status|j.created_at?|j.id", TRUE },
  { "type", FALSE, WD_SORT_TYPE, FALSE, "j.job_type|j.created_at?|j.id", FALSE },
  { "started", FALSE, WD_SORT_STARTED, FALSE, "j.started_at?|j.id", FALSE },
  { "processed", FALSE, WD_SORT_STARTED, TRUE, "j.processed_at?|j.id", FALSE },
  { "trigger-missing", FALSE, WD_SORT_TRIGGER, TRUE, "j.created_at?|j.id", FALSE },
  { "under-way", FALSE, WD_SORT_UNDER_WAY, FALSE, UNDER_WAY "|j.created_at?|j.id", FALSE },
  { "job-by-balance", FALSE, WD_SORT_BALANCE, FALSE, NULL, FALSE },
  { "address", TRUE, WD_SORT_ADDRESS, FALSE, "w.address", TRUE },
  { "address-not-unique", TRUE, WD_SORT_ADDRESS, TRUE, "w.address?|w.ctid", FALSE },
  { "network", TRUE, WD_SORT_NETWORK, FALSE, "w.network?|w.address", TRUE },
  { "balance", TRUE, WD_SORT_BALANCE, FALSE, "w.balance?|w.address", FALSE },
  { "balance-text", TRUE, WD_SORT_BALANCE, TRUE, AS_NUMBER "?|w.address?|w.ctid", FALSE },
  { "sync-missing", TRUE, WD_SORT_LAST_SYNC, FALSE, "w.address", FALSE },
  { "wallet-by-retries", TRUE, WD_SORT_RETRIES, FALSE, NULL, FALSE },
};

static void
test_order (gconstpointer data)
{
  const OrderCase *wanted = data;
  g_autoptr (WdPgColumns) columns = make_columns (!wanted->incomplete);
  g_autoptr (WdJobFilter) jobs = wd_job_filter_new ();
  g_autoptr (WdWalletFilter) wallets = wd_wallet_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgListQuery) query = NULL;

  request->sort = wanted->sort;
  if (wanted->wallets)
    query = wd_pg_wallet_query_new (columns, wallets, request, &error);
  else
    query = wd_pg_job_query_new (columns, jobs, request, &error);
  if (wanted->keys == NULL)
    {
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < query->n_keys; i++)
    g_string_append_printf (keys, "%s%s%s", i > 0 ? "|" : "", query->keys[i].expression,
                            query->keys[i].nullable ? "?" : "");
  g_assert_cmpstr (keys->str, ==, wanted->keys);
  g_assert_cmpint (query->any_size, ==, wanted->any_size);
}

typedef struct {
  const char *name;
  JobCase filter;
  const char *sql; /* after FROM worker_dashboard.; NULL: not from the counts */
  const char *values;
} TotalCase;

static const TotalCase total_cases[] = {
  { "all", { 0 }, "job_totals", "" },
  { "words", { .statuses = "failed", .types = "sync" },
    "job_totals WHERE status = ANY ($1::text[]) AND job_type = ANY ($2::text[])",
    "{\"failed\"}|{\"sync\"}" },
  { "wallet", { .wallet = "TX" }, NULL, NULL },
  { "search", { .search = "x" }, NULL, NULL },
  { "completed", { .completed_from = "2026-01-01" }, NULL, NULL },
  { "until", { .to = "2026-01-01" }, NULL, NULL },
  { "odd-minute", { .from = "2026-01-01T00:01:00Z" }, NULL, NULL },
  { "since-midnight", { .from = "2026-01-01" },
    "jobs_created WHERE ((span = 1440 AND since >= $1))", "2026-01-01 00:00:00.000000+00" },
  { "since-a-quarter", { .from = "2026-01-01T10:15:00Z" },
    "jobs_created WHERE ((span = 15 AND since >= $1 AND since < $2)"
    " OR (span = 1440 AND since >= $3))",
    "2026-01-01 10:15:00.000000+00|2026-01-02 00:00:00.000000+00|2026-01-02 00:00:00.000000+00" },
  { "days", { .from = "2026-01-01", .to = "2026-01-02" },
    "jobs_created WHERE ((span = 1440 AND since >= $1 AND since < $2))",
    "2026-01-01 00:00:00.000000+00|2026-01-03 00:00:00.000000+00" },
  { "hour-of-a-day", { .from = "2026-01-01T10:00:00Z", .to = "2026-01-01T10:59:59.999999Z" },
    "jobs_created WHERE ((span = 15 AND since >= $1 AND since < $2))",
    "2026-01-01 10:00:00.000000+00|2026-01-01 11:00:00.000000+00" },
  { "day-elsewhere", { .from = "2025-12-31T22:30:00Z", .to = "2026-01-02T22:29:59.999999Z" },
    "jobs_created WHERE ((span = 15 AND since >= $1 AND since < $2)"
    " OR (span = 1440 AND since >= $3 AND since < $4)"
    " OR (span = 15 AND since >= $5 AND since < $6))",
    "2025-12-31 22:30:00.000000+00|2026-01-01 00:00:00.000000+00|2026-01-01 00:00:00.000000+00"
    "|2026-01-02 00:00:00.000000+00|2026-01-02 00:00:00.000000+00|2026-01-02 22:30:00.000000+00" },
  { "inclusive-odd", { .from = "2026-01-01", .to = "2026-01-02T00:00:00Z" }, NULL, NULL },
};

static void
test_total (gconstpointer data)
{
  const TotalCase *wanted = data;
  g_autoptr (WdPgColumns) columns = make_columns (TRUE);
  g_autoptr (WdJobFilter) filter = make_job_filter (&wanted->filter);
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = wd_pg_count_query_jobs (columns, filter, &params);
  g_autofree char *values = NULL;

  if (wanted->sql == NULL)
    {
      g_assert_null (sql);
      return;
    }
  values = join_values (params);
  g_assert_cmpstr (strstr (sql, "worker_dashboard.") + strlen ("worker_dashboard."), ==,
                   wanted->sql);
  g_assert_cmpstr (values, ==, wanted->values);
}

/* Lists that differ in anything that decides about their rows differ in their fingerprints. */
static void
test_fingerprint (void)
{
  g_autoptr (WdPgColumns) columns = make_columns (TRUE);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_lists = 0;

  for (guint i = 0; i < G_N_ELEMENTS (job_cases); i++)
    for (WdSort sort = WD_SORT_CREATED; sort <= WD_SORT_TYPE; sort += WD_SORT_STATUS)
      for (guint ascending = 0; ascending < 2; ascending++)
        {
          g_autoptr (WdJobFilter) filter = make_job_filter (&job_cases[i]);
          g_autoptr (WdPageRequest) request = wd_page_request_new ();
          g_autoptr (WdPgListQuery) query = NULL;

          if (job_cases[i].incomplete || g_str_equal (job_cases[i].name, "search-nothing"))
            continue;
          request->sort = sort;
          request->ascending = ascending;
          query = wd_pg_job_query_new (columns, filter, request, NULL);
          g_hash_table_add (seen, wd_pg_list_query_fingerprint (query));
          n_lists++;
        }
  g_assert_cmpuint (g_hash_table_size (seen), ==, n_lists);
}

#define ADD_CASES(cases, prefix, func)                                                           \
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)                                               \
    {                                                                                            \
      g_autofree char *path = g_strconcat (prefix, cases[i].name, NULL);                         \
                                                                                                 \
      g_test_add_data_func (path, &cases[i], func);                                              \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_CASES (job_cases, "/postgres/lists/jobs/", test_job_filter);
  ADD_CASES (wallet_cases, "/postgres/lists/wallets/", test_wallet_filter);
  ADD_CASES (order_cases, "/postgres/lists/order/", test_order);
  ADD_CASES (total_cases, "/postgres/lists/total/", test_total);
  g_test_add_func ("/postgres/lists/fingerprint", test_fingerprint);
  return g_test_run ();
}
