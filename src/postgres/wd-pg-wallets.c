/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-wallets.h"

#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-count-query.h"
#include "postgres/wd-pg-list.h"
#include "postgres/wd-pg-wallet-query.h"
#include "postgres/wd-pg-wallet-row.h"

typedef struct {
  const WdWalletFilter *filter;
  const WdPageRequest *request;
} ListData;

static gpointer
read_row (WdPgResult *result, guint row)
{
  return wd_pg_wallet_from_row (result, row);
}

static gpointer
list (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  static const WdPgListKind kind = { WD_PG_WALLET_N_COLUMNS, read_row,
                                     (GDestroyNotify) wd_wallet_unref };
  const ListData *wanted = data;
  g_autoptr (WdPgListQuery) query = NULL;
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = NULL;
  WdPgStatement total;

  query = wd_pg_wallet_query_new (columns, wanted->filter, wanted->request, error);
  if (query == NULL)
    return NULL;
  sql = wd_pg_count_query_wallets (columns, wanted->filter, &params);
  total = (WdPgStatement) { sql, params, TRUE };
  return wd_pg_list_run (connection, query, sql != NULL ? &total : NULL, wanted->request, &kind,
                         deadline, cancellable, error);
}

/* From one network to the next by the index, instead of reading every wallet. */
static const char *
networks_sql (const WdPgColumns *columns)
{
  if (wd_pg_columns_find (columns, WD_PG_USER_WALLETS, "network") == NULL)
    return "SELECT ''::text WHERE FALSE";
  if (columns->counts)
    return "SELECT DISTINCT network FROM worker_dashboard.wallet_totals WHERE network <> ''"
           " ORDER BY network";
  return "WITH RECURSIVE step (network) AS ("
         "(SELECT w.network FROM public.user_wallets AS w WHERE w.network > ''"
         " ORDER BY w.network LIMIT 1)"
         " UNION ALL SELECT (SELECT w.network FROM public.user_wallets AS w"
         " WHERE w.network > step.network ORDER BY w.network LIMIT 1)"
         " FROM step WHERE step.network IS NOT NULL)"
         " SELECT network FROM step WHERE network IS NOT NULL ORDER BY network";
}

static gpointer
list_networks (WdPgConnection *connection, const WdPgColumns *columns, gpointer data,
               gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (WdPgResult) result = NULL;

  if (!wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error))
    return NULL;
  result = wd_pg_connection_query (connection, networks_sql (columns), NULL, deadline, cancellable,
                                   error);
  if (result == NULL)
    return NULL;
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_strv_builder_add (names, wd_pg_result_text (result, row, 0));
  return g_strv_builder_end (names);
}

/**
 * wd_pg_wallets_list:
 * @connection: a connection without an open transaction
 * @filter: which wallets
 * @request: in which order, and which page
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_list_run(), or %WD_ERROR_NOT_MIGRATED without the table
 *
 * Worker thread. Returns: (transfer full): a page of #WdWallet
 */
WdPage *
wd_pg_wallets_list (WdPgConnection *connection, const WdWalletFilter *filter,
                    const WdPageRequest *request, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  ListData data = { filter, request };

  g_return_val_if_fail (filter != NULL && request != NULL, NULL);

  return wd_pg_columns_apply (connection, list, &data, deadline, cancellable, error);
}

/**
 * wd_pg_wallets_networks:
 * @connection: a connection without an open transaction
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query()
 *
 * Worker thread. Returns: (transfer full): the networks wallets are on, in order
 */
char **
wd_pg_wallets_networks (WdPgConnection *connection, gint64 deadline, GCancellable *cancellable,
                        GError **error)
{
  return wd_pg_columns_apply (connection, list_networks, NULL, deadline, cancellable, error);
}
