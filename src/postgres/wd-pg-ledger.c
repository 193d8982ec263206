/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-ledger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-connection-private.h"
#include "postgres/wd-pg-migrator.h"

/* The same table as the migration that makes our schema would make; it comes later in the order
 * than the first file to be recorded. */
#define MAKE_LEDGER \
  "DO $body$\n" \
  "BEGIN\n" \
  "  IF to_regnamespace('worker_dashboard') IS NULL THEN\n" \
  "    CREATE SCHEMA worker_dashboard;\n" \
  "  END IF;\n" \
  "  IF to_regclass('worker_dashboard.migration') IS NULL THEN\n" \
  "    CREATE TABLE worker_dashboard.migration (\n" \
  "      name text PRIMARY KEY,\n" \
  "      checksum text NOT NULL,\n" \
  "      applied_at timestamptz NOT NULL DEFAULT now(),\n" \
  "      applied_by text NOT NULL DEFAULT current_user);\n" \
  "    REVOKE ALL ON worker_dashboard.migration FROM PUBLIC;\n" \
  "  END IF;\n" \
  "END\n" \
  "$body$"

static WdMigration *
find (GPtrArray *migrations, const char *name)
{
  for (guint i = 0; i < migrations->len; i++)
    {
      WdMigration *migration = g_ptr_array_index (migrations, i);

      if (strcmp (migration->name, name) == 0)
        return migration;
    }
  return NULL;
}

static void
take_entry (GPtrArray *migrations, const char *name, const char *checksum)
{
  WdMigration *migration = find (migrations, name);

  if (migration != NULL)
    {
      migration->state = strcmp (migration->checksum, checksum) == 0 ? WD_MIGRATION_APPLIED
                                                                     : WD_MIGRATION_EDITED;
      return;
    }
  migration = g_new0 (WdMigration, 1);
  migration->name = g_strdup (name);
  migration->checksum = g_strdup (checksum);
  migration->state = WD_MIGRATION_FOREIGN;
  g_ptr_array_add (migrations, migration);
}

static gboolean
is_missing_table (WdPgConnection *connection)
{
  const char *sqlstate = wd_pg_connection_get_sqlstate (connection);

  return strcmp (sqlstate, "42P01") == 0 || strcmp (sqlstate, "3F000") == 0;
}

/**
 * wd_pg_ledger_compare:
 * @connection: a connection without an open transaction
 * @migrations: (element-type WdMigration): the files; gets their states, and foreign entries added
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: of wd_pg_connection_query()
 *
 * Without a ledger everything is pending.
 */
gboolean
wd_pg_ledger_compare (WdPgConnection *connection, GPtrArray *migrations, gint64 deadline,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WdPgResult) result = NULL;

  result = wd_pg_connection_query (connection,
                                   "SELECT name, checksum FROM worker_dashboard.migration"
                                   " ORDER BY name COLLATE \"C\"",
                                   NULL, deadline, cancellable, &local);
  if (result == NULL && !is_missing_table (connection))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; result != NULL && i < wd_pg_result_get_rows (result); i++)
    take_entry (migrations, wd_pg_result_text (result, i, 0), wd_pg_result_text (result, i, 1));
  return TRUE;
}

/**
 * wd_pg_ledger_enter:
 * @connection: a connection with an open transaction
 * @name: a migration
 * @is_applied: (out): whether the ledger has it
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: of wd_pg_connection_query()
 *
 * Makes this the only transaction that writes the ledger, and makes the ledger.
 */
