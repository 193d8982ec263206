/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "pg-test.h"
#include "postgres/wd-pg-connection-private.h"
#include "postgres/wd-pg-migrator.h"

#define WAIT_MS 20000

/* Every test has a database of its own. */
typedef struct {
  WdPgConnection *admin;
  WdPgConnection *connection;
  char *name;
  char *uri;
} Fixture;

static void
run_admin (Fixture *fixture, const char *format)
{
  g_autoptr (GString) sql = g_string_new (format);
  g_autoptr (GError) error = NULL;

  g_string_replace (sql, "%", fixture->name, 0);
  wd_pg_connection_run_script (fixture->admin, sql->str, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static guint n_databases = 0;
  g_autoptr (GString) uri = g_string_new (g_getenv ("DATABASE_URL"));
  g_autofree char *path = NULL;

  fixture->admin = pg_test_connect_as ("WD_TEST_PG_ADMIN_URL");
  fixture->name = g_strdup_printf ("fresh_%u", n_databases++);
  run_admin (fixture, "CREATE DATABASE % OWNER platform");
  path = g_strconcat ("/", fixture->name, "?", NULL);
  g_string_replace (uri, "/platform?", path, 1);
  fixture->uri = g_strdup (uri->str);
  fixture->connection = wd_pg_connection_new (fixture->uri, NULL, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wd_pg_connection_free (fixture->connection);
  run_admin (fixture, "DROP DATABASE % WITH (FORCE)");
  wd_pg_connection_free (fixture->admin);
  g_free (fixture->name);
  g_free (fixture->uri);
}

/* The optional ones are pending for ever. */
static guint
count_states (Fixture *fixture, WdMigrationState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plan = wd_pg_migrator_plan (fixture->connection, wd_deadline_in (WAIT_MS),
                                                    NULL, &error);
  guint count = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < plan->len; i++)
    {
      const WdMigration *migration = plan->pdata[i];

      count += migration->state == state
               && (!migration->optional || state != WD_MIGRATION_PENDING);
    }
  return count;
}

static guint
apply_all (Fixture *fixture)
{
  g_autoptr (GPtrArray) applied = NULL;
  g_autoptr (GError) error = NULL;

  wd_pg_migrator_apply (fixture->connection, NULL, NULL, NULL, &applied, NULL, &error);
  g_assert_no_error (error);
  return applied->len;
}

static void
assert_refused (Fixture *fixture, const char *name)
{
  g_autoptr (GPtrArray) applied = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (wd_pg_migrator_apply (fixture->connection, NULL, NULL, NULL, &applied, NULL,
                                        &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_cmpuint (applied->len, ==, 0);
}

static void
test_fresh_and_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = wd_migration_load_all ();
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = NULL;
  guint n_required = 0;

  for (guint i = 0; i < files->len; i++)
    n_required += !((const WdMigration *) files->pdata[i])->optional;
  g_assert_cmpuint (count_states (fixture, WD_MIGRATION_PENDING), ==, n_required);
  g_assert_false (wd_pg_schema_is_current (fixture->connection, wd_deadline_in (WAIT_MS), NULL,
                                           &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_MIGRATED);
  g_clear_error (&error);

  g_assert_cmpuint (apply_all (fixture), ==, n_required);
  g_assert_cmpuint (count_states (fixture, WD_MIGRATION_APPLIED), ==, n_required);
  g_assert_true (wd_pg_schema_is_current (fixture->connection, wd_deadline_in (WAIT_MS), NULL,
                                          &error));
  g_assert_no_error (error);
  owner = pg_test_ask (fixture->connection,
                       "SELECT string_agg(DISTINCT applied_by, ',')"
                       " FROM worker_dashboard.migration");
  g_assert_cmpstr (owner, ==, "platform");

  g_assert_cmpuint (apply_all (fixture), ==, 0);
}

/* As when psql applied some or all of the files before. */
static void
test_unrecorded (Fixture *fixture, gconstpointer data)
{
  guint n_files = apply_all (fixture);

  pg_test_run (fixture->connection, "DELETE FROM worker_dashboard.migration WHERE name < '0005'");
  g_assert_cmpuint (apply_all (fixture), ==, 4);
  pg_test_run (fixture->connection, "DROP TABLE worker_dashboard.migration");
  g_assert_cmpuint (apply_all (fixture), ==, n_files);
}

static void
test_edited (Fixture *fixture, gconstpointer data)
{
  apply_all (fixture);
  pg_test_run (fixture->connection,
               "UPDATE worker_dashboard.migration SET checksum = 'x' WHERE name LIKE '0003%'");
  pg_test_run (fixture->connection,
               "DELETE FROM worker_dashboard.migration WHERE name LIKE '0001%'");
  g_assert_cmpuint (count_states (fixture, WD_MIGRATION_EDITED), ==, 1);
  assert_refused (fixture, "0003");
  g_assert_cmpuint (count_states (fixture, WD_MIGRATION_PENDING), ==, 1);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  apply_all (fixture);
  pg_test_run (fixture->connection, "INSERT INTO worker_dashboard.migration (name, checksum)"
                                    " VALUES ('9999_future', 'x')");
  g_assert_cmpuint (count_states (fixture, WD_MIGRATION_FOREIGN), ==, 1);
  assert_refused (fixture, "9999_future");
}

static gpointer
apply_thread (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (WdPgConnection) connection = wd_pg_connection_new (fixture->uri, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *applied = NULL;

  wd_pg_migrator_apply (connection, NULL, NULL, NULL, &applied, NULL, &error);
  g_assert_no_error (error);
  return applied;
}

static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  GThread *threads[3];
  guint n_applied = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("migrator", apply_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GPtrArray) applied = g_thread_join (threads[i]);

      n_applied += applied->len;
    }
  g_assert_cmpuint (n_applied, ==, count_states (fixture, WD_MIGRATION_APPLIED));
  g_assert_cmpuint (count_states (fixture, WD_MIGRATION_PENDING), ==, 0);
}

static GPtrArray *
make_files (const char *first, const char *second)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_migration_free);

  g_ptr_array_add (files, wd_migration_new ("0001_first", first));
  if (second != NULL)
    g_ptr_array_add (files, wd_migration_new ("0002_second", second));
  return files;
}

