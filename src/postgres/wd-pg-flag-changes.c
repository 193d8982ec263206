/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One flag of many wallets, or its former values back, in one transaction: a statement locks the
 * rows in the order every writer of ours takes them, a second changes those that differ and says
 * so in the audit trail. Rows that are as wanted are not written, so they leave no trace and an
 * undo does not touch them. */

#include "postgres/wd-pg-wallets.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "model/wd-audit-action.h"
#include "model/wd-result.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-flags.h"
#include "postgres/wd-pg-write.h"

/* What the order asks of one row, by its key. */
static char *
make_key (const char *id, const char *address)
{
  return g_strdup_printf ("%s\n%s", id != NULL ? id : "", address);
}

static const char *
get_id_sql (const WdPgColumns *columns)
{
  return wd_pg_columns_find (columns, WD_PG_USER_WALLETS, "id") != NULL ? "w.id::text"
                                                                        : "NULL::text";
}

static gboolean
require (const WdPgColumns *columns, const WdFlagRequest *request, GError **error)
{
  return wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error)
         && wd_pg_columns_require_schema (columns, error)
         && wd_pg_flags_require (columns, request->flag, error);
}

static WdTristate
read_flag (WdPgResult *result, guint row, guint column)
{
  if (wd_pg_result_is_null (result, row, column))
    return WD_TRISTATE_UNSET;
  return wd_pg_result_bool (result, row, column) ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
}

static const char *
flag_text (WdTristate flag)
{
  return flag == WD_TRISTATE_UNSET ? NULL : flag == WD_TRISTATE_TRUE ? "t" : "f";
}

static WdPgResult *
lock_rows (WdPgConnection *connection, const WdPgColumns *columns, const WdFlagRequest *request,
           gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  g_autofree char *sql = NULL;

  for (guint i = 0; i < request->changes->len; i++)
    g_ptr_array_add (addresses, ((WdFlagChange *) request->changes->pdata[i])->address);
  wd_pg_params_text_array (params, (const char *const *) addresses->pdata, addresses->len);
  sql = g_strdup_printf ("SELECT w.address, %s, w.%s FROM public.user_wallets AS w"
                         " WHERE w.address = ANY ($1::text[]) ORDER BY w.address, w.ctid"
                         " FOR NO KEY UPDATE", get_id_sql (columns),
                         wd_flag_column (request->flag));
  return wd_pg_connection_query (connection, sql, params, deadline, cancellable, error);
}

/* Which row the order means by this one: an undo knows rows by id, a first order by address. */
static WdFlagChange *
find_change (GHashTable *by_key, const char *id, const char *address)
{
  g_autofree char *exact = make_key (id, address);
  g_autofree char *any = make_key (NULL, address);
  WdFlagChange *change = g_hash_table_lookup (by_key, exact);

  return change != NULL ? change : g_hash_table_lookup (by_key, any);
}

static void
leave (WdFlagResult *result, const char *address, int code, const char *message)
{
  g_ptr_array_add (result->left, wd_refusal_new (address, g_error_new_literal (WD_ERROR, code,
                                                                               message)));
}

/* Parts the locked rows into those to write, as @wanted, and the rest. */
static void
sort_out (const WdFlagRequest *request, WdPgResult *locked, GPtrArray *wanted, WdFlagResult *result)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) alike = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < request->changes->len; i++)
    {
      WdFlagChange *change = request->changes->pdata[i];

      if (!g_hash_table_insert (by_key, make_key (change->id, change->address), change))
        g_hash_table_add (alike, change);
    }
  for (guint row = 0; row < wd_pg_result_get_rows (locked); row++)
    {
      const char *address = wd_pg_result_text (locked, row, 0);
      const char *id = wd_pg_result_text (locked, row, 1);
      WdTristate now = read_flag (locked, row, 2);
      WdFlagChange *change = find_change (by_key, id, address);

      if (change == NULL)
        continue;
      g_hash_table_add (found, change);
      if (request->undo && g_hash_table_contains (alike, change))
        leave (result, address, WD_ERROR_REFUSED,
               _("Several rows have this address and no id: which was which is not known"));
      else if (request->undo && now != change->after)
        leave (result, address, WD_ERROR_REFUSED,
               _("Somebody changed it since: it was left as it is now"));
      else if (now == (request->undo ? change->before : change->after))
        result->n_same++;
      else
        g_ptr_array_add (wanted, wd_flag_change_new (id, address, now,
                                                     request->undo ? change->before
                                                                   : change->after));
    }
  for (guint i = 0; i < request->changes->len; i++)
    if (!g_hash_table_contains (found, request->changes->pdata[i]))
      leave (result, ((WdFlagChange *) request->changes->pdata[i])->address, WD_ERROR_NOT_FOUND,
             _("Wallet not found"));
}