gboolean
wd_pg_ledger_enter (WdPgConnection *connection, const char *name, gboolean *is_applied,
                    gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  const WdPgStatement statements[] = {
    { "SELECT pg_catalog.pg_advisory_xact_lock("
      "pg_catalog.hashtextextended('worker_dashboard.migration', 1))",
      NULL },
    { MAKE_LEDGER, NULL },
    { "SELECT EXISTS (SELECT FROM worker_dashboard.migration WHERE name = $1)", params },
  };
  g_autoptr (GPtrArray) results = NULL;

  wd_pg_params_text (params, name);
  results = wd_pg_connection_query_many (connection, statements, G_N_ELEMENTS (statements),
                                         deadline, cancellable, error);
  if (results == NULL)
    return FALSE;
  *is_applied = wd_pg_result_bool (g_ptr_array_index (results, 2), 0, 0);
  return TRUE;
}

/**
 * wd_pg_ledger_record:
 * @connection: a connection with an open transaction
 * @migration: the migration that has run
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): a #GCancellable
 * @error: what failed; the transaction can only be rolled back then
 *
 * Notes it in the ledger, unless that has it already.
 *
 * Returns: whether the ledger has it, once the transaction is committed
 */
gboolean
wd_pg_ledger_record (WdPgConnection *connection, const WdMigration *migration, gint64 deadline,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text (params, migration->name);
  wd_pg_params_text (params, migration->checksum);
  result = wd_pg_connection_query (connection,
                                   "INSERT INTO worker_dashboard.migration (name, checksum)"
                                   " VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
                                   params, deadline, cancellable, error);
  return result != NULL;
}

#define SQL_AUDIT                                                                         \
  WD_PG_AUDIT_INSERT                                                                      \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_MIGRATE "', 'migration', m.name, NULL, " \
  "jsonb_build_object ('checksum', m.checksum, 'applied_at', m.applied_at) "              \
  "FROM worker_dashboard.migration AS m WHERE m.name = ANY ($4::text[]) "                 \
  "ORDER BY m.name COLLATE \"C\""

/**
 * wd_pg_ledger_audit:
 * @connection: a connection with an open transaction
 * @names: (element-type utf8): recorded in it, or before while there was no audit trail
 * @written: (out): whether there is one now
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: of wd_pg_connection_query()
 *
 * Says in the audit trail who applied them. The trail itself is made by one of the migrations.
 */
gboolean
wd_pg_ledger_audit (WdPgConnection *connection, GPtrArray *names, gboolean *written,
                    gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) there = NULL;
  g_autoptr (WdPgResult) result = NULL;

  *written = FALSE;
  there = wd_pg_connection_query (connection,
                                  "SELECT to_regclass('worker_dashboard.audit') IS NOT NULL", NULL,
                                  deadline, cancellable, error);
  if (there == NULL)
    return FALSE;
  if (!wd_pg_result_bool (there, 0, 0))
    return TRUE;
  wd_pg_audit_add_actor (params, connection);
  wd_pg_params_text_array (params, (const char *const *) names->pdata, names->len);
  result = wd_pg_connection_query (connection, SQL_AUDIT, params, deadline, cancellable, error);
  *written = result != NULL;
  return result != NULL;
}

/**
 * wd_pg_schema_is_current:
 * @connection: a connection without an open transaction
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: set to %WD_ERROR_NOT_MIGRATED when a migration is missing; others when that could not
 *   be found out
 *
 * Asked before writes. Once it was, it costs nothing more on the same connection.
 */
gboolean
wd_pg_schema_is_current (WdPgConnection *connection, gint64 deadline, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) migrations = NULL;

  g_return_val_if_fail (connection != NULL && !connection->in_transaction, FALSE);

  if (connection->conn != NULL && connection->current_serial == connection->serial)
    return TRUE;
  migrations = wd_pg_migrator_plan (connection, deadline, cancellable, error);
  if (migrations == NULL)
    return FALSE;
  for (guint i = 0; i < migrations->len; i++)
    {
      WdMigration *migration = g_ptr_array_index (migrations, i);

      if (migration->state != WD_MIGRATION_PENDING || migration->optional)
        continue;
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_MIGRATED,
                   _("The database lacks the migration “%s”. Apply it first."),
                   migration->name);
      return FALSE;
    }
  connection->current_serial = connection->serial;
  return TRUE;
}
