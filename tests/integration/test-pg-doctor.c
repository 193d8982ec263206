/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each check of the doctor, well and ill; what it says to do is done, and helps. */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "doctor-case.h"
#include "postgres/wd-pg-doctor.h"

static const PgSite fresh = { "fresh", { NULL }, TRUE };
static const PgSite a = { "a", { "wallets_seed", "job_logs_a" }, FALSE };
static const PgSite b = { "b", { "auth_users", "wallets_text", "job_logs_b" }, TRUE };

static void
test_well (PgSiteFixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "postgres-version", "postgres-durability", "postgres-schema", "postgres-optional",
    "postgres-indexes", "postgres-grants", "postgres-row-security",
    "postgres-functions", "postgres-pooler", "postgres-clock", "postgres-delivery",
    "postgres-outbox", "postgres-counts",
  };
  g_autoptr (GPtrArray) checks = doctor_examine (fixture->connection, NULL, TRUE);

  g_assert_cmpuint (checks->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < checks->len; i++)
    {
      const WdCheck *check = g_ptr_array_index (checks, i);

      g_assert_cmpstr (check->name, ==, names[i]);
      /* The fixture's server does not wait for the workers' commits. */
      if (strcmp (check->name, "postgres-durability") == 0)
        g_assert_cmpint (check->status, ==, WD_CHECK_WARNING);
      else if (check->status != WD_CHECK_OK)
        g_error ("%s: %s", check->name, check->message);
    }
}

static void
test_not_migrated (PgSiteFixture *fixture, gconstpointer data)
{
  EXPECT ("postgres-schema", WD_CHECK_ERROR, "Migrations are missing");
  EXPECT ("postgres-indexes", WD_CHECK_WARNING, "migrations make them");
  EXPECT ("postgres-grants", WD_CHECK_OK, NULL);
  pg_site_migrate (fixture);
  EXPECT ("postgres-schema", WD_CHECK_OK, NULL);
  EXPECT ("postgres-indexes", WD_CHECK_OK, NULL);
}

static void
test_ledger (PgSiteFixture *fixture, gconstpointer data)
{
  pg_site_run (fixture, "INSERT INTO worker_dashboard.migration (name, checksum)"
                        " VALUES ('9999_later', 'x')");
  EXPECT ("postgres-schema", WD_CHECK_WARNING, "9999_later");
  pg_site_run (fixture, "UPDATE worker_dashboard.migration SET checksum = 'x'"
                        " WHERE name LIKE '0003%'");
  EXPECT ("postgres-schema", WD_CHECK_ERROR, "0003");
}

static void
test_indexes (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) super = doctor_connect_as (fixture, "postgres");
  g_autofree char *message = NULL;

  pg_site_run (fixture, "DROP INDEX wd_job_logs_finished");
  pg_site_run (fixture, "DROP INDEX wd_job_logs_created");
  pg_site_run (fixture, "CREATE INDEX own ON job_logs (created_at)");
  pg_site_run (fixture, "DROP INDEX wd_user_wallets_needs_gas");
  /* As an interrupted CREATE INDEX CONCURRENTLY leaves it behind. */
  pg_test_run (super, "UPDATE pg_index SET indisvalid = false"
                      " WHERE indexrelid = 'wd_job_logs_status'::regclass");
  message = doctor_expect (fixture->connection, "postgres-indexes", WD_CHECK_WARNING,
                           "REINDEX INDEX CONCURRENTLY public.wd_job_logs_status;");
  g_assert_nonnull (strstr (message, "wd_job_logs_finished ON public.job_logs"));
  g_assert_null (strstr (message, "wd_job_logs_created"));
  doctor_follow (fixture, message, "REINDEX");
  EXPECT ("postgres-indexes", WD_CHECK_OK, NULL);
}

static void
make_role (PgSiteFixture *fixture, const char *role)
{
  g_autofree char *sql = g_strdup_printf ("CREATE ROLE %s LOGIN", role);

  pg_test_run (fixture->admin, sql);
}

