/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "pg-test.h"
#include "postgres/wd-pg-fate.h"

#define WAIT_MS 10000

typedef struct {
  WdPgConnection *connection;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->connection = pg_test_connect ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wd_pg_connection_free (fixture->connection);
}

static WdPgResult *
query (Fixture *fixture, const char *sql, WdPgParams *params, GError **error)
{
  return wd_pg_connection_query (fixture->connection, sql, params, wd_deadline_in (WAIT_MS), NULL,
                                 error);
}

static void
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  wd_pg_connection_begin (fixture->connection, FALSE, 500, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  static const char odd[] = "'; DROP TABLE x; -- \\ \" \x01\x7f \t\r\n ümläut 🦆 \xe2\x80\xae";
  static const char *const elements[] = { "a", NULL, "", "NULL", odd };
  static const gint64 numbers[] = { G_MININT64, 0, G_MAXINT64 };
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text (params, odd);
  wd_pg_params_text (params, NULL);
  wd_pg_params_int (params, G_MININT64);
  wd_pg_params_bool (params, TRUE);
  wd_pg_params_json (params, "{\"amount\": 0.10000000000000000000000001}");
  wd_pg_params_text_array (params, elements, G_N_ELEMENTS (elements));
  wd_pg_params_int_array (params, numbers, G_N_ELEMENTS (numbers));
  result = query (fixture,
                  "SELECT $1::text, $2::text, $3::int8, $4::bool, $5::jsonb ->> 'amount',"
                  " ($6::text[])[2] IS NULL, ($6::text[])[4], ($6::text[])[5],"
                  " ($7::int8[])[3], cardinality($6::text[]) AS n",
                  params, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wd_pg_result_get_rows (result), ==, 1);
  g_assert_cmpuint (wd_pg_result_get_columns (result), ==, 10);
  g_assert_cmpstr (wd_pg_result_text (result, 0, 0), ==, odd);
  g_assert_true (wd_pg_result_is_null (result, 0, 1));
  g_assert_null (wd_pg_result_text (result, 0, 1));
  g_assert_cmpint (wd_pg_result_int (result, 0, 2), ==, G_MININT64);
  g_assert_true (wd_pg_result_bool (result, 0, 3));
  g_assert_cmpstr (wd_pg_result_text (result, 0, 4), ==, "0.10000000000000000000000001");
  g_assert_true (wd_pg_result_bool (result, 0, 5));
  g_assert_cmpstr (wd_pg_result_text (result, 0, 6), ==, "NULL");
  g_assert_cmpstr (wd_pg_result_text (result, 0, 7), ==, odd);
  g_assert_cmpint (wd_pg_result_int (result, 0, 8), ==, G_MAXINT64);
  g_assert_cmpint (wd_pg_result_int (result, 0, 9), ==, 5);
}

/* Whatever time zone and date style the role has, and with columns without a zone. */
static void
test_times (Fixture *fixture, gconstpointer data)
{
  static const WdTime times[] = { 0, -1, 1, 1234567890123456, -62135596800000001,
                                  253402300800000000, WD_TIME_INFINITY, WD_TIME_NEGATIVE_INFINITY,
                                  WD_TIME_NONE };
  g_autoptr (GError) error = NULL;

  pg_test_run (fixture->connection, "ALTER ROLE CURRENT_USER SET TimeZone = 'Asia/Kathmandu'");
  pg_test_run (fixture->connection, "ALTER ROLE CURRENT_USER SET DateStyle = 'German'");
  wd_pg_connection_drop (fixture->connection);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (WdPgParams) params = wd_pg_params_new ();
      g_autoptr (WdPgResult) result = NULL;

      wd_pg_params_time (params, times[i]);
      result = query (fixture,
                      "SELECT $1::timestamptz, $1::timestamptz::timestamp,"
                      " isfinite($1::timestamptz)",
                      params, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wd_pg_result_time (result, 0, 0), ==, times[i]);
      g_assert_cmpint (wd_pg_result_time (result, 0, 1), ==, times[i]);
      g_assert_cmpint (wd_pg_result_bool (result, 0, 2), ==, wd_time_is_finite (times[i]));
    }
  pg_test_run (fixture->connection, "ALTER ROLE CURRENT_USER RESET ALL");
}

