/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Wallets: exact balances of every type, filters, networks, and flags with their audit trail. */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "model/wd-result.h"
#include "pg-site.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-outlook.h"
#include "postgres/wd-pg-wallets.h"

#define WAIT_MS 30000

static const PgSite fresh = { "fresh", { NULL }, TRUE };
static const PgSite seed = { "seed", { "wallets_seed", "job_logs_a" }, FALSE };
static const PgSite platform = { "platform", { "auth_users", "wallets_platform", "job_logs_b" },
                                 TRUE };
static const PgSite text = { "text", { "wallets_text", "job_logs_a" }, TRUE };

static WdWalletFilter *
between (const char *least, const char *most)
{
  WdWalletFilter *filter = wd_wallet_filter_new ();

  filter->min_balance = g_strdup (least);
  filter->max_balance = g_strdup (most);
  return filter;
}

/* ADDRESS=BALANCE of the wallets found, by address. */
static char *
find (PgSiteFixture *fixture, WdWalletFilter *filter)
{
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (WdPage) page = NULL;
  g_autoptr (GError) error = NULL;
  GString *found = g_string_new (NULL);

  request->sort = WD_SORT_ADDRESS;
  request->ascending = TRUE;
  page = wd_pg_wallets_list (fixture->connection, filter, request, wd_deadline_in (WAIT_MS), NULL,
                             &error);
  g_assert_no_error (error);
  g_assert_true (page->total_is_exact);
  g_assert_cmpint (page->total, ==, page->items->len);
  for (guint i = 0; i < page->items->len; i++)
    {
      WdWallet *wallet = g_ptr_array_index (page->items, i);

      g_string_append_printf (found, "%s%s=%s", found->len > 0 ? " " : "", wallet->address,
                              wallet->balance != NULL ? wallet->balance : "null");
    }
  return g_string_free (found, FALSE);
}

#define ASSERT_FOUND(filter_expression, expected)                                                \
  G_STMT_START                                                                                   \
  {                                                                                              \
    g_autoptr (WdWalletFilter) filter = filter_expression;                                       \
    g_autofree char *found = find (fixture, filter);                                             \
                                                                                                 \
    g_assert_cmpstr (found, ==, expected);                                                       \
  }                                                                                              \
  G_STMT_END

static void
test_numeric (PgSiteFixture *fixture, gconstpointer data)
{
  pg_site_run (fixture, "DELETE FROM user_wallets;"
                        "INSERT INTO user_wallets (address, balance) VALUES"
                        " ('A', 99999999999999.999999999999999999), ('B', 0.000000000000000001),"
                        " ('C', 'NaN'), ('D', NULL), ('E', -1), ('F', 0.1)");
  ASSERT_FOUND (between (NULL, NULL), "A=99999999999999.999999999999999999 B=0.000000000000000001"
                                      " C=NaN D=null E=-1.000000000000000000"
                                      " F=0.100000000000000000");
  ASSERT_FOUND (between ("1e-18", NULL), "A=99999999999999.999999999999999999"
                                         " B=0.000000000000000001 F=0.100000000000000000");
  ASSERT_FOUND (between ("0.0000000000000000011", "0.10000000000000000"),
                "F=0.100000000000000000");
  ASSERT_FOUND (between ("99999999999999.9999999999999999991", NULL), "");
  ASSERT_FOUND (between (NULL, "-1"), "E=-1.000000000000000000");
}

static void
test_text (PgSiteFixture *fixture, gconstpointer data)
{
  pg_site_run (fixture, "DELETE FROM user_wallets;"
                        "INSERT INTO user_wallets (address, balance) VALUES"
                        " ('A', '12.50'), ('B', '1e-18'), ('C', 'lots'), ('D', ''), ('E', NULL),"
                        " ('F', ' 7 '), ('G', '12,5'), ('H', 'NaN'), ('I', '1e99999'), ('J', '.5'),"
                        " ('K', '-3.')");
  ASSERT_FOUND (between ("0.5", NULL), "A=12.50 F= 7  J=.5");
  ASSERT_FOUND (between (NULL, "1e-18"), "B=1e-18 K=-3.");
  ASSERT_FOUND (between ("12.5", "12.500"), "A=12.50");
}