static void
drop_role (PgSiteFixture *fixture, const char *role)
{
  g_autoptr (WdPgConnection) super = doctor_connect_as (fixture, "postgres");
  g_autofree char *rights = g_strdup_printf ("DROP OWNED BY %s", role);
  g_autofree char *sql = g_strdup_printf ("DROP ROLE %s", role);

  pg_test_run (super, rights);
  pg_test_run (super, sql);
}

static void
test_grants (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) connection = doctor_connect_as (fixture, "watcher");
  g_autofree char *message = NULL;

  make_role (fixture, "watcher");
  pg_site_run (fixture, "GRANT SELECT ON job_logs TO watcher");
  message = doctor_expect (connection, "postgres-grants", WD_CHECK_ERROR,
                           "GRANT USAGE ON SCHEMA worker_dashboard TO watcher;");
  g_assert_nonnull (strstr (message, "GRANT INSERT, UPDATE ON public.job_logs TO watcher;"));
  doctor_follow (fixture, message, "GRANT");
  g_free (doctor_expect (connection, "postgres-grants", WD_CHECK_OK, "watcher"));
  g_free (doctor_expect (connection, "postgres-schema", WD_CHECK_OK, NULL));
  g_free (doctor_expect (connection, "postgres-counts", WD_CHECK_OK, NULL));

  pg_site_run (fixture, "REVOKE UPDATE ON user_wallets FROM watcher");
  pg_site_run (fixture, "GRANT UPDATE (needs_gas, needs_consolidation, updated_at) ON user_wallets"
                        " TO watcher");
  g_free (doctor_expect (connection, "postgres-grants", WD_CHECK_OK, NULL));
  wd_pg_connection_drop (connection);
  drop_role (fixture, "watcher");
}

static void
test_open_schema (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) super = doctor_connect_as (fixture, "postgres");
  g_autofree char *message = NULL;

  pg_test_run (super, "GRANT CREATE ON SCHEMA public TO PUBLIC");
  message = doctor_expect (fixture->connection, "postgres-grants", WD_CHECK_WARNING, "Every role");
  doctor_follow (fixture, message, "REVOKE");
  EXPECT ("postgres-grants", WD_CHECK_OK, NULL);
}

static void
test_row_security (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) connection = doctor_connect_as (fixture, "visitor");

  make_role (fixture, "visitor");
  pg_site_run (fixture, "GRANT SELECT ON job_logs, user_wallets TO visitor");
  g_free (doctor_expect (connection, "postgres-row-security", WD_CHECK_ERROR,
                         "ALTER ROLE visitor BYPASSRLS;"));
  pg_site_run (fixture, "CREATE POLICY all_of_it ON job_logs TO visitor USING (true)");
  g_free (doctor_expect (connection, "postgres-row-security", WD_CHECK_WARNING, "visitor"));
  EXPECT ("postgres-row-security", WD_CHECK_OK, NULL);
  pg_site_run (fixture, "DROP POLICY all_of_it ON job_logs");
  wd_pg_connection_drop (connection);
  drop_role (fixture, "visitor");
}

/* The server's own clock is 5 seconds behind, in this database. */
static void
test_clock (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) super = doctor_connect_as (fixture, "postgres");

  pg_test_run (super, "SET allow_system_table_mods = on");
  pg_test_run (super, "ALTER FUNCTION pg_catalog.clock_timestamp() RENAME TO true_timestamp");
  pg_test_run (super, "CREATE FUNCTION pg_catalog.clock_timestamp() RETURNS timestamptz"
                      " LANGUAGE sql"
                      " AS $$ SELECT pg_catalog.true_timestamp() - interval '5 seconds' $$");
  EXPECT ("postgres-clock", WD_CHECK_WARNING, "5.0 seconds behind");
}

