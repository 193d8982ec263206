/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-bulk-flags.h"

#include "model/wd-flags.h"

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
