/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "pg-test.h"
#include "postgres/wd-pg-migrator.h"
#include "postgres/wd-pg-pooler.h"

#define WAIT_MS 20000
#define PASSWORD "correct horse, battery & staple"
#define IS_ENCRYPTED "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"

/* (transfer full): the TLS address as conninfo, with other options at its end */
static char *
make_conninfo (const char *options)
{
  g_autoptr (GUri) uri = g_uri_parse (g_getenv ("WD_TEST_PG_TLS_URL"), G_URI_FLAGS_NONE, NULL);

  return g_strdup_printf ("host=localhost port=%d user=platform dbname=platform %s",
                          g_uri_get_port (uri), options);
}

static char *
write_file (const char *name, const char *text)
{
  char *path = g_build_filename (g_getenv ("WD_TEST_FOLDER"), name, NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                           NULL));
  return path;
}

static void
assert_connects (const char *conninfo, const char *password, const char *ca_file)
{
  g_autoptr (WdPgConnection) connection = wd_pg_connection_new (conninfo, password, ca_file);
  g_autofree char *encrypted = pg_test_ask (connection, IS_ENCRYPTED);

  g_assert_cmpstr (encrypted, ==, "t");
}

static void
assert_refused (const char *conninfo, const char *password, const char *ca_file, WdError code)
{
  g_autoptr (WdPgConnection) connection = wd_pg_connection_new (conninfo, password, ca_file);
  g_autoptr (GError) error = NULL;

  g_assert_false (wd_pg_connection_ensure (connection, wd_deadline_in (WAIT_MS), NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WD_ERROR, (int) code);
  g_assert_null (strstr (error->message, "horse"));
}

static void
test_tls (void)
{
  const char *ca_file = g_getenv ("WD_TEST_CA");
  g_autofree char *plain = make_conninfo ("");
  g_autofree char *off = make_conninfo ("sslmode=disable");
  g_autofree char *other_name = make_conninfo ("host=db.invalid hostaddr=127.0.0.1");
  g_autofree char *missing = g_build_filename (g_getenv ("WD_TEST_FOLDER"), "none.crt", NULL);

  assert_connects (g_getenv ("WD_TEST_PG_TLS_URL"), NULL, NULL);
  assert_connects (plain, PASSWORD, ca_file);
  assert_refused (plain, PASSWORD, missing, WD_ERROR_NO_CONNECTION);
  assert_refused (other_name, PASSWORD, ca_file, WD_ERROR_NO_CONNECTION);
  assert_refused (off, PASSWORD, NULL, WD_ERROR_AUTHENTICATION);
}

static void
test_wrong_authority (void)
{
  g_autofree char *key = g_build_filename (g_getenv ("WD_TEST_FOLDER"), "stranger.key", NULL);
  g_autofree char *certificate = g_build_filename (g_getenv ("WD_TEST_FOLDER"), "stranger.crt",
                                                   NULL);
  g_autofree char *plain = make_conninfo ("");
  g_autofree char *required = make_conninfo ("sslmode=require");
  const char *argv[] = { "openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt",
                         "ec_paramgen_curve:prime256v1", "-subj", "/CN=stranger", "-days", "2",
                         "-keyout", key, "-out", certificate, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  assert_refused (plain, PASSWORD, certificate, WD_ERROR_NO_CONNECTION);

  /* An sslmode of the user's own is left alone; with a CA, libpq takes "require" for verify-ca. */
  assert_refused (required, PASSWORD, certificate, WD_ERROR_NO_CONNECTION);
  assert_connects (required, PASSWORD, NULL);
}

static void
test_credentials (void)
{
  g_autofree char *passfile = write_file ("passfile", "localhost:*:platform:platform:" PASSWORD);
  g_autofree char *with_passfile = NULL;
  g_autofree char *without = make_conninfo ("passfile=/nonexistent");
  g_autofree char *wrong = make_conninfo ("password='wrong horse'");
  g_autofree char *no_database = make_conninfo ("dbname=none");
  g_autofree char *options = g_strdup_printf ("passfile=%s", passfile);

  with_passfile = make_conninfo (options);
  assert_connects (with_passfile, NULL, NULL);
  assert_connects (wrong, PASSWORD, NULL);
  assert_refused (without, NULL, NULL, WD_ERROR_AUTHENTICATION);
  assert_refused (wrong, NULL, NULL, WD_ERROR_AUTHENTICATION);
  assert_refused (no_database, PASSWORD, NULL, WD_ERROR_NO_CONNECTION);
}

static void
test_unreachable (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WD_TEST_FOLDER"), "none", NULL);
  g_autoptr (WdPgConnection) nobody = wd_pg_connection_new ("host=127.0.0.1 port=1", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *no_socket = g_strdup_printf ("host=%s user=x dbname=y", path);

  assert_refused (no_socket, NULL, NULL, WD_ERROR_NO_CONNECTION);
  assert_refused ("postgresql://x@127.0.0.1:1/y", NULL, NULL, WD_ERROR_NO_CONNECTION);
  g_assert_false (wd_pg_connection_ensure (nobody, wd_deadline_in (WAIT_MS), NULL, &error));
  g_assert_nonnull (strstr (error->message, "refused. Is the server running"));
  assert_refused ("postgresql://x:horse@:horse@host/y", NULL, NULL, WD_ERROR_INVALID_ARGUMENT);
}

/* The first host accepts and never says a word; the second must still get its turn. */
static void
test_silent_host (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *conninfo = g_strdup_printf ("host=127.0.0.1,%s port=%u,%s user=platform"
                                               " dbname=platform",
                                               g_getenv ("PGHOST"), port, g_getenv ("PGPORT"));
  g_autoptr (WdPgConnection) connection = wd_pg_connection_new (conninfo, NULL, NULL);
  g_autoptr (GError) error = NULL;

  wd_pg_connection_ensure (connection, wd_deadline_in (4000), NULL, &error);
  g_assert_no_error (error);
}

static void
test_own_application_name (void)
{
  g_autofree char *uri = g_strconcat (g_getenv ("DATABASE_URL"), "&application_name=mine", NULL);
  g_autoptr (WdPgConnection) connection = wd_pg_connection_new (uri, NULL, NULL);
  g_autofree char *name = pg_test_ask (connection, "SHOW application_name");

  g_assert_cmpstr (name, ==, "mine");
}

static void
test_pooler_is_found (void)
{
  static const struct {
    const char *variable;
    WdPgPooler pooler;
  } cases[] = {
    { "DATABASE_URL", WD_PG_POOLER_NONE },
    { "WD_TEST_PG_TLS_URL", WD_PG_POOLER_NONE },
    { "WD_TEST_PG_POOLER_URL", WD_PG_POOLER_TRANSACTION },
    { "WD_TEST_PG_SESSION_POOLER_URL", WD_PG_POOLER_SESSION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdPgConnection) connection = pg_test_connect_as (cases[i].variable);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].variable);
      g_assert_cmpint (wd_pg_connection_get_pooler (connection, wd_deadline_in (WAIT_MS), NULL,
                                                    &error),
                       ==, cases[i].pooler);
      g_assert_no_error (error);
    }
}

/* Twelve clients on five server connections: what one transaction sets, no other may see. */
static void
test_pooler_transactions (void)
{
  WdPgConnection *connections[12];
  g_autoptr (WdPgConnection) direct = pg_test_connect ();

  pg_test_run (direct, "CREATE TABLE public.deed (id serial)");
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    connections[i] = pg_test_connect_as ("WD_TEST_PG_POOLER_URL");
  for (guint i = 0; i < 8 * G_N_ELEMENTS (connections); i++)
    {
      WdPgConnection *connection = connections[i * 7 % G_N_ELEMENTS (connections)];
      gint64 deadline = wd_deadline_in (WAIT_MS);
      g_autoptr (WdPgResult) result = NULL;
      g_autofree char *timeout = NULL;
      WdPgOutcome outcome;

      wd_pg_connection_begin (connection, FALSE, 1234, deadline, NULL, NULL);
      result = wd_pg_connection_query (connection, "INSERT INTO public.deed DEFAULT VALUES", NULL,
                                       deadline, NULL, NULL);
      g_assert_nonnull (result);
      g_assert_true (wd_pg_connection_commit (connection, &outcome, deadline, NULL, NULL));
      timeout = pg_test_ask (connection, "SHOW lock_timeout");
      g_assert_cmpstr (timeout, ==, "0");
    }
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    wd_pg_connection_free (connections[i]);
  pg_test_wait_for (direct, "SELECT count(*) FROM public.deed", "96");
  pg_test_run (direct, "DROP TABLE public.deed");
}

/* The results of a statement that the server may keep */
static GPtrArray *
query_kept (WdPgConnection *connection, const char *sql, WdPgParams *params, GError **error)
{
  const WdPgStatement statement = { sql, params, TRUE };

  return wd_pg_connection_query_many (connection, &statement, 1, wd_deadline_in (WAIT_MS), NULL,
                                      error);
}

/* What such a one gives. */
static char *
ask_kept (WdPgConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = query_kept (connection, sql, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (wd_pg_result_text (results->pdata[0], 0, 0));
}

static void
assert_kept (WdPgConnection *connection, const char *sql, const char *answer)
{
  g_autofree char *kept = ask_kept (connection, sql);

  g_assert_cmpstr (kept, ==, answer);
}

/* A statement that it may not keep. */
static char *
ask_plain (WdPgConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) result = wd_pg_connection_query (connection, sql, NULL,
                                                          wd_deadline_in (WAIT_MS), NULL, &error);

  g_assert_no_error (error);
  return g_strdup (wd_pg_result_text (result, 0, 0));
}

static gint64
count_kept (WdPgConnection *connection)
{
  g_autofree char *n = ask_plain (connection, "SELECT count(*) FROM pg_prepared_statements");

  return g_ascii_strtoll (n, NULL, 10);
}

/* The server keeps what is read again; what it keeps goes with the table as it is now, and an error
 * leaves nothing behind that is in the way. */
static void
test_kept (void)
{
  g_autoptr (WdPgConnection) connection = pg_test_connect ();
  g_autoptr (WdPgConnection) other = pg_test_connect ();
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) wrong = NULL;

  pg_test_run (other, "CREATE TABLE public.kept AS SELECT 7 AS n");
  assert_kept (connection, "SELECT n FROM public.kept", "7");
  g_assert_cmpint (count_kept (connection), ==, 1); /* the settings of each round trip */
  for (guint i = 0; i < 8; i++)
    assert_kept (connection, "SELECT n FROM public.kept", "7");
  g_assert_cmpint (count_kept (connection), ==, 2);

  pg_test_run (other, "ALTER TABLE public.kept ALTER n TYPE text USING 'seven'");
  assert_kept (connection, "SELECT n FROM public.kept", "seven");
  pg_test_run (other, "ALTER TABLE public.kept RENAME n TO m");
  missing = query_kept (connection, "SELECT n FROM public.kept", NULL, &error);
  g_assert_error (error, WD_ERROR, WD_ERROR_FAILED);
  g_clear_error (&error);
  pg_test_run (other, "ALTER TABLE public.kept RENAME m TO n");
  assert_kept (connection, "SELECT n FROM public.kept", "seven");

  wd_pg_params_text (params, "0");
  wrong = query_kept (connection, "SELECT 1 / $1::int", params, &error);
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
  assert_kept (connection, "SELECT n FROM public.kept", "seven");
  g_assert_cmpuint (wd_pg_connection_get_serial (connection), ==, 1);
  pg_test_run (other, "DROP TABLE public.kept");
}

