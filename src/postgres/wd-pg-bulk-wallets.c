/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-bulk-wallets.h"

#include "model/wd-flags.h"

/* Wallets of a bulk run: what must not change between its preview and its work on them. */

/* Whether an operation is about that flag: it sets it, or is the work the flag asks for. */
static gboolean
is_about (const WdBulkRequest *request, WdFlag flag)
{
  gboolean is_gas = flag == WD_FLAG_NEEDS_GAS;

  if (request->operation == WD_BULK_DISPATCH)
    return g_strcmp0 (request->job_type, is_gas ? "gas-topup" : "consolidation") == 0;
  return (is_gas ? request->needs_gas : request->needs_consolidation) != WD_TRISTATE_UNSET;
}

/**
 * wd_pg_bulk_flags_sql:
 * @columns: what the database has
 * @request: a dispatch, or flags to set
 *
 * What must not change between preview and run. The same expression is frozen and compared.
 *
 * Returns: (transfer full): an aggregate over the rows of one address, of `user_wallets` as `w`:
 *   null where it has none
 */
char *
wd_pg_bulk_flags_sql (const WdPgColumns *columns, const WdBulkRequest *request)
{
  g_autoptr (GString) each = g_string_new ("''");

  for (WdFlag flag = WD_FLAG_NEEDS_GAS; flag <= WD_FLAG_NEEDS_CONSOLIDATION; flag++)
    if (is_about (request, flag)
        && wd_pg_columns_find (columns, WD_PG_USER_WALLETS, wd_flag_column (flag)) != NULL)
      g_string_append_printf (each, " || CASE w.%s WHEN TRUE THEN 't' WHEN FALSE THEN 'f' ELSE '-' "
                              "END", wd_flag_column (flag));
  return g_strdup_printf ("string_agg (%s, ',' ORDER BY %s) FILTER (WHERE w.address IS NOT NULL)",
                          each->str, each->str);
}

/**
 * wd_pg_bulk_network_sql:
 * @columns: what the database has
 *
 * Returns: (transfer full): likewise the network; null without the column
 */
char *
wd_pg_bulk_network_sql (const WdPgColumns *columns)
{
  return g_strdup (wd_pg_columns_find (columns, WD_PG_USER_WALLETS, "network") != NULL
                     ? "min (w.network::text)" : "NULL::text");
}

/**
 * wd_pg_bulk_wallets_sql:
 * @columns: what the database has
 * @request: a dispatch
 *
 * Returns: (transfer full): a query for what the wallets in $1, a text[], are now
 */
char *
wd_pg_bulk_wallets_sql (const WdPgColumns *columns, const WdBulkRequest *request)
{
  g_autofree char *flags = wd_pg_bulk_flags_sql (columns, request);
  g_autofree char *network = wd_pg_bulk_network_sql (columns);

  return g_strdup_printf ("SELECT w.address::text, %s, %s FROM public.user_wallets AS w "
                          "WHERE w.address = ANY ($1::text[]) GROUP BY w.address", flags, network);
}

/**
 * wd_pg_bulk_find_changed:
 * @items: (element-type utf8 WdBulkItem): by address, as they were frozen
 * @now: the answer to wd_pg_bulk_wallets_sql() for them
 *
 * Returns: (transfer full) (element-type utf8): a set of the addresses, those of @items, whose
 *   wallet is another now, is gone, or has come
 */
GHashTable *
wd_pg_bulk_find_changed (GHashTable *items, WdPgResult *now)
{
  GHashTable *changed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer address, value;

  for (guint row = 0; row < wd_pg_result_get_rows (now); row++)
    g_hash_table_insert (rows, (gpointer) wd_pg_result_text (now, row, 0), GUINT_TO_POINTER (row));
  g_hash_table_iter_init (&iter, items);
  while (g_hash_table_iter_next (&iter, &address, &value))
    {
      const WdBulkItem *item = value;
      gpointer row = NULL;
      gboolean there = g_hash_table_lookup_extended (rows, address, NULL, &row);
      guint place = GPOINTER_TO_UINT (row);

      if (there != (item->flags != NULL)
          || (there && (g_strcmp0 (item->flags, wd_pg_result_text (now, place, 1)) != 0
                        || g_strcmp0 (item->network, wd_pg_result_text (now, place, 2)) != 0)))
        g_hash_table_add (changed, address);
    }
  return changed;
}
