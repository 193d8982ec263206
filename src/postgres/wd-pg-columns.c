/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-columns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

static void
free_column (WdPgColumn *column)
{
  g_free (column->type);
  g_free (column);
}

static void
clear_columns (WdPgColumns *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->tables); i++)
    {
      g_clear_pointer (&self->tables[i], g_hash_table_unref);
      g_clear_pointer (&self->orders[i], g_ptr_array_unref);
      g_clear_pointer (&self->unique[i], g_hash_table_unref);
    }
}

WD_DEFINE_RECORD (WdPgColumns, wd_pg_columns, clear_columns)

/* A column as it stands, or a null of its type where the table lacks it. */
static void
select_column (GString *list, const WdPgColumns *self, WdPgTable table, const char *name,
               const char *type)
{
  const char *alias = table == WD_PG_JOB_LOGS ? "j" : "w";

  if (list->len > 0)
    g_string_append (list, ", ");
  if (wd_pg_columns_find (self, table, name) != NULL)
    g_string_append_printf (list, "%s.%s", alias, name);
  else
    g_string_append_printf (list, "NULL::%s", type);
}

/**
 * wd_pg_columns_create:
 *
 * Returns: (transfer full): a database without tables, to be filled
 */
WdPgColumns *
wd_pg_columns_create (void)
{
  WdPgColumns *self = wd_pg_columns_new ();

  wd_health_limits_init (&self->limits);
  for (guint i = 0; i < G_N_ELEMENTS (self->tables); i++)
    {
      self->orders[i] = g_ptr_array_new_with_free_func (g_free);
      self->unique[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  return self;
}

/**
 * wd_pg_columns_add:
 * @self: columns not yet published
 * @table: the table
 * @name: the column's name
 * @type: its type's name
 * @not_null: whether null is forbidden
 */
void
wd_pg_columns_add (WdPgColumns *self, WdPgTable table, const char *name, const char *type,
                   gboolean not_null)
{
  WdPgColumn *column;

  g_return_if_fail (self != NULL);

  if (self->tables[table] == NULL)
    self->tables[table] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify) free_column);
  column = g_new0 (WdPgColumn, 1);
  column->type = g_strdup (type);
  column->not_null = not_null;
  g_hash_table_replace (self->tables[table], g_strdup (name), column);
}

/**
 * wd_pg_columns_add_index:
 * @self: columns not yet published
 * @table: the table
 * @order: the columns an index sorts by, joined by commas
 * @is_unique: whether it allows no value of its one column twice
 */
void
wd_pg_columns_add_index (WdPgColumns *self, WdPgTable table, const char *order,
                         gboolean is_unique)
{
  g_return_if_fail (self != NULL && order != NULL);

  g_ptr_array_add (self->orders[table], g_strdup (order));
  if (is_unique)
    g_hash_table_add (self->unique[table], g_strdup (order));
}

/**
 * wd_pg_columns_find:
 * @self: the columns
 * @table: a table
 * @name: a column
 *
 * Returns: (transfer none) (nullable): the column, or %NULL where it does not exist
 */
const WdPgColumn *
wd_pg_columns_find (const WdPgColumns *self, WdPgTable table, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return self->tables[table] != NULL ? g_hash_table_lookup (self->tables[table], name) : NULL;
}

/**
 * wd_pg_columns_has_order:
 * @self: the columns
 * @table: a table
 * @order: columns joined by commas
 *
 * Returns: whether an index reads the rows in that order, nulls as the greatest, both ways
 */
gboolean
wd_pg_columns_has_order (const WdPgColumns *self, WdPgTable table, const char *order)
{
  gsize length;

  g_return_val_if_fail (self != NULL && order != NULL, FALSE);

  length = strlen (order);
  for (guint i = 0; i < self->orders[table]->len; i++)
    {
      const char *index = g_ptr_array_index (self->orders[table], i);

      if (strncmp (index, order, length) == 0 && (index[length] == '\0' || index[length] == ','))
        return TRUE;
    }
  return FALSE;
}

/**
 * wd_pg_columns_is_unique:
 * @self: the columns
 * @table: a table
 * @name: a column
 *
 * Returns: whether no two rows share a value of it, and none lacks one
 */
gboolean
wd_pg_columns_is_unique (const WdPgColumns *self, WdPgTable table, const char *name)
{
  const WdPgColumn *column = wd_pg_columns_find (self, table, name);

  return column != NULL && column->not_null && g_hash_table_contains (self->unique[table], name);
}

