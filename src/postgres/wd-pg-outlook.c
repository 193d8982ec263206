/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a dispatch to some wallets would meet, in one round trip for any number of them. The jobs
 * under way are found as the dispatch itself finds them; it looks again, under its locks. */

#include "postgres/wd-pg-outlook.h"

#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-job-row.h"
#include "postgres/wd-pg-wallet-row.h"

static char *
wallets_sql (const WdPgColumns *columns)
{
  g_autofree char *select = wd_pg_columns_wallet_select (columns);

  return g_strdup_printf ("SELECT DISTINCT ON (w.address) %s FROM public.user_wallets AS w"
                          " WHERE w.address = ANY ($1::text[]) ORDER BY w.address, w.ctid", select);
}

static char *
jobs_sql (const WdPgColumns *columns)
{
  g_autofree char *select = wd_pg_columns_job_select (columns, FALSE);

  return g_strdup_printf ("SELECT DISTINCT ON (j.wallet_address, j.job_type) %s"
                          " FROM public.job_logs AS j WHERE j.wallet_address = ANY ($1::text[])"
                          " AND j.status IN ('pending', 'active', 'processing', 'retrying')"
                          " ORDER BY j.wallet_address, j.job_type, j.created_at DESC", select);
}

static gpointer
look (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  const char *const *addresses = data;
  gsize n_addresses = g_strv_length ((char **) addresses);
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdOutlook) outlook = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *wallets = NULL;
  g_autofree char *jobs = NULL;

  if (!wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error)
      || !wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return NULL;
  wallets = wallets_sql (columns);
  jobs = jobs_sql (columns);
  wd_pg_params_text_array (params, addresses, n_addresses);
  results = wd_pg_connection_query_many (connection,
                                         (WdPgStatement[]) { { wallets, params },
                                                             { jobs, params } },
                                         2, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  outlook = wd_outlook_create ();
  for (guint i = 0; i < wd_pg_result_get_rows (results->pdata[0]); i++)
    g_ptr_array_add (outlook->wallets, wd_pg_wallet_from_row (results->pdata[0], i));
  for (guint i = 0; i < wd_pg_result_get_rows (results->pdata[1]); i++)
    g_ptr_array_add (outlook->under_way, wd_pg_job_from_row (results->pdata[1], i));
  return g_steal_pointer (&outlook);
}

/**
 * wd_pg_outlook:
 * @connection: a connection without an open transaction
 * @addresses: (array zero-terminated=1): of wallets
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_NOT_MIGRATED without the tables, else as for wd_pg_connection_query()
 *
 * Worker thread. Returns: (transfer full): which of them exist, and their jobs under way
 */
WdOutlook *
wd_pg_outlook (WdPgConnection *connection, const char *const *addresses, gint64 deadline,
               GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (addresses != NULL, NULL);

  return wd_pg_columns_apply (connection, look, (gpointer) addresses, deadline, cancellable, error);
}
