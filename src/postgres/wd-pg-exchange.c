/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One round trip: statements go out in pipeline mode behind one another, closed by a Sync, and
 * their results come back in order up to it. Everything libpq does here is nonblocking; the only
 * place that waits is wait_result(). */

#include "postgres/wd-pg-exchange.h"

#include <glib/gi18n-lib.h>
#include <poll.h>

#include "base/wd-error.h"
#include "base/wd-wait.h"
#include "postgres/wd-pg-error.h"

static gboolean
queue_step (PGconn *connection, const WdPgStep *step)
{
  WdPgParams *params = step->statement.params;
  int n_params = params != NULL ? (int) wd_pg_params_get_length (params) : 0;
  const char *const *values = n_params > 0 ? wd_pg_params_get_values (params) : NULL;

  if (step->prepare)
    return PQsendPrepare (connection, step->name, step->statement.sql, 0, NULL) == 1;
  if (step->name != NULL)
    return PQsendQueryPrepared (connection, step->name, n_params, values, NULL, NULL, 0) == 1;
  return PQsendQueryParams (connection, step->statement.sql, n_params, NULL, values, NULL, NULL, 0)
         == 1;
}

/* Waits until PQgetResult() has something to give, be it only that the connection broke. */
static gboolean
wait_result (PGconn *connection, const char *where, gint64 deadline, GCancellable *cancellable,
             GError **error)
{
  for (;;)
    {
      int unsent = PQflush (connection);

      if (unsent < 0 || !PQisBusy (connection))
        return TRUE;
      if (!wd_wait_fd (PQsocket (connection), unsent > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN, deadline,
                       cancellable, error))
        {
          g_prefix_error (error, _("PostgreSQL %s: "), where);
          return FALSE;
        }
      if (!PQconsumeInput (connection))
        return TRUE;
    }
}

/* A server that ends the connection says why in its last result. */
static void
set_lost (PGconn *connection, GPtrArray *results, const char *where, GError **error)
{
  PGresult *last = wd_pg_exchange_find_error (results);

  if (last != NULL)
    wd_pg_error_from_result (last, where, error);
  else
    wd_pg_error_from_connection (connection, where, error);
  if (error != NULL && *error != NULL && (*error)->domain == WD_ERROR
      && (*error)->code != WD_ERROR_NO_CONNECTION)
    (*error)->code = WD_ERROR_NO_CONNECTION;
}

static gboolean
is_copy (ExecStatusType status)
{
  return status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH;
}

/* Collects results until the Sync (@to_sync), or until there are none. */
static GPtrArray *
collect (PGconn *connection, gboolean to_sync, const char *where, gint64 deadline,
         GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) PQclear);
  guint n_empty = 0;

  for (;;)
    {
      PGresult *result;
      ExecStatusType status;

      if (!wait_result (connection, where, deadline, cancellable, error))
        return NULL;
      result = PQgetResult (connection);
      status = PQresultStatus (result);
      n_empty = result == NULL ? n_empty + 1 : 0;
      if (result != NULL && status != PGRES_PIPELINE_SYNC)
        g_ptr_array_add (results, result);
      if (PQstatus (connection) == CONNECTION_BAD || n_empty > 1 || is_copy (status))
        {
          set_lost (connection, results, where, error);
          return NULL;
        }
      if (status == PGRES_PIPELINE_SYNC && result != NULL)
        {
          PQclear (result);
          return g_steal_pointer (&results);
        }
      if (result == NULL && !to_sync)
        return g_steal_pointer (&results);
    }
}

/**
 * wd_pg_exchange_send:
 * @connection: an idle connection
 * @steps: (array length=n_steps): to do in this order; after an error none of the rest
 * @n_steps: how many
 * @where: the connection, for the message
 * @error: %WD_ERROR_NO_CONNECTION
 *
 * Queues the steps and sends what the socket takes without waiting. After an error the
 * connection must be dropped.
 */
gboolean
wd_pg_exchange_send (PGconn *connection, const WdPgStep *steps, gsize n_steps, const char *where,
                     GError **error)
{
  gboolean sent = PQenterPipelineMode (connection) == 1;

  for (gsize i = 0; sent && i < n_steps; i++)
    sent = queue_step (connection, &steps[i]);
  if (sent && PQpipelineSync (connection) == 1 && PQflush (connection) >= 0)
    return TRUE;
  wd_pg_error_from_connection (connection, where, error);
  return FALSE;
}

/**
 * wd_pg_exchange_receive:
 * @connection: a connection after wd_pg_exchange_send()
 * @where: the connection, for the message
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_NO_CONNECTION, %WD_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED; then the
 *   connection must be dropped
 *
 * Returns: (transfer full) (element-type PGresult): one result per step, errors of the
 *   server among them
 */
GPtrArray *
wd_pg_exchange_receive (PGconn *connection, const char *where, gint64 deadline,
                        GCancellable *cancellable, GError **error)
{
  /* Of one descriptor for all its waits; else each makes one. */
  gboolean held = g_cancellable_get_fd (cancellable) >= 0;
  g_autoptr (GPtrArray) results = collect (connection, TRUE, where, deadline, cancellable, error);

  if (held)
    g_cancellable_release_fd (cancellable);
  if (results == NULL)
    return NULL;
  if (PQexitPipelineMode (connection) != 1)
    {
      wd_pg_error_from_connection (connection, where, error);
      return NULL;
    }
  return g_steal_pointer (&results);
}

/**
 * wd_pg_exchange_script:
 * @connection: an idle connection
 * @sql: one or more statements without values
 * @where: the connection, for the message
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as wd_pg_exchange_receive(); then the connection must be dropped
 *
 * As wd_pg_exchange_send() and wd_pg_exchange_receive(), by the protocol's simple query.
 *
 * Returns: (transfer full) (element-type PGresult): one result per statement that ran, errors of
 *   the server among them
 */
GPtrArray *
wd_pg_exchange_script (PGconn *connection, const char *sql, const char *where, gint64 deadline,
                       GCancellable *cancellable, GError **error)
{
  if (PQsendQuery (connection, sql) != 1)
    {
      wd_pg_error_from_connection (connection, where, error);
      return NULL;
    }
  return collect (connection, FALSE, where, deadline, cancellable, error);
}

/**
 * wd_pg_exchange_is_alive:
 * @connection: an idle connection
 *
 * Returns: whether nothing yet says that the server is gone; asks nothing of it
 */
gboolean
wd_pg_exchange_is_alive (PGconn *connection)
{
  struct pollfd fd = { PQsocket (connection), POLLIN, 0 };

  /* A changed parameter or a notice may wait there; after the last of them only the end is left,
   * which stays readable. */
  for (guint i = 0; i < 4; i++)
    {
      if (PQstatus (connection) == CONNECTION_BAD)
        return FALSE;
      if (poll (&fd, 1, 0) <= 0)
        return TRUE;
      if (!PQconsumeInput (connection))
        return FALSE;
      PQisBusy (connection);
    }
  return FALSE;
}

/**
 * wd_pg_exchange_find_error:
 * @results: (element-type PGresult): of one exchange
 *
 * Returns: (transfer none) (nullable): the first that is an error
 */
PGresult *
wd_pg_exchange_find_error (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      PGresult *result = g_ptr_array_index (results, i);
      ExecStatusType status = PQresultStatus (result);

      if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY)
        return result;
    }
  return NULL;
}