/**
 * wd_pg_columns_require:
 * @self: the columns
 * @table: a table
 * @error: %WD_ERROR_NOT_MIGRATED
 *
 * Returns: whether the table exists
 */
gboolean
wd_pg_columns_require (const WdPgColumns *self, WdPgTable table, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->tables[table] != NULL)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_MIGRATED,
               _("The database has no table %s: connect to the right one, or apply the "
                 "migrations, which make it."),
               table == WD_PG_JOB_LOGS ? "public.job_logs" : "public.user_wallets");
  return FALSE;
}

/**
 * wd_pg_columns_require_schema:
 * @self: the columns
 * @error: %WD_ERROR_NOT_MIGRATED
 *
 * Returns: whether our schema is there, so that something may be written
 */
gboolean
wd_pg_columns_require_schema (const WdPgColumns *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->schema)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_MIGRATED,
                       _("Nothing was written: the database lacks the schema worker_dashboard, or "
                         "the role may not use it. The migrations make it."));
  return FALSE;
}

/**
 * wd_pg_columns_job_started:
 * @self: the columns
 *
 * Returns: (transfer full): the expression for when a job began, of `job_logs` as `j`
 */
char *
wd_pg_columns_job_started (const WdPgColumns *self)
{
  gboolean started = wd_pg_columns_find (self, WD_PG_JOB_LOGS, "started_at") != NULL;
  gboolean processed = wd_pg_columns_find (self, WD_PG_JOB_LOGS, "processed_at") != NULL;

  if (started && processed)
    return g_strdup ("coalesce(j.started_at, j.processed_at)");
  if (processed)
    return g_strdup ("j.processed_at");
  return g_strdup (started ? "j.started_at" : "NULL::timestamptz");
}

/**
 * wd_pg_columns_job_select:
 * @self: the columns
 * @with_data: whether to read the jobs' data, which may be large; else it is null
 *
 * Returns: (transfer full): the columns wd_pg_job_from_row() reads, of `public.job_logs AS j`; also
 *   for RETURNING
 */
char *
wd_pg_columns_job_select (const WdPgColumns *self, gboolean with_data)
{
  static const struct {
    const char *name;
    const char *type;
  } wanted[] = {
    { "id", "text" },          { "job_id", "text" },       { "job_type", "text" },
    { "status", "text" },      { "wallet_address", "text" }, { "user_id", "text" },
    { "triggered_by", "text" }, { "data", "text" },        { "error_message", "text" },
    { "started_at", "" },      { "completed_at", "timestamptz" },
    { "created_at", "timestamptz" }, { "updated_at", "timestamptz" },
    { "retry_count", "integer" }, { "max_retries", "integer" },
  };
  g_autofree char *started = NULL;
  GString *list;

  g_return_val_if_fail (self != NULL, NULL);

  list = g_string_new (NULL);
  started = wd_pg_columns_job_started (self);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      if (strcmp (wanted[i].name, "started_at") == 0)
        g_string_append_printf (list, ", %s", started);
      else if (strcmp (wanted[i].name, "data") == 0 && !with_data)
        g_string_append (list, ", NULL::text");
      else
        select_column (list, self, WD_PG_JOB_LOGS, wanted[i].name, wanted[i].type);
    }
  return g_string_free (list, FALSE);
}

/**
 * wd_pg_columns_wallet_select:
 * @self: the columns
 *
 * Returns: (transfer full): the columns wd_pg_wallet_from_row() reads, of
 *   `public.user_wallets AS w`; also for RETURNING
 */
char *
wd_pg_columns_wallet_select (const WdPgColumns *self)
{
  static const char *const texts[] = {
    "id", "user_id", "address", "balance", "on_chain_balance", "trx_balance", "locked_balance",
    "total_balance", "network",
  };
  const char *sync = "last_sync";
  GString *list;

  g_return_val_if_fail (self != NULL, NULL);

  list = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    select_column (list, self, WD_PG_USER_WALLETS, texts[i], "text");
  select_column (list, self, WD_PG_USER_WALLETS, "needs_gas", "boolean");
  select_column (list, self, WD_PG_USER_WALLETS, "needs_consolidation", "boolean");
  if (wd_pg_columns_find (self, WD_PG_USER_WALLETS, "last_sync_at") != NULL)
    sync = "last_sync_at";
  select_column (list, self, WD_PG_USER_WALLETS, sync, "timestamptz");
  select_column (list, self, WD_PG_USER_WALLETS, "created_at", "timestamptz");
  select_column (list, self, WD_PG_USER_WALLETS, "updated_at", "timestamptz");
  return g_string_free (list, FALSE);
}