static void
test_floating (PgSiteFixture *fixture, gconstpointer data)
{
  pg_site_run (fixture, "DROP TABLE user_wallets;"
                        "CREATE TABLE user_wallets (address text NOT NULL UNIQUE, balance float8);"
                        "INSERT INTO user_wallets VALUES ('A', 0.1), ('B', 'Infinity'),"
                        " ('C', 'NaN'), ('D', 1e-7)");
  ASSERT_FOUND (between ("0.1", NULL), "A=0.1");
  ASSERT_FOUND (between (NULL, "0.0000001"), "D=1e-07");
}

static void
test_filters (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdWalletFilter) flags = wd_wallet_filter_new ();
  g_autoptr (WdWalletFilter) network = wd_wallet_filter_new ();
  g_autoptr (WdWalletFilter) search = wd_wallet_filter_new ();
  g_autofree char *by_flags = NULL, *by_network = NULL, *by_search = NULL, *by_user = NULL;
  g_auto (GStrv) networks = NULL;
  g_autoptr (GError) error = NULL;

  pg_site_run (fixture, "DELETE FROM user_wallets;"
                        "INSERT INTO user_wallets (user_id, address, network, needs_gas) VALUES"
                        " ('aaaaaaaa-0000-4000-8000-000000000001', 'T_1', 'tron', true),"
                        " (NULL, 'Tx1', 'tron', false), (NULL, '0x', 'ethereum', NULL),"
                        " (NULL, 'b', NULL, true)");
  flags->needs_gas = WD_TRISTATE_FALSE;
  by_flags = find (fixture, flags);
  g_assert_true (g_str_has_prefix (by_flags, "Tx1="));
  g_assert_null (strchr (by_flags, ' '));
  network->networks = g_strsplit ("tron,ethereum", ",", -1);
  by_network = find (fixture, network);
  g_assert_true (g_str_has_prefix (by_network, "0x="));
  search->search = g_strdup ("t_");
  by_search = find (fixture, search);
  g_assert_true (g_str_has_prefix (by_search, "T_1="));
  g_free (search->search);
  search->search = g_strdup ("AAAAAAAA-0000");
  by_user = find (fixture, search);
  g_assert_cmpstr (by_user, ==, by_search);

  networks = wd_pg_wallets_networks (fixture->connection, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (networks), ==, 2);
  g_assert_cmpstr (networks[0], ==, "ethereum");
  g_assert_cmpstr (networks[1], ==, "tron");
}

static WdWallet *
set_flags (PgSiteFixture *fixture, const char *address, WdTristate gas, WdTristate consolidation,
           GError **error)
{
  static const WdActor actor = { "ann", "desk", "test 1" };

  wd_pg_connection_set_actor (fixture->connection, &actor);
  return wd_pg_wallets_set_flags (fixture->connection, address, gas, consolidation, NULL,
                                  wd_deadline_in (WAIT_MS), NULL, error);
}

