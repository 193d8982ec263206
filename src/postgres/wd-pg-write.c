/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing transactions whose end is always known, or said not to be.
 *
 * A COMMIT whose answer is lost may have happened, and may even still be happening in a backend
 * that does not know yet that nobody listens. So each writing transaction takes its number at the
 * start, and a new connection asks the server what became of that number. */

#include "postgres/wd-pg-write.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-fate.h"

/* A database may have made COMMIT lose its last moments in a crash; a promise must not be lost. */
#define SQL_BEGIN                                                                         \
  "SELECT pg_current_xact_id()::text, CASE current_setting ('synchronous_commit') "       \
  "WHEN 'off' THEN set_config ('synchronous_commit', 'on', true) END"

#define LOCK_TIMEOUT_MS 2000
#define FATE_MS         10000
#define PROOF_MS        5000

/**
 * wd_pg_write_begin:
 * @self: a connection
 * @xid: (out): the transaction's number
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Begins a transaction that waits at most two seconds for any lock. Worker.
 */
gboolean
wd_pg_write_begin (WdPgConnection *self, char **xid, gint64 deadline, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (WdPgResult) number = NULL;

  if (!wd_pg_connection_begin (self, FALSE, LOCK_TIMEOUT_MS, deadline, cancellable, error))
    return FALSE;
  number = wd_pg_connection_query (self, SQL_BEGIN, NULL, deadline, cancellable, error);
  if (number == NULL)
    {
      wd_pg_connection_rollback (self);
      return FALSE;
    }
  *xid = g_strdup (wd_pg_result_text (number, 0, 0));
  return TRUE;
}

/**
 * wd_pg_write_abort:
 * @self: a connection
 * @error: what ends the transaction before its COMMIT; gets to say that nothing was written
 *
 * Worker.
 */
void
wd_pg_write_abort (WdPgConnection *self, GError **error)
{
  wd_pg_connection_rollback (self);
  if (error != NULL && !wd_error_is_cancelled (*error))
    g_prefix_error (error, "%s", _("Nothing was written: "));
}

/* What became of a transaction whose COMMIT was not answered. The server that answers now may have
 * taken the place of the one that was asked and may never have heard of the transaction: then its
 * number is another's, and only @proof tells. */
static WdPgFate
ask_fate (WdPgConnection *self, const char *xid, const WdPgStatement *proof)
{
  WdPgFate fate = wd_pg_connection_fate (self, xid, wd_deadline_in (FATE_MS), NULL, NULL);
  gint64 deadline = wd_deadline_in (PROOF_MS);
  g_autoptr (WdPgResult) result = NULL;

  if (fate == WD_PG_FATE_ABORTED || proof == NULL)
    return fate;
  if (wd_pg_connection_ensure (self, deadline, NULL, NULL))
    result = wd_pg_connection_query (self, proof->sql, proof->params, deadline, NULL, NULL);
  return result != NULL && wd_pg_result_get_rows (result) > 0 ? WD_PG_FATE_COMMITTED
                                                              : WD_PG_FATE_UNKNOWN;
}

/**
 * wd_pg_write_commit_proven:
 * @self: a connection
 * @xid: of wd_pg_write_begin()
 * @proof: (nullable): a query that finds a row once the transaction is in the database
 * @deadline: for the COMMIT; finding out what became of it may take fifteen seconds more
 * @error: %WD_ERROR_UNKNOWN_OUTCOME where that could not be found out; every other error means
 *   that nothing was written
 *
 * Not cancellable: once COMMIT is on its way, only its outcome is of interest. Worker.
 */
gboolean
wd_pg_write_commit_proven (WdPgConnection *self, const char *xid, const WdPgStatement *proof,
                           gint64 deadline, GError **error)
{
  g_autoptr (GError) local = NULL;
  WdPgOutcome outcome = WD_PG_NOT_COMMITTED;

  wd_fault_point ("postgres:before-commit");
  if (wd_pg_connection_commit (self, &outcome, deadline, NULL, &local))
    {
      wd_fault_point ("postgres:after-commit");
      return TRUE;
    }
  if (outcome != WD_PG_UNKNOWN)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  switch (ask_fate (self, xid, proof))
    {
    case WD_PG_FATE_COMMITTED:
      return TRUE;
    case WD_PG_FATE_ABORTED:
      g_set_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                   _("The connection was lost and the transaction undone: nothing was written "
                     "(%s)"),
                   local->message);
      return FALSE;
    case WD_PG_FATE_UNKNOWN:
    default:
      g_set_error (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME,
                   _("The database stopped answering during COMMIT: it is not known whether this "
                     "was written. Look at the outbox and the newest jobs before trying again "
                     "(%s)"),
                   local->message);
      return FALSE;
    }
}

/**
 * wd_pg_write_commit:
 * @self: a connection
 * @xid: of wd_pg_write_begin()
 * @deadline: as of wd_pg_write_commit_proven()
 * @error: as of wd_pg_write_commit_proven()
 *
 * Commits what nobody acts upon afterwards: the transaction's number is proof enough. Worker.
 */
gboolean
wd_pg_write_commit (WdPgConnection *self, const char *xid, gint64 deadline, GError **error)
{
  return wd_pg_write_commit_proven (self, xid, NULL, deadline, error);
}

/**
 * wd_pg_write:
 * @self: a connection
 * @statements: (array length=n_statements): to run in one transaction
 * @n_statements: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: as of wd_pg_write_commit()
 *
 * One transaction whose statements need nothing of each other's answers. Worker.
 */
gboolean
wd_pg_write (WdPgConnection *self, const WdPgStatement *statements, gsize n_statements,
             gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autofree char *xid = NULL;
  g_autoptr (GPtrArray) results = NULL;

  if (!wd_pg_write_begin (self, &xid, deadline, cancellable, error))
    return FALSE;
  results = wd_pg_connection_query_many (self, statements, n_statements, deadline, cancellable,
                                         error);
  if (results == NULL)
    {
      wd_pg_write_abort (self, error);
      return FALSE;
    }
  return wd_pg_write_commit (self, xid, deadline, error);
}
