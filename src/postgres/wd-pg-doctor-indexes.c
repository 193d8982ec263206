/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-doctor-private.h"

#include <glib/gi18n-lib.h>

/* What lists and dispatches need. One whose order a site's own index gives as well is not missed;
 * the partial ones are known by name. */
static const struct {
  const char *name;
  WdPgTable table;
  const char *needs;   /* (nullable): a column it needs */
  const char *order;   /* (nullable): what any index in its place sorts by; else it is partial */
  const char *what;    /* after ON */
} wanted[] = {
  { "wd_job_logs_created", WD_PG_JOB_LOGS, NULL, "created_at",
    "public.job_logs (created_at, id)" },
  { "wd_job_logs_status", WD_PG_JOB_LOGS, NULL, "status,created_at",
    "public.job_logs (status, created_at, id)" },
  { "wd_job_logs_pair", WD_PG_JOB_LOGS, NULL, "status,job_type,created_at",
    "public.job_logs (status, job_type, created_at, id)" },
  { "wd_job_logs_type", WD_PG_JOB_LOGS, NULL, "job_type,created_at",
    "public.job_logs (job_type, created_at, id)" },
  { "wd_job_logs_wallet", WD_PG_JOB_LOGS, "wallet_address", "wallet_address,created_at",
    "public.job_logs (wallet_address, created_at, id)" },
  { "wd_job_logs_under_way", WD_PG_JOB_LOGS, "wallet_address", NULL,
    "public.job_logs (job_type, wallet_address)"
    " WHERE status IN ('pending', 'active', 'processing', 'retrying')" },
  { "wd_job_logs_ended", WD_PG_JOB_LOGS, "wallet_address", NULL,
    "public.job_logs (job_type, wallet_address)"
    " WHERE status NOT IN ('pending', 'active', 'processing', 'retrying', 'completed')" },
  { "wd_job_logs_finished", WD_PG_JOB_LOGS, "completed_at", NULL,
    "public.job_logs (job_type, completed_at) WHERE completed_at IS NOT NULL" },
  { "wd_user_wallets_address", WD_PG_USER_WALLETS, NULL, "address",
    "public.user_wallets (address)" },
  { "wd_user_wallets_created", WD_PG_USER_WALLETS, "created_at", "created_at",
    "public.user_wallets (created_at, address)" },
  { "wd_user_wallets_network", WD_PG_USER_WALLETS, "network", "network,address",
    "public.user_wallets (network, address)" },
  { "wd_user_wallets_needs_gas", WD_PG_USER_WALLETS, "needs_gas", NULL,
    "public.user_wallets (address) WHERE needs_gas" },
  { "wd_user_wallets_needs_consolidation", WD_PG_USER_WALLETS, "needs_consolidation", NULL,
    "public.user_wallets (address) WHERE needs_consolidation" },
  { "wd_user_wallets_balance", WD_PG_USER_WALLETS, "balance", "balance,address",
    "public.user_wallets (balance, address)" },
};

static gboolean
is_wanted (WdPgDoctor *self, guint i)
{
  const WdPgColumn *column = NULL;

  if (self->columns->tables[wanted[i].table] == NULL)
    return FALSE;
  if (wanted[i].needs != NULL)
    column = wd_pg_columns_find (self->columns, wanted[i].table, wanted[i].needs);
  if (g_strcmp0 (wanted[i].needs, "balance") == 0)
    return column != NULL && g_str_equal (column->type, "numeric");
  return wanted[i].needs == NULL || column != NULL;
}

/* Names to validity, of both tables and of our schema. */
static GHashTable *
read_indexes (WdPgDoctor *self, GPtrArray *invalid)
{
  g_autoptr (GHashTable) indexes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WdPgResult) result = NULL;

  result = wd_pg_doctor_ask (
    self, "postgres-indexes",
    "SELECT x.relname, i.indisvalid, format('%I.%I', n.nspname, x.relname)"
    " FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid"
    " JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid"
    " JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace"
    " WHERE n.nspname = 'worker_dashboard'"
    " OR n.nspname = 'public' AND t.relname IN ('job_logs', 'user_wallets')"
    " ORDER BY x.relname", NULL);
  if (result == NULL)
    return NULL;
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    if (wd_pg_result_bool (result, row, 1))
      g_hash_table_add (indexes, g_strdup (wd_pg_result_text (result, row, 0)));
    else
      g_ptr_array_add (invalid, g_strdup (wd_pg_result_text (result, row, 2)));
  return g_steal_pointer (&indexes);
}

static gboolean
is_invalid (GPtrArray *invalid, const char *name)
{
  for (guint i = 0; i < invalid->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (invalid, i), name))
      return TRUE;
  return FALSE;
}

void
wd_pg_doctor_check_indexes (WdPgDoctor *self)
{
  g_autoptr (GPtrArray) invalid = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) indexes = read_indexes (self, invalid);
  g_autoptr (GString) remedy = g_string_new (NULL);

  if (indexes == NULL)
    return;
  for (guint i = 0; i < invalid->len; i++)
    g_string_append_printf (remedy, " REINDEX INDEX CONCURRENTLY %s;",
                            (const char *) g_ptr_array_index (invalid, i));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (is_wanted (self, i) && !g_hash_table_contains (indexes, wanted[i].name)
        && !is_invalid (invalid, wanted[i].name)
        && (wanted[i].order == NULL
            || !wd_pg_columns_has_order (self->columns, wanted[i].table, wanted[i].order)))
      g_string_append_printf (remedy, " CREATE INDEX CONCURRENTLY %s ON %s;", wanted[i].name,
                              wanted[i].what);
  if (remedy->len == 0)
    wd_pg_doctor_add (self, "postgres-indexes", WD_CHECK_OK, _("Every index is there and valid"));
  else if (!self->columns->schema)
    wd_pg_doctor_add_remedy (self, "postgres-indexes", WD_CHECK_WARNING, remedy->str,
                             _("Indexes are missing or invalid, which makes lists slow. The "
                               "migrations make them, or as the tables' owner:%s"), remedy->str);
  else
    wd_pg_doctor_add_remedy (self, "postgres-indexes", WD_CHECK_WARNING, remedy->str,
                             _("Indexes are missing or invalid, which makes lists slow. As the "
                               "tables' owner, outside a transaction:%s"), remedy->str);
}