typedef struct {
  WdPgConnection *holder; /* (nullable): rolled back at the second try */
  GCancellable *cancellable; /* (nullable): cancelled at the last statement */
  guint n_calls;
} Watch;

static void
progress_cb (const char *name, guint index, guint n_statements, const char *statement,
             gpointer user_data)
{
  Watch *watch = user_data;

  watch->n_calls++;
  if (watch->holder != NULL && watch->n_calls == 2)
    wd_pg_connection_rollback (watch->holder);
  if (watch->cancellable != NULL && index == n_statements - 1)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_waits_for_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = make_files ("ALTER TABLE public.deed ADD COLUMN x int;", NULL);
  g_autoptr (WdPgConnection) holder = wd_pg_connection_new_like (fixture->connection);
  g_autoptr (WdPgResult) locked = NULL;
  g_autoptr (GPtrArray) applied = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { holder, NULL, 0 };

  pg_test_run (fixture->connection, "CREATE TABLE public.deed (id int)");
  wd_pg_connection_begin (holder, FALSE, 0, wd_deadline_in (60000), NULL, NULL);
  locked = wd_pg_connection_query (holder, "LOCK public.deed", NULL, wd_deadline_in (WAIT_MS), NULL,
                                   &error);
  g_assert_no_error (error);
  wd_pg_migrator_apply_files (fixture->connection, files, NULL, progress_cb, &watch, &applied, NULL,
                              &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watch.n_calls, ==, 2);
  g_assert_cmpuint (applied->len, ==, 1);
}

