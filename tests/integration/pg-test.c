/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests on a real server share. The server is the one of tests/fixtures/with-stack. */

#include "pg-test.h"

#include <signal.h>
#include <string.h>

#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "postgres/wd-pg-connection-private.h"

#define WAIT_MS 20000

/* (transfer full): to the platform's database as its owner */
WdPgConnection *
pg_test_connect (void)
{
  return pg_test_connect_as ("DATABASE_URL");
}

/* (transfer full): to where an environment variable of the stack leads */
WdPgConnection *
pg_test_connect_as (const char *variable)
{
  const char *uri = g_getenv (variable);

  if (uri == NULL)
    g_error ("%s is not set: run this by tests/fixtures/with-stack", variable);
  return wd_pg_connection_new (uri, NULL, NULL);
}

/* One statement in a transaction of its own, committed, with the role's search_path. */
void
pg_test_run (WdPgConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;

  wd_pg_connection_run_script (connection, sql, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
}

/* (transfer full) (nullable): the first value of a query, which may leave out the schema */
char *
pg_test_ask (WdPgConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_connection_begin (connection, TRUE, 0, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  wd_pg_connection_run_script (connection, "SET LOCAL search_path = public",
                               wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  result = wd_pg_connection_query (connection, sql, NULL, wd_deadline_in (WAIT_MS), NULL, &error);
  g_assert_no_error (error);
  wd_pg_connection_rollback (connection);
  return g_strdup (wd_pg_result_text (result, 0, 0));
}

void
pg_test_wait_for (WdPgConnection *connection, const char *sql, const char *answer)
{
  gint64 deadline = wd_deadline_in (WAIT_MS);

  for (;;)
    {
      g_autofree char *got = pg_test_ask (connection, sql);

      if (g_strcmp0 (got, answer) == 0)
        return;
      if (wd_deadline_left_ms (deadline) == 0)
        g_error ("%s: still %s instead of %s", sql, got, answer);
      wd_wait_ms (20, NULL, NULL);
    }
}

static void
signal_server (int number)
{
  const char *pid = g_getenv ("WD_TEST_PG_PID");
  g_autofree char *path = g_strdup_printf ("/proc/%s/task/%s/children", pid, pid);
  g_autofree char *children = NULL;
  g_auto (GStrv) pids = NULL;

  /* The postmaster first, so that no process is made meanwhile. */
  g_assert_cmpint (kill ((pid_t) g_ascii_strtoll (pid, NULL, 10), number), ==, 0);
  g_assert_true (g_file_get_contents (path, &children, NULL, NULL));
  pids = g_strsplit (g_strstrip (children), " ", -1);
  for (guint i = 0; pids[i] != NULL && *pids[i] != '\0'; i++)
    kill ((pid_t) g_ascii_strtoll (pids[i], NULL, 10), number);
}

/* The postmaster and all its processes: sockets still accept, nobody answers. */
void
pg_test_stop_server (void)
{
  signal_server (SIGSTOP);
}

void
pg_test_continue_server (void)
{
  signal_server (SIGCONT);
}