static char *
change_sql (const WdPgColumns *columns, const WdFlagRequest *request)
{
  const char *flag = wd_flag_column (request->flag);
  const char *id = get_id_sql (columns);
  g_autofree char *state = wd_pg_flags_describe (columns);
  const char *touch = wd_pg_columns_find (columns, WD_PG_USER_WALLETS, "updated_at") != NULL
                        ? ", updated_at = now()" : "";

  return g_strdup_printf (
    "WITH wanted AS (SELECT * FROM unnest ($1::text[], $2::text[], $3::text[])"
    " AS t (address, id, value)),"
    " old AS (SELECT w.tableoid AS part, w.ctid AS place, t.value, w.%s AS flag, %s AS state"
    " FROM public.user_wallets AS w JOIN wanted AS t"
    " ON w.address = t.address AND %s IS NOT DISTINCT FROM t.id),"
    " new AS (UPDATE public.user_wallets AS w SET %s = old.value::boolean%s FROM old"
    " WHERE w.ctid = old.place AND w.tableoid = old.part"
    " RETURNING w.address, %s AS id, old.flag AS before,"
    " w.%s AS after, old.state AS old_state, %s AS new_state),"
    " trail AS (" WD_PG_AUDIT_INSERT
    "SELECT $4, $5, $6, '" WD_AUDIT_SET_FLAGS "', 'wallet', new.address,"
    " new.old_state, new.new_state FROM new)"
    " SELECT address, id, before, after FROM new ORDER BY address",
    flag, state, id, flag, touch, id, flag, state);
}

static WdPgResult *
write_rows (WdPgConnection *connection, const WdPgColumns *columns, const WdFlagRequest *request,
            GPtrArray *wanted, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autofree char *sql = change_sql (columns, request);

  for (guint i = 0; i < wanted->len; i++)
    {
      const WdFlagChange *change = wanted->pdata[i];

      g_ptr_array_add (addresses, change->address);
      g_ptr_array_add (ids, change->id);
      g_ptr_array_add (values, (gpointer) flag_text (change->after));
    }
  wd_pg_params_text_array (params, (const char *const *) addresses->pdata, addresses->len);
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, ids->len);
  wd_pg_params_text_array (params, (const char *const *) values->pdata, values->len);
  wd_pg_audit_add_actor (params, connection);
  return wd_pg_connection_query (connection, sql, params, deadline, cancellable, error);
}

/* A row that did not take its value, by row security or a trigger of the site, is named. */
static void
compare (GPtrArray *wanted, WdPgResult *written, WdFlagResult *result)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer change;

  for (guint i = 0; i < wanted->len; i++)
    {
      WdFlagChange *one = wanted->pdata[i];

      g_hash_table_insert (by_key, make_key (one->id, one->address), one);
    }
  for (guint row = 0; row < wd_pg_result_get_rows (written); row++)
    {
      const char *address = wd_pg_result_text (written, row, 0);
      const char *id = wd_pg_result_text (written, row, 1);
      g_autofree char *key = make_key (id, address);
      WdFlagChange *one = g_hash_table_lookup (by_key, key);

      if (one == NULL || one->after != read_flag (written, row, 3))
        continue;
      g_hash_table_add (done, one);
      g_ptr_array_add (result->changed, wd_flag_change_new (id, address,
                                                            read_flag (written, row, 2),
                                                            one->after));
    }
  g_hash_table_iter_init (&iter, by_key);
  while (g_hash_table_iter_next (&iter, NULL, &change))
    if (!g_hash_table_contains (done, change))
      leave (result, ((WdFlagChange *) change)->address, WD_ERROR_PERMISSION,
             _("Not changed: row security hides it from this role, or a trigger keeps it as it "
               "is"));
}

static gpointer
change_flag (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
             GCancellable *cancellable, GError **error)
{
  const WdFlagRequest *request = data;
  g_autoptr (WdFlagResult) result = wd_flag_result_create (request->flag);
  g_autoptr (GPtrArray) wanted
    = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_flag_change_free);
  g_autoptr (WdPgResult) locked = NULL;
  g_autoptr (WdPgResult) written = NULL;
  g_autofree char *xid = NULL;

  if (!require (columns, request, error)
      || !wd_pg_write_begin (connection, &xid, deadline, cancellable, error))
    return NULL;
  locked = lock_rows (connection, columns, request, deadline, cancellable, error);
  if (locked == NULL)
    {
      wd_pg_write_abort (connection, error);
      return NULL;
    }
  sort_out (request, locked, wanted, result);
  if (wanted->len == 0)
    {
      wd_pg_connection_rollback (connection);
      return g_steal_pointer (&result);
    }
  written = write_rows (connection, columns, request, wanted, deadline, cancellable, error);
  if (written == NULL)
    {
      wd_pg_write_abort (connection, error);
      return NULL;
    }
  compare (wanted, written, result);
  if (!wd_pg_write_commit (connection, xid, deadline, error))
    return NULL;
  return g_steal_pointer (&result);
}

/**
 * wd_pg_wallets_change_flag:
 * @connection: a connection without an open transaction
 * @request: which flag of which wallets; for each row of an address
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): heeded until the change is being committed
 * @error: nothing was written (%WD_ERROR_NOT_MIGRATED, %WD_ERROR_BUSY when a wallet is locked for
 *   long, …), or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Worker thread. Returns: (transfer full): what was changed from what, and what was left
 */
WdFlagResult *
wd_pg_wallets_change_flag (WdPgConnection *connection, const WdFlagRequest *request,
                           gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (connection != NULL && request != NULL, NULL);

  if (!wd_flag_request_validate (request, error))
    return NULL;
  return wd_pg_columns_apply (connection, change_flag, (gpointer) request, deadline, cancellable,
                              error);
}
