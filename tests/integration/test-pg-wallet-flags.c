/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The flags of wallets: one or many at a time, with their audit trail. */

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "model/wd-result.h"
#include "pg-site.h"
#include "postgres/wd-pg-wallets.h"

#define WAIT_MS 30000

static const PgSite fresh = { "fresh", { NULL }, TRUE };
static const PgSite seed = { "seed", { "wallets_seed", "job_logs_a" }, FALSE };
static const PgSite platform = { "platform", { "auth_users", "wallets_platform", "job_logs_b" },
                                 TRUE };
static const PgSite text = { "text", { "wallets_text", "job_logs_a" }, TRUE };

static WdWallet *
set_flags (PgSiteFixture *fixture, const char *address, WdTristate gas, WdTristate consolidation,
           GError **error)
{
  static const WdActor actor = { "ann", "desk", "test 1" };

  wd_pg_connection_set_actor (fixture->connection, &actor);
  return wd_pg_wallets_set_flags (fixture->connection, address, gas, consolidation,
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

static WdFlagResult *
change_flag (PgSiteFixture *fixture, const WdFlagRequest *request, GError **error)
{
  static const WdActor actor = { "ann", "desk", "test 1" };

  wd_pg_connection_set_actor (fixture->connection, &actor);
  return wd_pg_wallets_change_flag (fixture->connection, request, wd_deadline_in (WAIT_MS),
                                    NULL, error);
}

static char *
ask_flags (PgSiteFixture *fixture)
{
  return pg_test_ask (fixture->connection,
                      "SELECT string_agg(address || '=' || coalesce(needs_gas::text, 'null'), ' '"
                      " ORDER BY address) FROM user_wallets");
}

/* Subjects of what was left, as “T9:not-found”. */
static char *
name_left (const WdFlagResult *result)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < result->left->len; i++)
    {
      const WdRefusal *refusal = result->left->pdata[i];

      g_string_append_printf (names, "%s%s:%s", i > 0 ? " " : "", refusal->subject,
                              wd_error_code_name (refusal->error->code));
    }
  return g_string_free (names, FALSE);
}

/* One transaction, the former values back, and a word about those that somebody else changed. */
static void
test_many_flags (PgSiteFixture *fixture, gconstpointer data)
{
  const char *const addresses[] = { "T1", "T2", "T3", "T4", "T9", "T1", NULL };
  g_autoptr (WdFlagRequest) request = wd_flag_request_new (WD_FLAG_NEEDS_GAS, addresses, TRUE);
  g_autoptr (WdFlagRequest) undo = NULL;
  g_autoptr (WdFlagResult) done = NULL;
  g_autoptr (WdFlagResult) undone = NULL;
  g_autofree char *set = NULL, *left = NULL, *audit = NULL, *restored = NULL, *kept = NULL;
  g_autoptr (GError) error = NULL;

  pg_site_run (fixture, "DELETE FROM user_wallets");
  pg_site_run (fixture, "ALTER TABLE user_wallets ALTER user_id DROP NOT NULL");
  pg_site_run (fixture, "INSERT INTO user_wallets (address, needs_gas) VALUES ('T1', NULL),"
                        " ('T2', false), ('T3', true), ('T4', false), ('T5', false)");
  done = change_flag (fixture, request, &error);
  g_assert_no_error (error);
  set = ask_flags (fixture);
  g_assert_cmpstr (set, ==, "T1=true T2=true T3=true T4=true T5=false");
  g_assert_cmpuint (done->changed->len, ==, 3);
  g_assert_cmpuint (done->n_same, ==, 1);
  left = name_left (done);
  g_assert_cmpstr (left, ==, "T9:not-found");
  audit = pg_test_ask (fixture->connection,
                       "SELECT string_agg(concat_ws(' ', os_user, host, action, target_type,"
                       " target_id, before ->> 'needs_gas', after ->> 'needs_gas'), '|'"
                       " ORDER BY target_id) FROM worker_dashboard.audit"
                       " WHERE action <> 'migrate'");
  g_assert_cmpstr (audit, ==, "ann desk set-flags wallet T1 true"
                              "|ann desk set-flags wallet T2 false true"
                              "|ann desk set-flags wallet T4 false true");

  pg_site_run (fixture, "UPDATE user_wallets SET needs_gas = NULL WHERE address = 'T2'");
  pg_site_run (fixture, "DELETE FROM user_wallets WHERE address = 'T4'");
  undo = wd_flag_request_new_undo (done);
  undone = change_flag (fixture, undo, &error);
  g_assert_no_error (error);
  restored = ask_flags (fixture);
  g_assert_cmpstr (restored, ==, "T1=null T2=null T3=true T5=false");
  g_assert_cmpuint (undone->changed->len, ==, 1);
  kept = name_left (undone);
  g_assert_cmpstr (kept, ==, "T2:refused T4:not-found");
}