/* However many there are, a server keeps but a few; and were a pooler in the way that nobody saw,
 * it would be as if nothing had ever been kept. */
static void
test_kept_within_bounds (void)
{
  g_autoptr (WdPgConnection) connection = pg_test_connect ();
  g_autofree char *warm = ask_plain (connection, "SELECT 1");

  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %u", i);
      g_autofree char *answer = g_strdup_printf ("%u", i);

      assert_kept (connection, sql, answer);
    }
  g_assert_cmpint (count_kept (connection), >, 10);
  g_assert_cmpint (count_kept (connection), <=, 66);

  pg_test_run (connection, "DEALLOCATE ALL");
  assert_kept (connection, "SELECT 149", "149");
  assert_kept (connection, "SELECT 149", "149");
  g_assert_cmpint (count_kept (connection), ==, 0);
  g_assert_cmpuint (wd_pg_connection_get_serial (connection), ==, 1);
}

/* What a server keeps would be another client's. */
static void
test_pooler_keeps_nothing (void)
{
  g_autoptr (WdPgConnection) connection = pg_test_connect_as ("WD_TEST_PG_POOLER_URL");

  for (guint i = 0; i < 4; i++)
    assert_kept (connection, "SELECT count(*) FROM pg_prepared_statements", "0");
}

