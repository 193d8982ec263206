/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the database has is read from its catalog once per connection, in one round trip, and
 * believed for a minute: somebody else may migrate it, or grant something. A statement that fails
 * for a missing column or table has it read again at once. */

#include "postgres/wd-pg-columns.h"

#include "base/wd-error.h"
#include "postgres/wd-pg-connection-private.h"

#define BELIEVED_MICROSECONDS (60 * G_USEC_PER_SEC)

#define TABLES                                                                                   \
  "(SELECT c.oid, c.relname FROM pg_catalog.pg_class AS c"                                       \
  " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"                                 \
  " WHERE n.nspname = 'public' AND c.relname IN ('job_logs', 'user_wallets')"                    \
  " AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) AS t"

static const char columns_sql[] =
  "SELECT t.relname = 'user_wallets', a.attname, coalesce(b.typname, y.typname),"
  " a.attnotnull OR y.typnotnull"
  " FROM " TABLES
  " JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.oid"
  " JOIN pg_catalog.pg_type AS y ON y.oid = a.atttypid"
  " LEFT JOIN pg_catalog.pg_type AS b ON b.oid = y.typbasetype"
  " WHERE a.attnum > 0 AND NOT a.attisdropped";

/* The leading columns an index sorts by in one direction, as ORDER BY does without further
 * words. */
static const char indexes_sql[] =
  "SELECT p.is_wallets, pg_catalog.string_agg(p.attname, ',' ORDER BY p.place), p.is_unique"
  " FROM (SELECT i.indexrelid, t.relname = 'user_wallets' AS is_wallets, k.place,"
  "   a.attname::text AS attname,"
  "   i.indisunique AND i.indnkeyatts = 1 AND i.indexprs IS NULL AS is_unique,"
  "   pg_catalog.bool_and(coalesce(k.option = i.indoption[0] AND k.option IN (0, 3)"
  "     AND a.attname IS NOT NULL AND k.in_collation = a.attcollation AND o.opcdefault, false))"
  "     OVER (PARTITION BY i.indexrelid ORDER BY k.place) AS sorts"
  "   FROM " TABLES
  "   JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid AND i.indisvalid AND i.indpred IS NULL"
  "   JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid"
  "   JOIN pg_catalog.pg_am AS m ON m.oid = x.relam AND m.amname = 'btree'"
  "   CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(i.indkey::int2[]),"
  "     pg_catalog.unnest(i.indoption::int2[]), pg_catalog.unnest(i.indclass::oid[]),"
  "     pg_catalog.unnest(i.indcollation::oid[])) WITH ORDINALITY"
  "     AS k (attribute, option, class, in_collation, place)"
  "   LEFT JOIN pg_catalog.pg_attribute AS a"
  "     ON a.attrelid = i.indrelid AND a.attnum = k.attribute AND a.attnum > 0"
  "   LEFT JOIN pg_catalog.pg_opclass AS o ON o.oid = k.class) AS p"
  " WHERE p.sorts GROUP BY p.indexrelid, p.is_wallets, p.is_unique";

/* The optional indexes by three letters in a row, once they are whole. */
static const char trigrams_sql[] =
  "SELECT coalesce(pg_catalog.bool_or(x.relname = 'wd_job_logs_search'), false),"
  "  coalesce(pg_catalog.bool_or(x.relname = 'wd_job_logs_data'), false)"
  " FROM " TABLES
  " JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid AND i.indisvalid"
  " JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid"
  " JOIN pg_catalog.pg_am AS m ON m.oid = x.relam AND m.amname = 'gin'";

/* The counts hold once the triggers are there and the rows from before them were counted. Files are
 * applied in order, so an index of the file after that one says so, also where they were applied
 * by hand. */
static const char schema_sql[] =
  "SELECT"
  " (SELECT count(*) = 3 FROM pg_catalog.pg_class AS c WHERE c.relnamespace = n.oid"
  "   AND c.relname IN ('outbox', 'setting', 'audit')"
  "   AND (c.relname = 'audit' OR pg_catalog.has_table_privilege(c.oid, 'SELECT'))),"
  " (SELECT count(*) = 4 FROM pg_catalog.pg_class AS c WHERE c.relnamespace = n.oid"
  "   AND c.relname IN ('job_totals', 'jobs_created', 'jobs_finished', 'wallet_totals')"
  "   AND pg_catalog.has_table_privilege(c.oid, 'SELECT'))"
  " AND (SELECT count(*) = 6 FROM " TABLES
  "   JOIN pg_catalog.pg_trigger AS g ON g.tgrelid = t.oid AND g.tgenabled IN ('O', 'A')"
  "   AND g.tgname IN ('wd_count_insert', 'wd_count_update', 'wd_count_delete'))"
  " AND EXISTS (SELECT FROM " TABLES " JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid"
  "   JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid AND x.relname = 'wd_job_logs_created')"
  ", EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.relnamespace = n.oid"
  "   AND c.relname = 'wallet_flag' AND pg_catalog.has_table_privilege(c.oid, 'SELECT'))"
  ", EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.relnamespace = n.oid"
  "   AND c.relname = 'flag_served' AND pg_catalog.has_table_privilege(c.oid, 'SELECT'))"
  " FROM pg_catalog.pg_namespace AS n"
  " WHERE n.nspname = 'worker_dashboard' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')";

static const char limits_sql[] =
  "SELECT pg_catalog.substr(key, length('" WD_HEALTH_SETTING "') + 1), value"
  " FROM worker_dashboard.setting WHERE key LIKE '" WD_HEALTH_SETTING "%'";