static void
test_fails_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = make_files (
      "CREATE TABLE public.one (id int);",
      "CREATE TABLE public.two (id int);\n-- statement\nSELECT 1 / 0;\n-- statement\nSELECT 1;");
  g_autoptr (GPtrArray) applied = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *tables = NULL;

  g_assert_false (wd_pg_migrator_apply_files (fixture->connection, files, NULL, NULL, NULL,
                                              &applied, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "0002_second"));
  g_assert_cmpuint (applied->len, ==, 1);
  tables = pg_test_ask (fixture->connection,
                        "SELECT string_agg(relname, ',') FROM pg_class"
                        " WHERE relnamespace = 'public'::regnamespace");
  g_assert_cmpstr (tables, ==, "one");
}

static void
test_without_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = make_files (
      "CREATE TABLE public.one (id int);",
      "-- transaction: none\nCREATE INDEX CONCURRENTLY one_id ON public.one (id);\n-- statement\n"
      "SELECT format('CREATE INDEX CONCURRENTLY one_%s ON public.one (id)', n), NULL, 'SELECT 1'\n"
      "FROM generate_series(1, 2) AS n\n\\gexec\n");
  g_autoptr (GPtrArray) applied = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *indexes = NULL;

  wd_pg_migrator_apply_files (fixture->connection, files, NULL, NULL, NULL, &applied, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (applied->len, ==, 2);
  indexes = pg_test_ask (fixture->connection, "SELECT string_agg(indexname, ',' ORDER BY indexname)"
                                              " FROM pg_indexes WHERE tablename = 'one'");
  g_assert_cmpstr (indexes, ==, "one_1,one_2,one_id");
}

static void
test_optional (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *names[3];
    int code; /* -1 where it succeeds */
    guint n_applied;
  } cases[] = {
    { { "0003_none" }, WD_ERROR_NOT_FOUND, 0 },
    { { "0002_second" }, WD_ERROR_REFUSED, 0 },
    { { NULL }, -1, 0 },
    { { "0001_first", "0002_second" }, -1, 2 },
    { { "0001_first", "0002_second" }, -1, 0 },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) files = make_files ("CREATE TABLE public.one (id int);",
                                                "-- optional: large\n"
                                                "CREATE TABLE public.two (id int);");
      g_autoptr (GPtrArray) applied = NULL;

      wd_pg_migrator_apply_files (fixture->connection, files, cases[i].names, NULL, NULL, &applied,
                                  NULL, &error);
      if (cases[i].code == -1)
        g_assert_no_error (error);
      else
        g_assert_error (error, WD_ERROR, cases[i].code);
      g_assert_cmpuint (applied->len, ==, cases[i].n_applied);
      g_clear_error (&error);
    }
}

static void
test_optional_is_skipped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) files = make_files ("CREATE TABLE public.one (id int);",
                                            "-- optional: large\n"
                                            "CREATE TABLE public.two (id int);");
  g_autoptr (GPtrArray) applied = NULL;
  g_autoptr (GError) error = NULL;

  wd_pg_migrator_apply_files (fixture->connection, files, NULL, NULL, NULL, &applied, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (applied->len, ==, 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  static const char *const headers[] = { "", "-- transaction: none\n" };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *sql = g_strconcat (headers[i],
                                          "SELECT 1;\n-- statement\nSELECT pg_sleep(60);", NULL);
      g_autoptr (GPtrArray) files = make_files (sql, NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      Watch watch = { NULL, cancellable, 0 };

      g_assert_false (wd_pg_migrator_apply_files (fixture->connection, files, NULL, progress_cb,
                                                  &watch, NULL, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      pg_test_wait_for (fixture->admin,
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", "0");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/postgres/migrator/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("fresh-and-twice", test_fresh_and_twice);
  ADD ("unrecorded", test_unrecorded);
  ADD ("edited", test_edited);
  ADD ("foreign", test_foreign);
  ADD ("two-at-once", test_two_at_once);
  ADD ("waits-for-lock", test_waits_for_lock);
  ADD ("fails-whole", test_fails_whole);
  ADD ("without-transaction", test_without_transaction);
  ADD ("optional", test_optional);
  ADD ("optional-is-skipped", test_optional_is_skipped);
  ADD ("cancel", test_cancel);
#undef ADD
  return g_test_run ();
}
