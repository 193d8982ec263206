/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "pg-test.h"
#include "postgres/wd-pg-fate.h"

#define WAIT_MS 20000
#define SHORT_MS 600

/* What a slow machine may add to a deadline. */
#define SLACK_MS 4000

#define COUNT_SLEEPERS                                                                             \
  "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%'"       \
  " AND pid <> pg_backend_pid()"

typedef struct {
  WdPgConnection *connection;
  WdPgConnection *admin;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->connection = pg_test_connect ();
  fixture->admin = pg_test_connect_as ("WD_TEST_PG_ADMIN_URL");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wd_pg_connection_free (fixture->connection);
  wd_pg_connection_free (fixture->admin);
}

static WdPgResult *
query (Fixture *fixture, const char *sql, guint milliseconds, GError **error)
{
  return wd_pg_connection_query (fixture->connection, sql, NULL, wd_deadline_in (milliseconds),
                                 NULL, error);
}

static void
assert_works (Fixture *fixture)
{
  g_autofree char *answer = pg_test_ask (fixture->connection, "SELECT 1");

  g_assert_cmpstr (answer, ==, "1");
}

static void
test_stopped_at_connect (Fixture *fixture, gconstpointer data)
{
  gint64 before = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  pg_test_stop_server ();
  g_assert_false (wd_pg_connection_ensure (fixture->connection, wd_deadline_in (SHORT_MS), NULL,
                                           &error));
  pg_test_continue_server ();
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  g_assert_cmpint ((g_get_monotonic_time () - before) / 1000, <, SHORT_MS + SLACK_MS);
  assert_works (fixture);
}

static void
test_stopped_at_query (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) result = NULL;
  gint64 before;

  assert_works (fixture);
  pg_test_stop_server ();
  before = g_get_monotonic_time ();
  result = query (fixture, "SELECT 1", SHORT_MS, &error);
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  g_assert_cmpint ((g_get_monotonic_time () - before) / 1000, <, SHORT_MS + SLACK_MS);
  pg_test_continue_server ();
  assert_works (fixture);
  g_assert_cmpuint (wd_pg_connection_get_serial (fixture->connection), ==, 2);
}

/* The rows of a transaction that timed out must not be taken up by the next one. */
static void
test_stopped_in_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) first = NULL;
  g_autoptr (WdPgResult) second = NULL;
  WdPgOutcome outcome = WD_PG_UNKNOWN;

  assert_works (fixture);
  for (guint n_done = 0; n_done < 2; n_done++)
    {
      wd_pg_connection_begin (fixture->connection, FALSE, 0, wd_deadline_in (WAIT_MS), NULL, NULL);
      if (n_done > 0)
        first = query (fixture, "SELECT 1", WAIT_MS, &error);
      g_assert_no_error (error);
      pg_test_stop_server ();
      second = query (fixture, "SELECT 2", SHORT_MS, &error);
      pg_test_continue_server ();
      g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
      g_clear_error (&error);
      second = query (fixture, "SELECT 3", WAIT_MS, &error);
      g_assert_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION);
      g_clear_error (&error);
      g_assert_false (wd_pg_connection_commit (fixture->connection, &outcome,
                                               wd_deadline_in (WAIT_MS), NULL, &error));
      g_assert_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION);
      g_assert_cmpint (outcome, ==, WD_PG_NOT_COMMITTED);
      g_clear_error (&error);
      assert_works (fixture);
    }
}

