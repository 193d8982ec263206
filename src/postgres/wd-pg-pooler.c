/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A pooler answers the start of the connection itself, with a process id it made up: where that
 * differs from pg_backend_pid() there is one in between. Whether it pins the server connection
 * shows when a second client of it holds a transaction open: in transaction mode the first one's
 * server connection is taken by the second, or the first one's next transaction is on another. */

#include "postgres/wd-pg-pooler.h"

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-connection-private.h"

#define ROUNDS 3
#define PROBE_MS 3000
#define SUPABASE_TRANSACTION_PORT 6543

static gint64
get_server_pid (WdPgConnection *connection, gint64 deadline, GCancellable *cancellable,
                GError **error)
{
  g_autoptr (WdPgResult) result = NULL;

  result = wd_pg_connection_query (connection, "SELECT pg_catalog.pg_backend_pid()", NULL, deadline,
                                   cancellable, error);
  return result != NULL ? wd_pg_result_int (result, 0, 0) : 0;
}

static gint64
probe_deadline (gint64 deadline)
{
  return MIN (deadline, wd_deadline_in (PROBE_MS));
}

/* A pool that has one server connection left lets the first client wait while the second holds
 * it: no answer is an answer here. */
static WdPgPooler
probe_round (WdPgConnection *self, WdPgConnection *second, gint64 pinned, gint64 deadline,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gint64 held, again;

  if (!wd_pg_connection_begin (second, TRUE, 0, deadline, cancellable, error))
    return WD_PG_POOLER_UNKNOWN;
  held = get_server_pid (second, deadline, cancellable, error);
  if (held == 0 || held == pinned)
    return held == 0 ? WD_PG_POOLER_UNKNOWN : WD_PG_POOLER_TRANSACTION;
  again = get_server_pid (self, probe_deadline (deadline), cancellable, &cause);
  if (again == 0 && !g_error_matches (cause, WD_ERROR, WD_ERROR_TIMED_OUT))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return WD_PG_POOLER_UNKNOWN;
    }
  return again == pinned ? WD_PG_POOLER_SESSION : WD_PG_POOLER_TRANSACTION;
}

static WdPgPooler
probe_mode (WdPgConnection *self, gint64 pinned, gint64 deadline, GCancellable *cancellable,
            GError **error)
{
  g_autoptr (WdPgConnection) second = wd_pg_connection_new_like (self);
  WdPgPooler mode = WD_PG_POOLER_SESSION;

  for (guint i = 0; i < ROUNDS && mode == WD_PG_POOLER_SESSION; i++)
    {
      mode = probe_round (self, second, pinned, deadline, cancellable, error);
      wd_pg_connection_rollback (second);
    }
  return mode;
}

/**
 * wd_pg_connection_get_pooler:
 * @self: a connection without an open transaction
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: set with %WD_PG_POOLER_UNKNOWN
 *
 * Finds out what is between us and the server; opens a second connection for a moment when
 * something is.
 *
 * Returns: what it is
 */
WdPgPooler
wd_pg_connection_get_pooler (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                             GError **error)
{
  gint64 pid;

  g_return_val_if_fail (self != NULL && !self->in_transaction, WD_PG_POOLER_UNKNOWN);

  pid = get_server_pid (self, deadline, cancellable, error);
  if (pid == 0)
    return WD_PG_POOLER_UNKNOWN;
  if (pid == PQbackendPID (self->conn))
    return WD_PG_POOLER_NONE;
  if (g_strcmp0 (PQport (self->conn), G_STRINGIFY (SUPABASE_TRANSACTION_PORT)) == 0)
    return WD_PG_POOLER_TRANSACTION;
  return probe_mode (self, pid, deadline, cancellable, error);
}
