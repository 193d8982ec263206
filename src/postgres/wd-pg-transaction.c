/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-connection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-exchange.h"

#define ROLLBACK_MS 500

/* The end of a transaction, whatever became of it. */
static void
end_transaction (WdPgConnection *self)
{
  self->in_transaction = FALSE;
  self->begun = FALSE;
  self->broken = FALSE;
}

/* Only an ERROR tells that the transaction was rolled back: behind FATAL, and behind a pooler
 * that lost its server, the COMMIT may be done. */
static gboolean
is_certain (const PGresult *error)
{
  const char *severity = PQresultErrorField (error, PG_DIAG_SEVERITY_NONLOCALIZED);
  const char *sqlstate = PQresultErrorField (error, PG_DIAG_SQLSTATE);

  return g_strcmp0 (severity, "ERROR") == 0 && sqlstate != NULL
         && !g_str_has_prefix (sqlstate, "08") && !g_str_has_prefix (sqlstate, "57P");
}

static gboolean
read_commit (WdPgConnection *self, GPtrArray *results, WdPgOutcome *outcome, GError **error)
{
  PGresult *result = results->len > 0 ? g_ptr_array_index (results, 0) : NULL;

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    {
      if (result != NULL && is_certain (result))
        *outcome = WD_PG_NOT_COMMITTED;
      if (result != NULL)
        wd_pg_connection_take_error (self, result, NULL, error);
      return FALSE;
    }
  if (strcmp (PQcmdStatus (result), "COMMIT") == 0)
    {
      *outcome = WD_PG_COMMITTED;
      return TRUE;
    }
  *outcome = WD_PG_NOT_COMMITTED;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_FAILED,
                       _("The transaction was rolled back: a statement of it had failed"));
  return FALSE;
}

/* From here on a cancel comes too late: stopping to listen would only leave the outcome open. */
static gboolean
send_commit (WdPgConnection *self, WdPgOutcome *outcome, gint64 deadline, GError **error)
{
  const WdPgStep commit = { { "COMMIT" } };
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) cause = NULL;

  *outcome = WD_PG_UNKNOWN;
  if (wd_pg_exchange_send (self->conn, &commit, 1, self->where, &cause))
    {
      wd_fault_point ("postgres-commit-sent");
      results = wd_pg_exchange_receive (self->conn, self->where, deadline, NULL, &cause);
    }
  if (results != NULL && read_commit (self, results, outcome, &cause))
    return TRUE;
  if (*outcome == WD_PG_NOT_COMMITTED)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  wd_pg_connection_drop (self);
  g_set_error (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME,
               _("Whether the change was made is not known: %s"),
               cause != NULL ? cause->message : self->where);
  return FALSE;
}

/**
 * wd_pg_connection_begin:
 * @self: a connection without an open transaction
 * @read_only: whether the server shall refuse writes in it
 * @lock_timeout_ms: how long a statement waits for a lock; 0 for as long as its deadline
 * @deadline: from wd_deadline_in(): each statement of the transaction is ended by the server then
 * @cancellable: (nullable): ends it at once
 * @error: as for wd_pg_connection_ensure()
 *
 * Opens a transaction. BEGIN and the timeouts travel with its first statement. After %TRUE comes
 * wd_pg_connection_commit() or wd_pg_connection_rollback(), whatever fails in between.
 */
gboolean
wd_pg_connection_begin (WdPgConnection *self, gboolean read_only, guint lock_timeout_ms,
                        gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && !self->in_transaction, FALSE);

  wd_pg_connection_forget_error (self);
  if (!wd_pg_connection_ensure (self, deadline, cancellable, error))
    return FALSE;
  self->in_transaction = TRUE;
  self->begun = FALSE;
  self->read_only = read_only;
  self->snapshot = FALSE;
  self->lock_timeout_ms = lock_timeout_ms;
  return TRUE;
}

/**
 * wd_pg_connection_begin_snapshot:
 * @self: a connection without an open transaction
 * @deadline: from wd_deadline_in(): as long as that is from now each statement of it may take
 * @cancellable: (nullable): ends it at once
 * @error: as for wd_pg_connection_ensure()
 *
 * As wd_pg_connection_begin(), read-only, and all its statements see the database as of one
 * moment. The server keeps what others delete meanwhile: not for long.
 */
gboolean
wd_pg_connection_begin_snapshot (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                                 GError **error)
{
  if (!wd_pg_connection_begin (self, TRUE, 0, deadline, cancellable, error))
    return FALSE;
  self->snapshot = TRUE;
  return TRUE;
}

/**
 * wd_pg_connection_commit:
 * @self: a connection with an open transaction
 * @outcome: (out): what became of it
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): heeded only until COMMIT is sent
 * @error: %WD_ERROR_UNKNOWN_OUTCOME when COMMIT was sent and its answer never came; else why the
 *   transaction has no effect
 *
 * Ends the transaction in any case. Returns: whether it was committed
 */
gboolean
wd_pg_connection_commit (WdPgConnection *self, WdPgOutcome *outcome, gint64 deadline,
                         GCancellable *cancellable, GError **error)
{
  gboolean committed;

  g_return_val_if_fail (self != NULL && outcome != NULL && self->in_transaction, FALSE);

  wd_pg_connection_forget_error (self);
  *outcome = WD_PG_NOT_COMMITTED;
  if (!wd_pg_connection_check_transaction (self, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      wd_pg_connection_rollback (self);
      return FALSE;
    }
  if (!self->begun)
    {
      end_transaction (self);
      *outcome = WD_PG_COMMITTED;
      return TRUE;
    }
  committed = send_commit (self, outcome, deadline, error);
  end_transaction (self);
  return committed;
}

/**
 * wd_pg_connection_rollback:
 * @self: a connection
 *
 * Ends the transaction, if one is open, without effect. Takes half a second at most: a server
 * that does not answer by then sees the connection close, which is a rollback too.
 */
void
wd_pg_connection_rollback (WdPgConnection *self)
{
  const WdPgStep rollback = { { "ROLLBACK" } };
  g_autoptr (GPtrArray) results = NULL;

  g_return_if_fail (self != NULL);

  if (self->begun && self->conn != NULL)
    {
      if (wd_pg_exchange_send (self->conn, &rollback, 1, self->where, NULL))
        results = wd_pg_exchange_receive (self->conn, self->where, wd_deadline_in (ROLLBACK_MS),
                                          NULL, NULL);
      if (results == NULL || wd_pg_exchange_find_error (results) != NULL)
        wd_pg_connection_drop (self);
    }
  end_transaction (self);
}
