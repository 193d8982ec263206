/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection may lead through a pooler that gives each transaction to whatever server
 * connection is free, so nothing is ever set for the session: time zone, date style and timeouts
 * are set with each transaction, in the round trip of its first statement (the prologue). So is
 * that nothing is compiled: our statements are short, and compiling one takes longer than they do.
 * And so is where names are looked up: whoever may make an operator in a schema of the role's
 * search_path would else have what he likes run by us, and decide what our guards see.
 *
 * What was not begun with wd_pg_connection_begin() runs as the implicit transaction of one
 * pipeline. It is read-only, so losing it does no harm, and it is sent once more when a connection
 * that had lain idle turns out to be dead. So does a transaction's first round trip: nothing of it
 * can have been committed.
 *
 * After a deadline or a cancel nobody knows where in the protocol the connection stands. It is
 * given to wd_pg_abandon(), and the next call makes a new one. */

#include "postgres/wd-pg-connection-private.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-exchange.h"
#include "postgres/wd-pg-result-private.h"

#define IDLE_IN_TRANSACTION_EXTRA_MS 5000

/* The server gives up a little before we do: its error keeps the connection, ours costs it. */
static int
server_timeout_ms (gint64 deadline)
{
  int left = wd_deadline_left_ms (deadline);

  return MAX (left - MIN (left / 10, 100), 1);
}

static WdPgParams *
prologue_params (WdPgConnection *self, gint64 deadline)
{
  WdPgParams *params = wd_pg_params_new ();
  int timeout = server_timeout_ms (deadline);

  wd_pg_params_int (params, timeout);
  if (self->in_transaction)
    {
      wd_pg_params_int (params, self->lock_timeout_ms);
      wd_pg_params_int (params, MIN ((gint64) timeout + IDLE_IN_TRANSACTION_EXTRA_MS, G_MAXINT));
    }
  return params;
}

/* Appends the statements that go before the first ones of a transaction. */
static void
add_prologue (WdPgConnection *self, GArray *steps, WdPgParams *params)
{
  WdPgStatement begin = { self->snapshot    ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                          : self->read_only ? "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"
                                            : "BEGIN ISOLATION LEVEL READ COMMITTED" };
  WdPgStatement settings = {
    "SELECT pg_catalog.set_config('TimeZone', 'UTC', true),"
    " pg_catalog.set_config('DateStyle', 'ISO, YMD', true),"
    " pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),"
    " pg_catalog.set_config('jit', 'off', true),"
    " pg_catalog.set_config('statement_timeout', $1, true),"
    " pg_catalog.set_config('transaction_read_only', 'on', true),"
    " pg_catalog.pg_backend_pid()",
    params, TRUE
  };

  if (self->in_transaction)
    {
      wd_pg_prepared_add (self->prepared, steps, &begin, 1);
      settings.sql = "SELECT pg_catalog.set_config('TimeZone', 'UTC', true),"
                     " pg_catalog.set_config('DateStyle', 'ISO, YMD', true),"
                     " pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),"
                     " pg_catalog.set_config('jit', 'off', true),"
                     " pg_catalog.set_config('statement_timeout', $1, true),"
                     " pg_catalog.set_config('lock_timeout', $2, true),"
                     " pg_catalog.set_config('idle_in_transaction_session_timeout', $3, true)";
    }
  settings.one_plan = !self->in_transaction;
  wd_pg_prepared_add (self->prepared, steps, &settings, 1);
}

/* One round trip on the connection as it is; drops it when the answer did not come whole. */
static GPtrArray *
exchange (WdPgConnection *self, GArray *steps, gint64 deadline, GCancellable *cancellable,
          GError **error)
{
  GPtrArray *results = NULL;

  if (wd_pg_exchange_send (self->conn, (const WdPgStep *) steps->data, steps->len, self->where,
                           error))
    results = wd_pg_exchange_receive (self->conn, self->where, deadline, cancellable, error);
  if (results == NULL)
    wd_pg_connection_abandon (self);
  else
    self->used = TRUE;
  return results;
}

/* What the prologue gave as the last column: whether the server is the process that we know. */
static gboolean
is_direct (WdPgConnection *self, const PGresult *prologue)
{
  int pid = PQbackendPID (self->conn);

  return pid != 0 && atoi (PQgetvalue (prologue, 0, PQnfields (prologue) - 1)) == pid;
}

/* Runs @statements with a prologue where one is due; their results are the last ones. @outdated
 * says that the same is to be asked once more. */
static GPtrArray *
run_once (WdPgConnection *self, const WdPgStatement *statements, gsize n_statements,
          gboolean *outdated, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (WdPgStep));
  g_autoptr (WdPgParams) params = prologue_params (self, deadline);
  GPtrArray *results;
  PGresult *failed;
  guint n_prologue;

  *outdated = FALSE;
  wd_pg_prepared_begin (self->prepared, self->serial, !self->in_transaction);
  if (!self->begun)
    add_prologue (self, steps, params);
  n_prologue = steps->len;
  wd_pg_prepared_add (self->prepared, steps, statements, n_statements);
  results = exchange (self, steps, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  failed = wd_pg_exchange_find_error (results);
  if (self->in_transaction)
    self->begun = TRUE;
  else
    *outdated = wd_pg_prepared_end (self->prepared, failed == NULL
                                    && is_direct (self, results->pdata[n_prologue - 1]), failed);
  return results;
}