static void
test_delivery (PgSiteFixture *fixture, gconstpointer data)
{
  static const struct {
    const char *delivery;
    const char *redis_url;
    WdCheckStatus status;
  } cases[] = {
    { "bullmq", "redis://h", WD_CHECK_OK },
    { "bullmq", NULL, WD_CHECK_ERROR },
    { "poll", "redis://h", WD_CHECK_WARNING },
    { "poll", NULL, WD_CHECK_OK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "INSERT INTO worker_dashboard.setting (key, value) VALUES ('delivery', '%s')"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value", cases[i].delivery);
      g_autoptr (GPtrArray) checks = NULL;

      pg_site_run (fixture, sql);
      checks = doctor_examine (fixture->connection, cases[i].redis_url, FALSE);
      g_assert_cmpint (doctor_find (checks, "postgres-delivery")->status, ==, cases[i].status);
    }
}

static void
test_outbox (PgSiteFixture *fixture, gconstpointer data)
{
  pg_site_run (fixture, "INSERT INTO worker_dashboard.outbox (id, job_log_id, job_id, operation,"
                        " job_type, queue, prefix) SELECT gen_random_uuid(), gen_random_uuid(),"
                        " 'x', 'dispatch', 'sync', 'sync-balances', 'bull'");
  EXPECT ("postgres-outbox", WD_CHECK_OK, NULL);
  pg_site_run (fixture, "UPDATE worker_dashboard.outbox"
                        " SET created_at = now() - interval '1 hour'");
  EXPECT ("postgres-outbox", WD_CHECK_WARNING, "is not delivered");
}

static void
test_counts (PgSiteFixture *fixture, gconstpointer data)
{
  g_autofree char *message = NULL;
  g_autoptr (GPtrArray) mended = NULL;
  g_autoptr (GPtrArray) right = NULL;

  pg_site_run (fixture, "ALTER TABLE job_logs DISABLE TRIGGER wd_count_insert");
  pg_site_run (fixture, "DROP TRIGGER wd_count_update ON user_wallets");
  pg_site_run (fixture, "INSERT INTO job_logs (job_id, job_type) VALUES ('1', 'sync')");
  message = doctor_expect (fixture->connection, "postgres-counts", WD_CHECK_ERROR,
                           "ENABLE TRIGGER");
  doctor_follow (fixture, message, "ALTER TABLE");
  EXPECT ("postgres-counts", WD_CHECK_OK, NULL);
  mended = doctor_examine (fixture->connection, NULL, TRUE);
  g_assert_cmpint (doctor_find (mended, "postgres-counts")->status, ==, WD_CHECK_WARNING);
  right = doctor_examine (fixture->connection, NULL, TRUE);
  g_assert_cmpint (doctor_find (right, "postgres-counts")->status, ==, WD_CHECK_OK);
  pg_site_run (fixture, "SELECT nextval('worker_dashboard.missed')");
  EXPECT ("postgres-counts", WD_CHECK_WARNING, "wdctl doctor --recount");
}

static void
test_pooler (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) pooled = pg_test_connect_as ("WD_TEST_PG_POOLER_URL");

  g_free (doctor_expect (pooled, "postgres-pooler", WD_CHECK_WARNING, "transaction mode"));
}

static void
test_cancelled (PgSiteFixture *fixture, gconstpointer data)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_check_free);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (wd_pg_doctor (fixture->connection, profile, FALSE, checks,
                                wd_deadline_in (DOCTOR_WAIT_MS), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
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
  add ("/postgres/doctor/well", &fresh, test_well);
  add ("/postgres/doctor/not-migrated", &a, test_not_migrated);
  add ("/postgres/doctor/ledger", &fresh, test_ledger);
  add ("/postgres/doctor/indexes", &fresh, test_indexes);
  add ("/postgres/doctor/grants", &fresh, test_grants);
  add ("/postgres/doctor/row-security", &b, test_row_security);
  add ("/postgres/doctor/clock", &fresh, test_clock);
  add ("/postgres/doctor/open-schema", &fresh, test_open_schema);
  add ("/postgres/doctor/delivery", &fresh, test_delivery);
  add ("/postgres/doctor/outbox", &fresh, test_outbox);
  add ("/postgres/doctor/counts", &fresh, test_counts);
  add ("/postgres/doctor/pooler", &fresh, test_pooler);
  add ("/postgres/doctor/cancelled", &fresh, test_cancelled);
  return g_test_run ();
}
