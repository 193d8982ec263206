/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pg-site.h"

#include "base/wd-time.h"
#include "postgres/wd-pg-connection-private.h"
#include "postgres/wd-pg-migrator.h"

#define WAIT_MS 30000

const PgSite pg_sites[] = {
  { "fresh", { NULL }, TRUE },
  { "a", { "wallets_seed", "job_logs_a" }, FALSE },
  { "a-migrated", { "wallets_seed", "job_logs_a" }, TRUE },
  { "b", { "auth_users", "wallets_platform", "job_logs_b" }, FALSE },
  { "b-migrated", { "auth_users", "wallets_platform", "job_logs_b" }, TRUE },
  { "b-then-a", { "auth_users", "wallets_text", "job_logs_b", "job_logs_a" }, FALSE },
  { "a-then-b-migrated", { "auth_users", "wallets_text", "job_logs_a", "job_logs_b" }, TRUE },
  { "oldest", { "wallets_oldest", "auth_users", "job_logs_b" }, FALSE },
};

const gsize pg_n_sites = G_N_ELEMENTS (pg_sites);

static void
run_admin (PgSiteFixture *fixture, const char *format)
{
  g_autoptr (GString) sql = g_string_new (format);
  g_autoptr (GError) error = NULL;

  g_string_replace (sql, "%", fixture->name, 0);
  wd_pg_connection_run_script (fixture->admin, sql->str, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
}

/* Sites ran these files without stopping at errors: parts that do not apply fail. */
static void
run_file (PgSiteFixture *fixture, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".sql", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "sql", file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) chunks = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  chunks = g_strsplit (text, "\n-- statement\n", -1);
  for (guint i = 0; chunks[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      wd_pg_connection_run_script (fixture->connection, chunks[i], wd_deadline_in (WAIT_MS), NULL,
                                   &error);
      if (error != NULL)
        g_test_message ("%s: %s", name, error->message);
    }
}

void
pg_site_run (PgSiteFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  wd_pg_connection_run_script (fixture->connection, sql, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
}

void
pg_site_migrate (PgSiteFixture *fixture)
{
  g_autoptr (GPtrArray) applied = NULL;
  g_autoptr (GError) error = NULL;

  wd_pg_migrator_apply (fixture->connection, NULL, NULL, NULL, &applied, NULL, &error);
  g_assert_no_error (error);
}

void
pg_site_set_up (PgSiteFixture *fixture, gconstpointer data)
{
  const PgSite *site = data;
  static guint n_databases = 0;
  g_autoptr (GString) uri = g_string_new (g_getenv ("DATABASE_URL"));
  g_autofree char *path = NULL;

  fixture->admin = pg_test_connect_as ("WD_TEST_PG_ADMIN_URL");
  fixture->name = g_strdup_printf ("site_%u", n_databases++);
  run_admin (fixture, "CREATE DATABASE % TEMPLATE template0 OWNER platform");
  path = g_strconcat ("/", fixture->name, "?", NULL);
  g_string_replace (uri, "/platform?", path, 1);
  fixture->uri = g_strdup (uri->str);
  fixture->connection = wd_pg_connection_new (fixture->uri, NULL, NULL);
  for (guint i = 0; site != NULL && site->files[i] != NULL; i++)
    run_file (fixture, site->files[i]);
  if (site != NULL && site->migrated)
    pg_site_migrate (fixture);
}

void
pg_site_tear_down (PgSiteFixture *fixture, gconstpointer data)
{
  wd_pg_connection_free (fixture->connection);
  run_admin (fixture, "DROP DATABASE % WITH (FORCE)");
  wd_pg_connection_free (fixture->admin);
  g_free (fixture->name);
  g_free (fixture->uri);
}

/* One test for each site. */
void
pg_site_add_tests (const char *prefix, void (*test) (PgSiteFixture *, gconstpointer))
{
  for (gsize i = 0; i < pg_n_sites; i++)
    {
      g_autofree char *path = g_strconcat (prefix, pg_sites[i].name, NULL);

      g_test_add (path, PgSiteFixture, &pg_sites[i], pg_site_set_up, test, pg_site_tear_down);
    }
}