static void
test_flags (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdWallet) first = NULL;
  g_autoptr (WdWallet) second = NULL;
  g_autofree char *audit = NULL, *changed = NULL;
  g_autoptr (GError) error = NULL;

  pg_site_run (fixture, "DELETE FROM user_wallets");
  pg_site_run (fixture, "ALTER TABLE user_wallets ALTER user_id DROP NOT NULL");
  pg_site_run (fixture, "INSERT INTO user_wallets (address, balance, needs_gas, updated_at)"
                        " VALUES ('T1', '1.5', NULL, '2020-01-01'), ('T2', '0', false, now())");
  first = set_flags (fixture, "T1", WD_TRISTATE_TRUE, WD_TRISTATE_UNSET, &error);
  g_assert_no_error (error);
  g_assert_cmpint (first->needs_gas, ==, WD_TRISTATE_TRUE);
  g_assert_true (g_str_has_prefix (first->balance, "1.5"));
  second = set_flags (fixture, "T1", WD_TRISTATE_FALSE, WD_TRISTATE_TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->needs_gas, ==, WD_TRISTATE_FALSE);
  g_assert_cmpint (second->needs_consolidation, ==, WD_TRISTATE_TRUE);
  changed = pg_test_ask (fixture->connection, "SELECT bool_and(updated_at > '2021-01-01')"
                                              " FROM user_wallets WHERE address = 'T1'");
  g_assert_cmpstr (changed, ==, "t");
  audit = pg_test_ask (fixture->connection,
                       "SELECT string_agg(concat_ws(' ', os_user, host, client, action, "
                       "target_type, target_id, before ->> 'needs_gas', after ->> 'needs_gas'), '|'"
                       " ORDER BY id) FROM worker_dashboard.audit WHERE action <> 'migrate'");
  g_assert_cmpstr (audit, ==, "ann desk test 1 set-flags wallet T1 true"
                              "|ann desk test 1 set-flags wallet T1 true false");

  g_assert_null (set_flags (fixture, "T3", WD_TRISTATE_TRUE, WD_TRISTATE_UNSET, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (set_flags (fixture, "T1", WD_TRISTATE_UNSET, WD_TRISTATE_UNSET, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
}

/* Thousands of wallets in one round trip: who exists, and the newest job of each type under way. */
static void
test_outlook (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) addresses = NULL;
  g_autoptr (WdOutlook) outlook = NULL;
  g_autofree char *newest = NULL;
  g_autoptr (GError) error = NULL;

  pg_site_run (fixture, "DELETE FROM user_wallets");
  pg_site_run (fixture, "ALTER TABLE user_wallets ALTER user_id DROP NOT NULL");
  pg_site_run (fixture, "INSERT INTO user_wallets (address, balance) SELECT 'T' || i, 1.5"
                        " FROM generate_series(1, 5000) i");
  pg_site_run (fixture, "INSERT INTO job_logs"
                        " (job_id, job_type, status, wallet_address, created_at)"
                        " VALUES ('a', 'gas-topup', 'active', 'T1', now() - interval '1 hour'),"
                        " ('b', 'gas-topup', 'pending', 'T1', now()),"
                        " ('c', 'sync', 'retrying', 'T1', now()),"
                        " ('d', 'gas-topup', 'completed', 'T2', now()),"
                        " ('e', 'gas-topup', 'failed', 'T3', now()),"
                        " ('f', 'gas-topup', 'active', 'T9999', now()),"
                        " ('g', 'gas-topup', 'active', 'other', now())");
  for (guint i = 1; i <= 5000; i++)
    {
      g_autofree char *address = g_strdup_printf ("T%u", i);

      g_strv_builder_add (builder, address);
    }
  g_strv_builder_add (builder, "T9999");
  addresses = g_strv_builder_end (builder);
  outlook = wd_pg_outlook (fixture->connection, (const char *const *) addresses,
                           wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outlook->wallets->len, ==, 5000);
  g_assert_cmpuint (outlook->under_way->len, ==, 3);
  for (guint i = 0; i < outlook->under_way->len; i++)
    {
      const WdJob *job = outlook->under_way->pdata[i];
      g_autofree char *before = g_steal_pointer (&newest);

      newest = g_strdup_printf ("%s%s", before != NULL ? before : "", job->job_id);
    }
  g_assert_cmpstr (newest, ==, "bcf");
}

static void
test_flags_locked (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) other = wd_pg_connection_new (fixture->uri, NULL, NULL);
  g_autoptr (WdPgResult) locked = NULL;
  g_autoptr (WdWallet) wallet = NULL;
  g_autoptr (GError) error = NULL;
  gint64 deadline = wd_deadline_in (WAIT_MS);

  pg_site_run (fixture, "INSERT INTO user_wallets (address) VALUES ('T1')");
  g_assert_true (wd_pg_connection_begin (other, FALSE, 0, deadline, NULL, &error));
  locked = wd_pg_connection_query (other, "SELECT FROM public.user_wallets FOR NO KEY UPDATE", NULL,
                                   deadline, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (set_flags (fixture, "T1", WD_TRISTATE_TRUE, WD_TRISTATE_UNSET, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_BUSY);
  g_clear_error (&error);
  wd_pg_connection_rollback (other);
  wallet = set_flags (fixture, "T1", WD_TRISTATE_TRUE, WD_TRISTATE_UNSET, &error);
  g_assert_no_error (error);
}

/* The server process ends at COMMIT: whether that was done shows in the wallet alone. */
static void
test_flags_unknown (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdWallet) wallet = NULL;
  g_autoptr (GError) error = NULL;

  pg_site_run (fixture, "INSERT INTO user_wallets (address, needs_gas) VALUES ('T1', true)");
  pg_site_run (fixture, "CREATE FUNCTION end_it() RETURNS trigger LANGUAGE plpgsql AS $$"
                        " BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
                        " PERFORM pg_sleep(10); RETURN NULL; END $$");
  pg_site_run (fixture, "CREATE CONSTRAINT TRIGGER end_it AFTER UPDATE ON user_wallets"
                        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION end_it()");
  g_assert_null (set_flags (fixture, "T1", WD_TRISTATE_FALSE, WD_TRISTATE_UNSET, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);
  g_clear_error (&error);
  wallet = set_flags (fixture, "T1", WD_TRISTATE_TRUE, WD_TRISTATE_UNSET, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wallet->needs_gas, ==, WD_TRISTATE_TRUE);
}

/* Nothing is written before the database is migrated; then at once, on the same connection. */
static void
test_flags_not_migrated (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdWallet) wallet = NULL;
  g_autofree char *gas = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (set_flags (fixture, "TSample1", WD_TRISTATE_FALSE, WD_TRISTATE_UNSET, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_MIGRATED);
  g_assert_nonnull (g_strstr_len (error->message, -1, "migrations"));
  g_clear_error (&error);
  gas = pg_test_ask (fixture->connection,
                     "SELECT needs_gas FROM user_wallets WHERE address = 'TSample1'");
  g_assert_cmpstr (gas, ==, "t");

  pg_site_migrate (fixture);
  wallet = set_flags (fixture, "TSample1", WD_TRISTATE_FALSE, WD_TRISTATE_UNSET, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wallet->needs_gas, ==, WD_TRISTATE_FALSE);
}

static void
add (const char *path, const PgSite *site, void (*test) (PgSiteFixture *, gconstpointer))
{
  g_test_add (path, PgSiteFixture, site, pg_site_set_up, test, pg_site_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/postgres/wallets/numeric", &fresh, test_numeric);
  add ("/postgres/wallets/text", &text, test_text);
  add ("/postgres/wallets/floating", &seed, test_floating);
  add ("/postgres/wallets/filters/fresh", &fresh, test_filters);
  add ("/postgres/wallets/filters/seed", &seed, test_filters);
  add ("/postgres/wallets/filters/text", &text, test_filters);
  add ("/postgres/wallets/flags/fresh", &fresh, test_flags);
  add ("/postgres/wallets/flags/platform", &platform, test_flags);
  add ("/postgres/wallets/flags/text", &text, test_flags);
  add ("/postgres/wallets/flags/locked", &fresh, test_flags_locked);
  add ("/postgres/wallets/flags/unknown", &fresh, test_flags_unknown);
  add ("/postgres/wallets/flags/not-migrated", &seed, test_flags_not_migrated);
  add ("/postgres/wallets/outlook/fresh", &fresh, test_outlook);
  add ("/postgres/wallets/outlook/platform", &platform, test_outlook);
  return g_test_run ();
}
