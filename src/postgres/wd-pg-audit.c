/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit trail is written in the transaction of what it tells of: both are there or neither is,
 * also after a COMMIT whose answer was lost, and a transaction tried again writes its row again
 * only where the first had none. What many rows need is part of their own statements
 * (wd-pg-dispatch.c, wd-pg-retry.c, wd-pg-outbox-audit.c); here is what they share, and single
 * rows. */

#include "postgres/wd-pg-audit.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-connection-private.h"
#include "postgres/wd-pg-write.h"

#define SQL_ROW                                                                           \
  WD_PG_AUDIT_INSERT "VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb)"

#define SQL_MAY_WRITE                                                                     \
  "SELECT pg_catalog.has_table_privilege ('worker_dashboard.audit', 'INSERT'), "          \
  "current_user, pg_catalog.quote_ident (current_user)"

static WdPgParams *
make_params (WdPgConnection *connection, const WdPgAuditRow *row)
{
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_audit_add_actor (params, connection);
  wd_pg_params_text (params, row->action);
  wd_pg_params_text (params, row->target_type);
  wd_pg_params_text (params, row->target_id);
  wd_pg_params_json (params, row->before);
  wd_pg_params_json (params, row->after);
  return params;
}

/**
 * wd_pg_audit_add_actor:
 * @params: of a statement that writes the trail
 * @connection: by which it is sent
 *
 * Adds OS user, host and program. Returns: the number of the first of the three
 */
guint
wd_pg_audit_add_actor (WdPgParams *params, WdPgConnection *connection)
{
  const WdActor *actor = wd_pg_connection_get_actor (connection);
  guint first = wd_pg_params_text (params, actor->os_user);

  wd_pg_params_text (params, actor->host);
  wd_pg_params_text (params, actor->client);
  return first;
}

/**
 * wd_pg_audit_write:
 * @connection: a connection inside the transaction that @row tells of
 * @row: what was done
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_audit_write (WdPgConnection *connection, const WdPgAuditRow *row, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = make_params (connection, row);
  g_autoptr (WdPgResult) result
      = wd_pg_connection_query (connection, SQL_ROW, params, deadline, cancellable, error);

  return result != NULL;
}

/**
 * wd_pg_audit_write_alone:
 * @connection: a connection without an open transaction
 * @row: what is about to be done elsewhere, or what came of it
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * For changes that are not PostgreSQL's: their row is in the database before they are made. Worker.
 */
gboolean
wd_pg_audit_write_alone (WdPgConnection *connection, const WdPgAuditRow *row, gint64 deadline,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = make_params (connection, row);

  return wd_pg_write (connection, &(WdPgStatement) { SQL_ROW, params }, 1, deadline, cancellable,
                      error);
}

/**
 * wd_pg_audit_may_write:
 * @connection: a connection to a migrated database
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_PERMISSION with the grant that is missing
 *
 * Asked before writes, some of which reach Redis first. Once it was granted, this costs nothing
 * more on the same connection. Worker.
 */
gboolean
wd_pg_audit_may_write (WdPgConnection *connection, gint64 deadline, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (WdPgResult) result = NULL;

  if (connection->conn != NULL && connection->audit_serial == connection->serial)
    return TRUE;
  result = wd_pg_connection_query (connection, SQL_MAY_WRITE, NULL, deadline, cancellable, error);
  if (result == NULL)
    return FALSE;
  if (!wd_pg_result_bool (result, 0, 0))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_PERMISSION,
                   _("Nothing was written: the role “%s” may not write the audit trail, and "
                     "nothing is done without it. As the owner: GRANT INSERT ON "
                     "worker_dashboard.audit TO %s;"),
                   wd_pg_result_text (result, 0, 1), wd_pg_result_text (result, 0, 2));
      return FALSE;
    }
  connection->audit_serial = connection->serial;
  return TRUE;
}
