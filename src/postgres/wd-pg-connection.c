/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-connection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-tally.h"
#include "postgres/wd-pg-abandon.h"
#include "postgres/wd-pg-connect.h"
#include "postgres/wd-pg-error.h"
#include "postgres/wd-pg-exchange.h"

static WdPgConnection *
new_to (WdPgTarget *target)
{
  WdPgConnection *self = g_new0 (WdPgConnection, 1);

  self->target = target;
  self->where = wd_pg_target_describe (target);
  self->prepared = wd_pg_prepared_new ();
  return self;
}

/* Leaves whatever is under way on the server to end without us. */
void
wd_pg_connection_abandon (WdPgConnection *self)
{
  PGconn *conn = g_steal_pointer (&self->conn);

  wd_tally_add (WD_TALLY_POSTGRES, conn != NULL ? -1 : 0);
  if (conn != NULL && PQstatus (conn) == CONNECTION_OK)
    wd_pg_abandon (conn);
  else
    PQfinish (conn);
}

void
wd_pg_connection_forget_error (WdPgConnection *self)
{
  self->sqlstate[0] = '\0';
  g_clear_pointer (&self->constraint, g_free);
}

void
wd_pg_connection_take_error (WdPgConnection *self, const PGresult *result,
                             GCancellable *cancellable, GError **error)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);

  g_strlcpy (self->sqlstate, sqlstate != NULL ? sqlstate : "", sizeof self->sqlstate);
  self->constraint = g_strdup (PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME));
  if (strcmp (self->sqlstate, "57014") != 0
      || !g_cancellable_set_error_if_cancelled (cancellable, error))
    wd_pg_error_from_result (result, self->where, error);
}

gboolean
wd_pg_connection_check_transaction (WdPgConnection *self, GError **error)
{
  if (!self->broken && (!self->begun || self->conn != NULL))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
               _("PostgreSQL %s: the connection was lost, and the transaction with it"),
               self->where);
  return FALSE;
}

/**
 * wd_pg_connection_new:
 * @uri: a connection URI, a conninfo string or a database name; everything psql takes is honoured
 * @password: (nullable): wins over one in @uri; without any, libpq looks into the passfile
 * @ca_file: (nullable): certificates to trust; where @uri names no sslmode it becomes
 *   `verify-full`
 *
 * Returns: (transfer full): a connection that is not made yet
 */
WdPgConnection *
wd_pg_connection_new (const char *uri, const char *password, const char *ca_file)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return new_to (wd_pg_target_new (uri, password, ca_file));
}

/**
 * wd_pg_connection_new_like:
 * @other: a connection
 *
 * Returns: (transfer full): another one to the same place, not made yet
 */
WdPgConnection *
wd_pg_connection_new_like (WdPgConnection *other)
{
  WdPgConnection *self;

  g_return_val_if_fail (other != NULL, NULL);

  self = new_to (wd_pg_target_copy (other->target));
  self->actor = other->actor;
  return self;
}

/**
 * wd_pg_connection_free:
 * @self: (transfer full) (nullable): a connection
 *
 * Closes it as wd_pg_connection_drop() does: a statement under way is given up, never waited for.
 * Worker.
 */
void
wd_pg_connection_free (WdPgConnection *self)
{
  if (self == NULL)
    return;
  wd_pg_connection_drop (self);
  wd_pg_prepared_free (self->prepared);
  wd_pg_target_free (self->target);
  wd_pg_columns_unref (self->columns);
  g_free (self->where);
  g_free (self->constraint);
  g_free (self);
}

/**
 * wd_pg_connection_set_actor:
 * @self: a connection
 * @actor: (nullable): on whose behalf it is used from now on; must outlive it. %NULL is whoever
 *   runs this program
 */
void
wd_pg_connection_set_actor (WdPgConnection *self, const WdActor *actor)
{
  g_return_if_fail (self != NULL);

  self->actor = actor;
}

/**
 * wd_pg_connection_get_actor:
 * @self: a connection
 *
 * Returns: (transfer none): whom the audit trail shall name for what this connection writes
 */
const WdActor *
wd_pg_connection_get_actor (WdPgConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->actor != NULL ? self->actor : wd_actor_get_default ();
}

/**
 * wd_pg_connection_ensure:
 * @self: a connection
 * @deadline: from wd_deadline_in(), for all hosts of the address together
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NO_CONNECTION, %WD_ERROR_AUTHENTICATION, %WD_ERROR_TIMED_OUT,
 *   %WD_ERROR_INVALID_ARGUMENT or %G_IO_ERROR_CANCELLED
 *
 * Connects, unless it is connected and nothing says that the server is gone. The calls below do
 * so by themselves.
 */
gboolean
wd_pg_connection_ensure (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                         GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!wd_pg_connection_check_transaction (self, error))
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->conn != NULL && (self->begun || wd_pg_exchange_is_alive (self->conn)))
    return TRUE;
  wd_pg_connection_drop (self);
  self->conn = wd_pg_connect (self->target, deadline, cancellable, error);
  if (self->conn == NULL)
    return FALSE;
  wd_tally_add (WD_TALLY_POSTGRES, 1);
  self->serial++;
  self->used = FALSE;
  return TRUE;
}

/**
 * wd_pg_connection_drop:
 * @self: a connection
 *
 * Closes it without waiting. A transaction under way is lost: its next call says so.
 */
void
wd_pg_connection_drop (WdPgConnection *self)
{
  g_return_if_fail (self != NULL);

  wd_tally_add (WD_TALLY_POSTGRES, self->conn != NULL ? -1 : 0);
  g_clear_pointer (&self->conn, PQfinish);
}

/**
 * wd_pg_connection_describe:
 * @self: a connection
 *
 * Returns: (transfer full): `user@host:port/database` for messages, never a password
 */
char *
wd_pg_connection_describe (WdPgConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->where);
}

/**
 * wd_pg_connection_get_serial:
 * @self: a connection
 *
 * Returns: how often it was made; what was learnt from the server holds while this stays
 */
guint64
wd_pg_connection_get_serial (WdPgConnection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->serial;
}

/**
 * wd_pg_connection_get_server_version:
 * @self: a connection
 *
 * Returns: as `server_version_num`: 150004; 0 while not connected
 */
int
wd_pg_connection_get_server_version (WdPgConnection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->conn != NULL ? PQserverVersion (self->conn) : 0;
}

/**
 * wd_pg_connection_get_sqlstate:
 * @self: a connection
 *
 * Returns: (transfer none): the five characters of the last call's error, "" when it had none or
 *   not from a statement
 */
const char *
wd_pg_connection_get_sqlstate (WdPgConnection *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->sqlstate;
}

/**
 * wd_pg_connection_get_constraint:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the constraint or unique index the last call violated
 */
const char *
wd_pg_connection_get_constraint (WdPgConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->constraint;
}