static void
take_columns (WdPgColumns *self, WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    wd_pg_columns_add (self,
                       wd_pg_result_bool (result, row, 0) ? WD_PG_USER_WALLETS : WD_PG_JOB_LOGS,
                       wd_pg_result_text (result, row, 1), wd_pg_result_text (result, row, 2),
                       wd_pg_result_bool (result, row, 3));
}

static void
take_indexes (WdPgColumns *self, WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    wd_pg_columns_add_index (self,
                             wd_pg_result_bool (result, row, 0) ? WD_PG_USER_WALLETS
                                                                : WD_PG_JOB_LOGS,
                             wd_pg_result_text (result, row, 1),
                             wd_pg_result_bool (result, row, 2));
}

/* What cannot be a limit, whoever wrote it, is as if it were not there. */
static gboolean
read_limits (WdPgColumns *self, WdPgConnection *connection, gint64 deadline,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result = wd_pg_connection_query (connection, limits_sql, NULL, deadline,
                                                          cancellable, error);

  for (guint row = 0; result != NULL && row < wd_pg_result_get_rows (result); row++)
    {
      g_autoptr (GError) local = NULL;

      if (!wd_health_limits_set (&self->limits, wd_pg_result_text (result, row, 0),
                                 wd_pg_result_text (result, row, 1), &local))
        g_message ("A setting is left out: %s", local->message);
    }
  return result != NULL;
}

/**
 * wd_pg_columns_read:
 * @connection: a connection
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query()
 *
 * Reads the catalog, whatever was known before.
 *
 * Returns: (transfer full): what the database has
 */
WdPgColumns *
wd_pg_columns_read (WdPgConnection *connection, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  static const WdPgStatement statements[] = {
    { columns_sql, NULL }, { indexes_sql, NULL }, { schema_sql, NULL },
    { trigrams_sql, NULL },
  };
  g_autoptr (WdPgColumns) self = wd_pg_columns_create ();
  g_autoptr (GPtrArray) results = NULL;
  WdPgResult *schema;

  g_return_val_if_fail (connection != NULL, NULL);

  results = wd_pg_connection_query_many (connection, statements, G_N_ELEMENTS (statements),
                                         deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  take_columns (self, g_ptr_array_index (results, 0));
  take_indexes (self, g_ptr_array_index (results, 1));
  self->job_trigrams = wd_pg_result_bool (g_ptr_array_index (results, 3), 0, 0);
  self->data_trigrams = wd_pg_result_bool (g_ptr_array_index (results, 3), 0, 1);
  schema = g_ptr_array_index (results, 2);
  if (wd_pg_result_get_rows (schema) > 0)
    {
      self->schema = wd_pg_result_bool (schema, 0, 0);
      self->counts = wd_pg_result_bool (schema, 0, 1);
      self->flag_times = wd_pg_result_bool (schema, 0, 2);
      self->flags_served = wd_pg_result_bool (schema, 0, 3);
    }
  if (self->schema && !read_limits (self, connection, deadline, cancellable, error))
    return NULL;

  g_clear_pointer (&connection->columns, wd_pg_columns_unref);
  connection->columns = wd_pg_columns_ref (self);
  connection->columns_serial = connection->serial;
  connection->columns_read = g_get_monotonic_time ();
  return g_steal_pointer (&self);
}

/**
 * wd_pg_columns_get:
 * @connection: a connection
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query()
 *
 * Returns: (transfer full): what the database has, at most a minute old and not older than the
 *   connection
 */
WdPgColumns *
wd_pg_columns_get (WdPgConnection *connection, gint64 deadline, GCancellable *cancellable,
                   GError **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->columns != NULL && connection->columns_serial == connection->serial
      && g_get_monotonic_time () - connection->columns_read < BELIEVED_MICROSECONDS)
    return wd_pg_columns_ref (connection->columns);
  return wd_pg_columns_read (connection, deadline, cancellable, error);
}

/* Whether the last statement failed as it does when tables, columns or grants changed since they
 * were read: then reading them anew and one more attempt make sense. */
static gboolean
are_stale (WdPgConnection *connection)
{
  static const char *const states[] = {
    "42703", "42P01", "3F000", "42501", "42883", "42804", NULL,
  };

  g_return_val_if_fail (connection != NULL, FALSE);

  return g_strv_contains (states, wd_pg_connection_get_sqlstate (connection));
}

/**
 * wd_pg_columns_apply:
 * @connection: a connection without an open transaction
 * @func: reads something, by the columns it is given
 * @data: for @func
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as @func sets it
 *
 * Calls @func with what is known of the database, and once more with what it has now where the
 * first answer says that this changed.
 *
 * Returns: what @func returned
 */
gpointer
wd_pg_columns_apply (WdPgConnection *connection, WdPgColumnsFunc func, gpointer data,
                     gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) known = NULL;
  g_autoptr (WdPgColumns) fresh = NULL;
  g_autoptr (GError) local = NULL;
  gpointer answer;

  g_return_val_if_fail (connection != NULL && func != NULL, NULL);

  known = wd_pg_columns_get (connection, deadline, cancellable, error);
  if (known == NULL)
    return NULL;
  wd_pg_connection_forget_error (connection);
  answer = func (connection, known, data, deadline, cancellable, &local);
  if (answer != NULL)
    return answer;
  if (!are_stale (connection)
      && !g_error_matches (local, WD_ERROR, WD_ERROR_NOT_MIGRATED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  fresh = wd_pg_columns_read (connection, deadline, cancellable, error);
  return fresh != NULL ? func (connection, fresh, data, deadline, cancellable, error) : NULL;
}
