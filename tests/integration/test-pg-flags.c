/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A flag of many wallets at once: in one transaction, with its audit trail, and back. */

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "model/wd-flags.h"
#include "model/wd-result.h"
#include "pg-site.h"
#include "postgres/wd-pg-wallets.h"

#define WAIT_MS 30000

static const PgSite fresh = { "fresh", { NULL }, TRUE };
static const PgSite platform = { "platform", { "auth_users", "wallets_platform", "job_logs_b" },
                                 TRUE };
static const PgSite text = { "text", { "wallets_text", "job_logs_a" }, TRUE };

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

/* A trigger of the site that keeps one wallet as it is costs the others nothing; nor is one touched
 * that has the same place in another part of the table. */
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
  pg_site_run (fixture, "CREATE TABLE more_wallets () INHERITS (user_wallets)");
  pg_site_run (fixture, "INSERT INTO more_wallets (address, needs_gas) VALUES ('T0', false)");
  pg_site_run (fixture, "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$"
                        " BEGIN IF new.address = 'T2' THEN new.needs_gas := false; END IF;"
                        " RETURN new; END $$");
  pg_site_run (fixture, "CREATE TRIGGER keep BEFORE UPDATE ON user_wallets FOR EACH ROW"
                        " EXECUTE FUNCTION keep()");
  done = change_flag (fixture, request, &error);
  g_assert_no_error (error);
  flags = ask_flags (fixture);
  g_assert_cmpstr (flags, ==, "T0=false T1=true T2=false");
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
  locked = wd_pg_connection_query (other, "SELECT FROM public.user_wallets WHERE address = 'T2'"
                                          " FOR NO KEY UPDATE", NULL, deadline, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (change_flag (fixture, request, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_BUSY);
  wd_pg_connection_rollback (other);
  flags = ask_flags (fixture);
  g_assert_cmpstr (flags, ==, "T1=false T2=false");
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
  add ("/postgres/flags/fresh", &fresh, test_many_flags);
  add ("/postgres/flags/platform", &platform, test_many_flags);
  add ("/postgres/flags/text", &text, test_many_flags);
  add ("/postgres/flags/kept", &fresh, test_many_flags_kept);
  add ("/postgres/flags/locked", &fresh, test_many_flags_locked);
  return g_test_run ();
}