static GPtrArray *
run (WdPgConnection *self, const WdPgStatement *statements, gsize n_statements, gint64 deadline,
     GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  GPtrArray *results;
  gboolean may_repeat, outdated;

  wd_pg_connection_forget_error (self);
  if (!wd_pg_connection_check_transaction (self, error)
      || (!self->begun && !wd_pg_connection_ensure (self, deadline, cancellable, error)))
    return NULL;
  may_repeat = self->used && !self->begun;
  results = run_once (self, statements, n_statements, &outdated, deadline, cancellable, &local);
  if (outdated || (may_repeat && g_error_matches (local, WD_ERROR, WD_ERROR_NO_CONNECTION)))
    {
      g_clear_pointer (&results, g_ptr_array_unref);
      g_clear_error (&local);
      if (wd_pg_connection_ensure (self, deadline, cancellable, &local))
        results = run_once (self, statements, n_statements, &outdated, deadline, cancellable,
                            &local);
    }
  if (results == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  self->broken = self->in_transaction && results == NULL;
  return results;
}

/**
 * wd_pg_connection_query_many:
 * @self: a connection
 * @statements: (array length=n_statements): run in this order; the first error ends them
 * @n_statements: how many
 * @deadline: from wd_deadline_in(); outside a transaction the server keeps it too
 * @cancellable: (nullable): ends the wait at once, and the statements on the server
 * @error: %WD_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Runs statements in one round trip: in the open transaction, else in a read-only one of their
 * own. After an error in an open transaction only wd_pg_connection_rollback() makes sense.
 *
 * Returns: (transfer full) (element-type WdPgResult): one result for each
 */
GPtrArray *
wd_pg_connection_query_many (WdPgConnection *self, const WdPgStatement *statements,
                             gsize n_statements, gint64 deadline, GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) own = NULL;
  PGresult *failed;

  g_return_val_if_fail (self != NULL && statements != NULL && n_statements > 0, NULL);

  results = run (self, statements, n_statements, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  failed = wd_pg_exchange_find_error (results);
  if (failed != NULL)
    {
      wd_pg_connection_take_error (self, failed, cancellable, error);
      return NULL;
    }
  g_assert (results->len >= n_statements);
  g_ptr_array_remove_range (results, 0, results->len - (guint) n_statements);
  own = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_pg_result_free);
  while (results->len > 0)
    g_ptr_array_add (own, wd_pg_result_new (g_ptr_array_steal_index (results, 0)));
  return g_steal_pointer (&own);
}

/**
 * wd_pg_connection_query:
 * @self: a connection
 * @sql: one statement
 * @params: (nullable) (not transferred): its values
 * @deadline: as for wd_pg_connection_query_many()
 * @cancellable: (nullable): as there
 * @error: as there
 *
 * Returns: (transfer full): the rows
 */
WdPgResult *
wd_pg_connection_query (WdPgConnection *self, const char *sql, WdPgParams *params, gint64 deadline,
                        GCancellable *cancellable, GError **error)
{
  const WdPgStatement statement = { sql, params, FALSE };
  g_autoptr (GPtrArray) results = NULL;

  g_return_val_if_fail (sql != NULL, NULL);

  results = wd_pg_connection_query_many (self, &statement, 1, deadline, cancellable, error);
  return results != NULL ? g_ptr_array_steal_index (results, 0) : NULL;
}

/**
 * wd_pg_connection_run_script:
 * @self: a connection
 * @sql: one or more statements without values
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: of wd_pg_connection_query()
 *
 * Runs @sql in the open transaction; outside one as it is, with whatever the session is set to.
 * For the migrator.
 *
 * Returns: whether every statement succeeded
 */
gboolean
wd_pg_connection_run_script (WdPgConnection *self, const char *sql, gint64 deadline,
                             GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  PGresult *failed;

  wd_pg_connection_forget_error (self);
  if (!wd_pg_connection_ensure (self, deadline, cancellable, error))
    return FALSE;
  if (self->in_transaction && !self->begun)
    {
      const WdPgStatement nothing = { "SELECT 1", NULL };
      g_autoptr (GPtrArray) begun = wd_pg_connection_query_many (self, &nothing, 1, deadline,
                                                                 cancellable, error);

      if (begun == NULL)
        return FALSE;
    }
  results = wd_pg_exchange_script (self->conn, sql, self->where, deadline, cancellable, error);
  if (results == NULL)
    {
      wd_pg_connection_abandon (self);
      self->broken = self->in_transaction;
      return FALSE;
    }
  failed = wd_pg_exchange_find_error (results);
  if (failed != NULL)
    wd_pg_connection_take_error (self, failed, cancellable, error);
  return failed == NULL;
}