/* A trigger of the site that keeps one wallet as it is costs the others nothing. */
static void
test_many_flags_kept (PgSiteFixture *fixture, gconstpointer data)
{
  const char *const addresses[] = { "T1", "T2", NULL };
  g_autoptr (WdFlagRequest) request = wd_flag_request_new (WD_FLAG_NEEDS_GAS, addresses, TRUE);
  g_autoptr (WdFlagResult) done = NULL;
  g_autofree char *flags = NULL, *left = NULL;
  g_autoptr (GError) error = NULL;

  pg_site_run (fixture, "INSERT INTO user_wallets (address, needs_gas) VALUES ('T1', false),"
                        " ('T2', false)");
  pg_site_run (fixture, "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$"
                        " BEGIN IF new.address = 'T2' THEN new.needs_gas := false; END IF;"
                        " RETURN new; END $$");
  pg_site_run (fixture, "CREATE TRIGGER keep BEFORE UPDATE ON user_wallets FOR EACH ROW"
                        " EXECUTE FUNCTION keep()");
  done = change_flag (fixture, request, &error);
  g_assert_no_error (error);
  flags = ask_flags (fixture);
  g_assert_cmpstr (flags, ==, "T1=true T2=false");
  left = name_left (done);
  g_assert_cmpstr (left, ==, "T2:permission");
}

/* All of it or nothing: a lock on one wallet keeps the others as they are. */
static void
test_many_flags_locked (PgSiteFixture *fixture, gconstpointer data)
{
  const char *const addresses[] = { "T1", "T2", NULL };
  g_autoptr (WdFlagRequest) request = wd_flag_request_new (WD_FLAG_NEEDS_GAS, addresses, TRUE);
  g_autoptr (WdPgConnection) other = wd_pg_connection_new (fixture->uri, NULL, NULL);
  g_autoptr (WdPgResult) locked = NULL;
  g_autofree char *flags = NULL;
  g_autoptr (GError) error = NULL;
  gint64 deadline = wd_deadline_in (WAIT_MS);

  pg_site_run (fixture, "INSERT INTO user_wallets (address, needs_gas) VALUES ('T1', false),"
                        " ('T2', false)");
  g_assert_true (wd_pg_connection_begin (other, FALSE, 0, deadline, NULL, &error));
  locked = wd_pg_connection_query (other, "SELECT FROM user_wallets WHERE address = 'T2'"
                                          " FOR NO KEY UPDATE", NULL, deadline, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (change_flag (fixture, request, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_BUSY);
  wd_pg_connection_rollback (other);
  flags = ask_flags (fixture);
  g_assert_cmpstr (flags, ==, "T1=false T2=false");
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
  locked = wd_pg_connection_query (other, "SELECT FROM user_wallets FOR NO KEY UPDATE", NULL,
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
  g_assert_nonnull (g_strstr_len (error->message, -1, "wdctl migrate"));
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
  add ("/postgres/wallets/flags/fresh", &fresh, test_flags);
  add ("/postgres/wallets/flags/platform", &platform, test_flags);
  add ("/postgres/wallets/flags/text", &text, test_flags);
  add ("/postgres/wallets/flags/locked", &fresh, test_flags_locked);
  add ("/postgres/wallets/flags/unknown", &fresh, test_flags_unknown);
  add ("/postgres/wallets/flags/not-migrated", &seed, test_flags_not_migrated);
  add ("/postgres/wallets/many-flags/fresh", &fresh, test_many_flags);
  add ("/postgres/wallets/many-flags/platform", &platform, test_many_flags);
  add ("/postgres/wallets/many-flags/text", &text, test_many_flags);
  add ("/postgres/wallets/many-flags/kept", &fresh, test_many_flags_kept);
  add ("/postgres/wallets/many-flags/locked", &fresh, test_many_flags_locked);
  return g_test_run ();
}