/* Behind the pooler too, what is no longer awaited ends on the server. */
static void
test_pooler_deadline (void)
{
  g_autoptr (WdPgConnection) connection = pg_test_connect_as ("WD_TEST_PG_POOLER_URL");
  g_autoptr (WdPgConnection) admin = pg_test_connect_as ("WD_TEST_PG_ADMIN_URL");
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *after = NULL;

  result = wd_pg_connection_query (connection, "SELECT pg_sleep(60)", NULL, wd_deadline_in (500),
                                   NULL, &error);
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  pg_test_wait_for (admin,
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", "0");
  after = pg_test_ask (connection, "SELECT 1");
  g_assert_cmpstr (after, ==, "1");
}

static void
test_pooler_refuses_migration (void)
{
  g_autoptr (WdPgConnection) connection = pg_test_connect_as ("WD_TEST_PG_POOLER_URL");
  g_autoptr (WdPgConnection) direct = pg_test_connect ();
  g_autoptr (GError) error = NULL;
  g_autofree char *schema = NULL;

  g_assert_false (wd_pg_migrator_apply (connection, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "5432"));
  schema = pg_test_ask (direct, "SELECT to_regnamespace('worker_dashboard')");
  g_assert_null (schema);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/postgres/access/tls", test_tls);
  g_test_add_func ("/postgres/access/wrong-authority", test_wrong_authority);
  g_test_add_func ("/postgres/access/credentials", test_credentials);
  g_test_add_func ("/postgres/access/unreachable", test_unreachable);
  g_test_add_func ("/postgres/access/silent-host", test_silent_host);
  g_test_add_func ("/postgres/access/own-application-name", test_own_application_name);
  g_test_add_func ("/postgres/kept/changed", test_kept);
  g_test_add_func ("/postgres/kept/within-bounds", test_kept_within_bounds);
  g_test_add_func ("/postgres/pooler/is-found", test_pooler_is_found);
  g_test_add_func ("/postgres/pooler/transactions", test_pooler_transactions);
  g_test_add_func ("/postgres/pooler/keeps-nothing", test_pooler_keeps_nothing);
  g_test_add_func ("/postgres/pooler/deadline", test_pooler_deadline);
  g_test_add_func ("/postgres/pooler/refuses-migration", test_pooler_refuses_migration);
  return g_test_run ();
}