static void
test_server_errors (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *sql;
    const char *sqlstate;
    WdError code;
  } cases[] = {
    { "SELECT * FROM worker_dashboard.nothing", "42P01", WD_ERROR_NOT_MIGRATED },
    { "SELECT 'x'::int", "22P02", WD_ERROR_INVALID_ARGUMENT },
    { "SELECT pg_read_file('postgresql.conf')", "42501", WD_ERROR_PERMISSION },
    { "CREATE TABLE never (id int)", "25006", WD_ERROR_READ_ONLY },
    { "SELECT 1; SELECT 2", "42601", WD_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WdPgResult) result = query (fixture, cases[i].sql, NULL, &error);
      g_autofree char *after = NULL;

      g_test_message ("%s: %s", cases[i].sql, error->message);
      g_assert_null (result);
      g_assert_error (error, WD_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, "platform@"));
      g_assert_cmpstr (wd_pg_connection_get_sqlstate (fixture->connection), ==,
                       cases[i].sqlstate);
      after = pg_test_ask (fixture->connection, "SELECT 1");
      g_assert_cmpstr (after, ==, "1");
      g_assert_cmpstr (wd_pg_connection_get_sqlstate (fixture->connection), ==, "");
    }
  g_assert_cmpuint (wd_pg_connection_get_serial (fixture->connection), ==, 1);
}

static void
test_no_session_state (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) admin = pg_test_connect_as ("WD_TEST_PG_ADMIN_URL");
  g_autofree char *timeout = pg_test_ask (fixture->connection,
                                             "SELECT current_setting('statement_timeout')::interval"
                                             " BETWEEN '5 s' AND '20 s'");
  g_autofree char *name = pg_test_ask (fixture->connection, "SHOW application_name");
  g_autofree char *pid = pg_test_ask (fixture->connection, "SELECT pg_backend_pid()");
  g_autofree char *state_sql = g_strdup_printf ("SELECT state FROM pg_stat_activity WHERE pid = %s",
                                                pid);

  g_assert_cmpstr (timeout, ==, "t");
  g_assert_cmpstr (name, ==, "Worker Dashboard");
  pg_test_wait_for (admin, state_sql, "idle");
}

static void
test_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (WdPgParams) one = wd_pg_params_new ();
  const WdPgStatement statements[] = {
    { "INSERT INTO public.deed (id) SELECT generate_series(1, $1::int) RETURNING id", one },
    { "UPDATE public.deed SET id = id + 10", NULL },
    { "SELECT pg_current_xact_id()::text, current_setting('lock_timeout')", NULL },
  };
  g_autofree char *xid = NULL;
  g_autofree char *count = NULL;
  WdPgOutcome outcome = WD_PG_UNKNOWN;

  pg_test_run (fixture->connection, "CREATE TABLE public.deed (id int PRIMARY KEY)");
  begin (fixture);
  wd_pg_params_int (one, 3);
  results = wd_pg_connection_query_many (fixture->connection, statements, 3,
                                         wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 3);
  g_assert_cmpuint (wd_pg_result_get_rows (g_ptr_array_index (results, 0)), ==, 3);
  g_assert_cmpint (wd_pg_result_get_affected (g_ptr_array_index (results, 1)), ==, 3);
  g_assert_cmpstr (wd_pg_result_text (g_ptr_array_index (results, 2), 0, 1), ==, "500ms");
  xid = g_strdup (wd_pg_result_text (g_ptr_array_index (results, 2), 0, 0));
  g_assert_true (wd_pg_connection_commit (fixture->connection, &outcome, wd_deadline_in (WAIT_MS),
                                          NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, WD_PG_COMMITTED);
  g_assert_cmpint (wd_pg_connection_fate (fixture->connection, xid, wd_deadline_in (WAIT_MS), NULL,
                                          &error),
                   ==, WD_PG_FATE_COMMITTED);
  count = pg_test_ask (fixture->connection, "SELECT string_agg(id::text, ',') FROM public.deed");
  g_assert_cmpstr (count, ==, "11,12,13");
  pg_test_run (fixture->connection, "DROP TABLE public.deed");
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) id = NULL;
  g_autoptr (WdPgResult) failed = NULL;
  g_autoptr (WdPgResult) after = NULL;
  WdPgOutcome outcome = WD_PG_UNKNOWN;

  pg_test_run (fixture->connection, "CREATE TABLE deed (id int CONSTRAINT only_one PRIMARY KEY)");
  begin (fixture);
  id = query (fixture, "SELECT pg_current_xact_id()::text", NULL, &error);
  failed = query (fixture, "INSERT INTO public.deed VALUES (1), (1)", NULL, &error);
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
  g_assert_cmpstr (wd_pg_connection_get_constraint (fixture->connection), ==, "only_one");
  g_clear_error (&error);

  g_assert_false (wd_pg_connection_commit (fixture->connection, &outcome, wd_deadline_in (WAIT_MS),
                                           NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_FAILED);
  g_assert_cmpint (outcome, ==, WD_PG_NOT_COMMITTED);
  g_clear_error (&error);
  g_assert_cmpint (wd_pg_connection_fate (fixture->connection, wd_pg_result_text (id, 0, 0),
                                          wd_deadline_in (WAIT_MS), NULL, &error),
                   ==, WD_PG_FATE_ABORTED);

  begin (fixture);
  after = query (fixture, "INSERT INTO public.deed VALUES (2)", NULL, &error);
  g_assert_no_error (error);
  wd_pg_connection_rollback (fixture->connection);
  begin (fixture);
  wd_pg_connection_rollback (fixture->connection);
  g_assert_cmpuint (wd_pg_connection_get_serial (fixture->connection), ==, 1);
  pg_test_run (fixture->connection, "DROP TABLE public.deed");
}

