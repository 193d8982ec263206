/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One pass over the wallets: sums of balances are kept nowhere. */

#include "postgres/wd-pg-wallet-summary.h"

#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-filter-sql.h"

/* Returns: (transfer full): SQL of an amount of `user_wallets AS w` as a number, whatever type a
 * site keeps it in */
static char *
amount_sql (const WdPgColumns *columns, const char *name)
{
  static const char *const exact[] = { "numeric", "int2", "int4", "int8", NULL };
  const WdPgColumn *column = wd_pg_columns_find (columns, WD_PG_USER_WALLETS, name);
  g_autofree char *text = g_strdup_printf ("w.%s::text", name);

  if (column == NULL)
    return g_strdup ("NULL::numeric");
  return g_strv_contains (exact, column->type) ? g_strdup_printf ("w.%s", name)
                                               : wd_pg_filter_number (text);
}

/* Returns: (transfer full): SQL of how many wallets @condition holds for */
static char *
count_sql (const WdPgColumns *columns, const char *name, const char *condition,
           const char *unknown)
{
  if (wd_pg_columns_find (columns, WD_PG_USER_WALLETS, name) == NULL)
    return g_strdup (unknown);
  return g_strdup_printf ("count(*) FILTER (WHERE %s)", condition);
}

static gpointer
summarize (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
           GCancellable *cancellable, GError **error)
{
  gboolean on_chain = wd_pg_columns_find (columns, WD_PG_USER_WALLETS, "on_chain_balance") != NULL;
  g_autofree char *balance = amount_sql (columns, on_chain ? "on_chain_balance" : "balance");
  g_autofree char *trx = amount_sql (columns, "trx_balance");
  g_autofree char *consolidation = count_sql (columns, "needs_consolidation",
                                              "w.needs_consolidation", "0");
  g_autofree char *gas = count_sql (columns, "needs_gas", "w.needs_gas", "0");
  g_autofree char *today
      = count_sql (columns, "created_at",
                   "w.created_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'",
                   "-1");
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *sql = NULL;
  WdWalletSummary *summary;

  if (!wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error))
    return NULL;
  sql = g_strdup_printf ("SELECT count(*), count(*) FILTER (WHERE %s > 0), %s, %s, "
                         "sum(%s)::text, sum(%s)::text, %s, now() FROM public.user_wallets AS w",
                         balance, consolidation, gas, balance, trx, today);
  result = wd_pg_connection_query (connection, sql, NULL, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  summary = wd_wallet_summary_new ();
  summary->total = wd_pg_result_int (result, 0, 0);
  summary->active = wd_pg_result_int (result, 0, 1);
  summary->need_consolidation = wd_pg_result_int (result, 0, 2);
  summary->need_gas = wd_pg_result_int (result, 0, 3);
  summary->balance = g_strdup (wd_pg_result_text (result, 0, 4));
  summary->trx_balance = g_strdup (wd_pg_result_text (result, 0, 5));
  summary->new_today = wd_pg_result_int (result, 0, 6);
  summary->last_updated = wd_pg_result_time (result, 0, 7);
  return summary;
}

/**
 * wd_pg_wallet_summary:
 * @connection: a connection without an open transaction
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query()
 *
 * Worker thread. Returns: (transfer full): all wallets in one line
 */
WdWalletSummary *
wd_pg_wallet_summary (WdPgConnection *connection, gint64 deadline, GCancellable *cancellable,
                      GError **error)
{
  return wd_pg_columns_apply (connection, summarize, NULL, deadline, cancellable, error);
}