static char *
insert_one (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  const WdPgStatement statements[] = {
    { "INSERT INTO public.deed VALUES (1)", NULL },
    { "SELECT pg_current_xact_id()::text", NULL },
  };
  g_autoptr (GPtrArray) results = NULL;

  wd_pg_connection_begin (fixture->connection, FALSE, 0, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  results = wd_pg_connection_query_many (fixture->connection, statements, 2,
                                         wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  return g_strdup (wd_pg_result_text (g_ptr_array_index (results, 1), 0, 0));
}

static WdPgOutcome
commit (Fixture *fixture, guint milliseconds, GError **error)
{
  WdPgOutcome outcome = WD_PG_NOT_COMMITTED;

  wd_pg_connection_commit (fixture->connection, &outcome, wd_deadline_in (milliseconds), NULL,
                           error);
  return outcome;
}

static void
test_stopped_at_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xid = NULL;
  g_autofree char *count = NULL;

  pg_test_run (fixture->connection, "CREATE TABLE public.deed (id int)");
  xid = insert_one (fixture);
  pg_test_stop_server ();
  g_assert_cmpint (commit (fixture, SHORT_MS, &error), ==, WD_PG_UNKNOWN);
  g_assert_error (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);
  g_clear_error (&error);
  g_assert_cmpint (wd_pg_connection_fate (fixture->connection, xid, wd_deadline_in (SHORT_MS), NULL,
                                          &error),
                   ==, WD_PG_FATE_UNKNOWN);
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  g_clear_error (&error);
  pg_test_continue_server ();

  /* COMMIT lay in the server's socket all the while. */
  g_assert_cmpint (wd_pg_connection_fate (fixture->connection, xid, wd_deadline_in (WAIT_MS), NULL,
                                          &error),
                   ==, WD_PG_FATE_COMMITTED);
  g_assert_no_error (error);
  count = pg_test_ask (fixture->connection, "SELECT count(*) FROM public.deed");
  g_assert_cmpstr (count, ==, "1");
  pg_test_run (fixture->connection, "DROP TABLE public.deed");
}

typedef struct {
  const char *sql;
  GCancellable *cancellable;
} Intruder;

/* Does something as soon as a statement of ours sleeps on the server. */
static gpointer
intruder_thread (gpointer data)
{
  Intruder *intruder = data;
  g_autoptr (WdPgConnection) admin = pg_test_connect_as ("WD_TEST_PG_ADMIN_URL");

  pg_test_wait_for (admin,
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", "1");
  if (intruder->sql != NULL)
    g_free (pg_test_ask (admin, intruder->sql));
  else
    g_cancellable_cancel (intruder->cancellable);
  return NULL;
}

/* COMMIT runs a trigger that sleeps; what comes between tells more or less for certain. */
static void
test_interrupted_commit (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *sql;
    WdPgOutcome outcome;
    WdError code;
    WdPgFate fate;
  } cases[] = {
    { "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
      WD_PG_NOT_COMMITTED, WD_ERROR_TIMED_OUT, WD_PG_FATE_ABORTED },
    { "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
      WD_PG_UNKNOWN, WD_ERROR_UNKNOWN_OUTCOME, WD_PG_FATE_ABORTED },
  };

  pg_test_run (fixture->connection, "CREATE TABLE public.deed (id int)");
  pg_test_run (fixture->connection, "CREATE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS"
                                    " 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END'");
  pg_test_run (fixture->connection,
               "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON deed DEFERRABLE INITIALLY DEFERRED"
               " FOR EACH ROW EXECUTE FUNCTION doze()");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *xid = insert_one (fixture);
      Intruder intruder = { cases[i].sql, NULL };
      GThread *thread = g_thread_new ("intruder", intruder_thread, &intruder);

      g_assert_cmpint (commit (fixture, WAIT_MS, &error), ==, cases[i].outcome);
      g_assert_error (error, WD_ERROR, (int) cases[i].code);
      g_thread_join (thread);
      g_clear_error (&error);
      g_assert_cmpint (wd_pg_connection_fate (fixture->connection, xid, wd_deadline_in (WAIT_MS),
                                              NULL, &error),
                       ==, cases[i].fate);
    }
  pg_test_run (fixture->connection, "DROP TABLE public.deed");
  pg_test_run (fixture->connection, "DROP FUNCTION doze");
}

static void
test_fate_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdPgConnection) other = pg_test_connect ();
  g_autoptr (GError) error = NULL;
  g_autofree char *xid = NULL;

  pg_test_run (fixture->connection, "CREATE TABLE public.deed (id int)");
  xid = insert_one (fixture);
  g_assert_cmpint (wd_pg_connection_fate (other, xid, wd_deadline_in (SHORT_MS), NULL, &error), ==,
                   WD_PG_FATE_UNKNOWN);
  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  g_clear_error (&error);
  wd_pg_connection_rollback (fixture->connection);
  g_assert_cmpint (wd_pg_connection_fate (other, xid, wd_deadline_in (WAIT_MS), NULL, &error), ==,
                   WD_PG_FATE_ABORTED);
  pg_test_run (fixture->connection, "DROP TABLE public.deed");
}

static void
test_server_keeps_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) result = query (fixture, "SELECT pg_sleep(60)", SHORT_MS, &error);

  g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
  pg_test_wait_for (fixture->admin, COUNT_SLEEPERS, "0");
  assert_works (fixture);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Intruder intruder = { NULL, cancellable };
  GThread *thread = g_thread_new ("intruder", intruder_thread, &intruder);
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) result = NULL;

  result = wd_pg_connection_query (fixture->connection, "SELECT pg_sleep(60)", NULL,
                                   wd_deadline_in (60000), cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  pg_test_wait_for (fixture->admin, COUNT_SLEEPERS, "0");
  assert_works (fixture);

  g_clear_error (&error);
  result = wd_pg_connection_query (fixture->connection, "SELECT 1", NULL, wd_deadline_in (WAIT_MS),
                                   cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_works (fixture);
}

/* Many cancels of a stopped server neither wait nor pile up. */
static void
test_stopped_many_times (Fixture *fixture, gconstpointer data)
{
  WdPgConnection *connections[24];
  gint64 before;

  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      connections[i] = pg_test_connect ();
      g_free (pg_test_ask (connections[i], "SELECT 1"));
    }
  pg_test_stop_server ();
  before = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WdPgResult) result = NULL;

      result = wd_pg_connection_query (connections[i], "SELECT pg_sleep(60)", NULL,
                                       wd_deadline_in (20), NULL, &error);
      g_assert_error (error, WD_ERROR, WD_ERROR_TIMED_OUT);
      wd_pg_connection_free (connections[i]);
    }
  g_assert_cmpint ((g_get_monotonic_time () - before) / 1000, <, SLACK_MS);
  pg_test_continue_server ();
  pg_test_wait_for (fixture->admin, COUNT_SLEEPERS, "0");
  assert_works (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/postgres/faults/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("stopped-at-connect", test_stopped_at_connect);
  ADD ("stopped-at-query", test_stopped_at_query);
  ADD ("stopped-in-transaction", test_stopped_in_transaction);
  ADD ("stopped-at-commit", test_stopped_at_commit);
  ADD ("interrupted-commit", test_interrupted_commit);
  ADD ("fate-waits", test_fate_waits);
  ADD ("server-keeps-deadline", test_server_keeps_deadline);
  ADD ("cancel", test_cancel);
  ADD ("stopped-many-times", test_stopped_many_times);
#undef ADD
  return g_test_run ();
}