/* A constraint checked by COMMIT itself: an error that tells for certain. */
static void
test_deferred_constraint (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) inserted = NULL;
  WdPgOutcome outcome = WD_PG_UNKNOWN;

  pg_test_run (fixture->connection,
               "CREATE TABLE public.deed (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
  begin (fixture);
  inserted = query (fixture, "INSERT INTO public.deed VALUES (1), (1)", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (wd_pg_connection_commit (fixture->connection, &outcome, wd_deadline_in (WAIT_MS),
                                           NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
  g_assert_cmpint (outcome, ==, WD_PG_NOT_COMMITTED);
  pg_test_run (fixture->connection, "DROP TABLE public.deed");
}

static void
test_lock_timeout (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) other = pg_test_connect ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) held = NULL;
  g_autoptr (WdPgResult) refused = NULL;

  pg_test_run (fixture->connection, "CREATE TABLE public.deed (id int)");
  pg_test_run (fixture->connection, "INSERT INTO public.deed VALUES (1)");
  wd_pg_connection_begin (other, FALSE, 0, wd_deadline_in (WAIT_MS), NULL, NULL);
  held = wd_pg_connection_query (other, "SELECT FROM public.deed FOR UPDATE", NULL,
                                 wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  begin (fixture);
  refused = query (fixture, "SELECT FROM public.deed FOR UPDATE", NULL, &error);
  g_assert_error (error, WD_ERROR, WD_ERROR_BUSY);
  wd_pg_connection_rollback (fixture->connection);
  wd_pg_connection_rollback (other);
  pg_test_run (fixture->connection, "DROP TABLE public.deed");
}

/* An idle connection that the server ended is replaced without anybody noticing, one with an
 * open transaction is not. */
static void
test_lost_while_idle (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) admin = pg_test_connect_as ("WD_TEST_PG_ADMIN_URL");
  const char *end_all = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                        " WHERE usename = 'platform'";
  g_autofree char *before = pg_test_ask (fixture->connection, "SELECT 1");
  g_autofree char *ended = pg_test_ask (admin, end_all);
  g_autofree char *after = pg_test_ask (fixture->connection, "SELECT 2");
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) first = NULL;
  g_autoptr (WdPgResult) second = NULL;
  WdPgOutcome outcome = WD_PG_UNKNOWN;

  g_assert_cmpstr (ended, ==, "1");
  g_assert_cmpstr (after, ==, "2");
  g_assert_cmpuint (wd_pg_connection_get_serial (fixture->connection), ==, 2);

  begin (fixture);
  first = query (fixture, "SELECT 1", NULL, &error);
  g_assert_no_error (error);
  again = pg_test_ask (admin, end_all);
  second = query (fixture, "SELECT 2", NULL, &error);
  g_assert_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION);
  g_clear_error (&error);
  g_assert_false (wd_pg_connection_commit (fixture->connection, &outcome, wd_deadline_in (WAIT_MS),
                                           NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION);
  g_assert_cmpint (outcome, ==, WD_PG_NOT_COMMITTED);
}

static void
test_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (8 * 1024 * 1024, 'x');
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  const WdPgStatement echo = { "SELECT $1::text", params };
  WdPgStatement statements[] = { echo, echo, echo };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = NULL;

  /* More in both directions than any socket buffers. */
  wd_pg_params_text (params, text);
  results = wd_pg_connection_query_many (fixture->connection, statements, 3,
                                         wd_deadline_in (60000), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    g_assert_cmpstr (wd_pg_result_text (g_ptr_array_index (results, i), 0, 0), ==, text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/postgres/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("values", test_values);
  ADD ("times", test_times);
  ADD ("server-errors", test_server_errors);
  ADD ("no-session-state", test_no_session_state);
  ADD ("transaction", test_transaction);
  ADD ("rollback", test_rollback);
  ADD ("deferred-constraint", test_deferred_constraint);
  ADD ("lock-timeout", test_lock_timeout);
  ADD ("lost-while-idle", test_lost_while_idle);
  ADD ("large", test_large);
#undef ADD
  return g_test_run ();
}
