/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One wallet with what its table has beyond the usual, on each kind of table that was seen. */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "pg-site.h"
#include "postgres/wd-pg-wallet-detail.h"

#define WAIT_MS 30000

static const PgSite fresh = { "fresh", { NULL }, TRUE };
static const PgSite oldest = { "oldest", { "wallets_oldest" }, FALSE };
static const PgSite seed = { "seed", { "wallets_seed", "job_logs_a" }, FALSE };
static const PgSite platform = { "platform", { "auth_users", "wallets_platform", "job_logs_b" },
                                 FALSE };
static const PgSite text = { "text", { "wallets_text", "job_logs_a" }, FALSE };

static WdWalletDetail *
load (PgSiteFixture *fixture, const char *address, GError **error)
{
  return wd_pg_wallet_detail_load (fixture->connection, address, wd_deadline_in (WAIT_MS), NULL,
                                   error);
}

/* The fields as NAME=VALUE, by the order they come in. */
static char *
load_fields (PgSiteFixture *fixture, const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWalletDetail) detail = load (fixture, address, &error);
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < detail->fields->len; i++)
    {
      const WdWalletField *field = detail->fields->pdata[i];

      g_string_append_printf (found, "%s%s=%s", i > 0 ? " " : "", field->name,
                              field->value != NULL ? field->value : "null");
      g_assert_true (field->kind == WD_WALLET_FIELD_TIME || field->time == WD_TIME_NONE);
    }
  return g_string_free (found, FALSE);
}

static void
test_platform (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdWalletDetail) detail = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fields = NULL, *others = NULL;
  const WdWalletField *topup;
  WdTime expected;

  pg_site_run (fixture, "SET timezone = 'UTC'");
  pg_site_run (fixture, "UPDATE user_wallets SET is_processing = true, balance = 0.00000001,"
                        " trx_balance = 12345678901234567890.000000000000001,"
                        " locked_balance = 0.10, total_balance = 'NaN',"
                        " derivation_path = E'm/44''/195''/0',"
                        " last_gas_topup_at = '2026-01-02 03:04:05.678901+00'"
                        " WHERE address = 'TSample1'");
  fields = load_fields (fixture, "TSample1");
  g_assert_cmpstr (fields, ==, "on_chain_balance=0.000001"
                               " trx_balance=12345678901234567890.000000000000001"
                               " locked_balance=0.10 total_balance=NaN"
                               " derivation_path=m/44'/195'/0 is_processing=t last_sync_at=null"
                               " last_consolidation_at=null"
                               " last_gas_topup_at=2026-01-02 03:04:05.678901+00");
  detail = load (fixture, "TSample1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (detail->wallet->balance, ==, "0.00000001");
  g_assert_cmpint (detail->wallet->needs_consolidation, ==, WD_TRISTATE_TRUE);
  g_assert_true (detail->has_needs_gas && detail->has_needs_consolidation);
  g_assert_cmpint (detail->n_rows, ==, 1);
  topup = wd_wallet_detail_find (detail, "last_gas_topup_at");
  g_assert_true (wd_time_parse ("2026-01-02T03:04:05.678901Z", FALSE, &expected, NULL));
  g_assert_cmpint (topup->time, ==, expected);
  g_assert_null (wd_wallet_detail_find (detail, "last_sync"));
  others = load_fields (fixture, "TSample2");
  g_assert_true (g_str_has_prefix (others, "on_chain_balance=null trx_balance=null"));
}

static void
test_oldest (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWalletDetail) detail = load (fixture, "TSample1", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (detail->fields->len, ==, 0);
  g_assert_cmpstr (detail->wallet->balance, ==, "12.5");
  g_assert_false (detail->has_needs_gas || detail->has_needs_consolidation);
}

static void
test_seed (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWalletDetail) detail = load (fixture, "TSample1", &error);
  g_autofree char *fields = load_fields (fixture, "TSample1");

  g_assert_no_error (error);
  g_assert_cmpstr (fields, ==, "last_sync=null");
  g_assert_cmpstr (detail->wallet->balance, ==, "1.000000000000000001");
  g_assert_cmpstr (detail->wallet->network, ==, "tron");
}

/* Neither an id nor a unique address: the newest row speaks, and they are counted. */
static void
test_text (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWalletDetail) detail = NULL;

  pg_site_run (fixture, "UPDATE user_wallets SET created_at = '2026-01-01' WHERE balance = '1.50'");
  detail = load (fixture, "TSample1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (detail->n_rows, ==, 2);
  g_assert_cmpstr (detail->wallet->balance, ==, "1.50");
  g_assert_cmpint (detail->wallet->needs_gas, ==, WD_TRISTATE_UNSET);
  g_assert_true (detail->has_needs_gas);
}

/* What is no balance, time or path is not even asked for. */
static void
test_secrets (PgSiteFixture *fixture, gconstpointer data)
{
  g_autofree char *fields = NULL;

  pg_site_run (fixture, "ALTER TABLE user_wallets ADD private_key text DEFAULT 'secret',"
                        " ADD mnemonic text DEFAULT 'secret'");
  pg_site_run (fixture, "INSERT INTO user_wallets (address) VALUES ('T1')");
  fields = load_fields (fixture, "T1");
  g_assert_null (strstr (fields, "secret"));
}

static void
test_exact (PgSiteFixture *fixture, gconstpointer data)
{
  static const char *const others[] = { "tsample1", "TSample", "TSample11", " TSample1", "%", "",
                                        "T' OR true --" };
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWalletDetail) found = NULL;

  pg_site_run (fixture, "INSERT INTO user_wallets (address) VALUES ('T<1>')");
  found = load (fixture, "T<1>", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_null (load (fixture, others[i], &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
      g_clear_error (&error);
    }
}

static void
test_no_table (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (fixture, "T1", &error));
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
  g_test_init (&argc, &argv, NULL);
  add ("/postgres/wallet-detail/platform", &platform, test_platform);
  add ("/postgres/wallet-detail/oldest", &oldest, test_oldest);
  add ("/postgres/wallet-detail/seed", &seed, test_seed);
  add ("/postgres/wallet-detail/text", &text, test_text);
  add ("/postgres/wallet-detail/secrets", &fresh, test_secrets);
  add ("/postgres/wallet-detail/exact/seed", &seed, test_exact);
  add ("/postgres/wallet-detail/exact/text", &text, test_exact);
  add ("/postgres/wallet-detail/no-table", NULL, test_no_table);
  return g_test_run ();
}
