/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One wallet with the columns that some sites have and others do not. They are named here one by
 * one, never `SELECT *`: a table of wallets may hold keys that nobody is to see. */

#include "postgres/wd-pg-wallet-detail.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-wallet-row.h"
#include "postgres/wd-pg-wallet-trouble.h"

static const struct {
  const char *name;
  WdWalletFieldKind kind;
} optional[] = {
  { "on_chain_balance", WD_WALLET_FIELD_AMOUNT },
  { "trx_balance", WD_WALLET_FIELD_AMOUNT },
  { "locked_balance", WD_WALLET_FIELD_AMOUNT },
  { "total_balance", WD_WALLET_FIELD_AMOUNT },
  { "derivation_path", WD_WALLET_FIELD_TEXT },
  { "is_processing", WD_WALLET_FIELD_BOOLEAN },
  { "last_sync_at", WD_WALLET_FIELD_TIME },
  { "last_sync", WD_WALLET_FIELD_TIME },
  { "last_consolidation_at", WD_WALLET_FIELD_TIME },
  { "last_gas_topup_at", WD_WALLET_FIELD_TIME },
};

static gboolean
has (const WdPgColumns *columns, const char *name)
{
  return wd_pg_columns_find (columns, WD_PG_USER_WALLETS, name) != NULL;
}

/* Where an address stands in several rows, the newest one speaks, and their number is told. */
static char *
load_sql (const WdPgColumns *columns)
{
  g_autofree char *usual = wd_pg_columns_wallet_select (columns);
  GString *sql = g_string_new ("SELECT ");

  g_string_append_printf (sql, "%s, count(*) OVER ()", usual);
  for (gsize i = 0; i < G_N_ELEMENTS (optional); i++)
    if (has (columns, optional[i].name))
      g_string_append_printf (sql, ", w.%s", optional[i].name);
  g_string_append (sql, " FROM public.user_wallets AS w WHERE w.address = $1 ORDER BY ");
  if (has (columns, "created_at"))
    g_string_append (sql, "w.created_at DESC NULLS LAST, ");
  g_string_append (sql, "w.ctid DESC LIMIT 1");
  return g_string_free (sql, FALSE);
}

static void
take_troubles (WdWalletDetail *self, WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      gint64 kind = wd_pg_result_int (result, row, 0);

      self->in_trouble[kind] = TRUE;
      self->trouble_since[kind] = wd_pg_result_time (result, row, 1);
    }
}

static WdWalletDetail *
read_detail (WdPgResult *result, const WdPgColumns *columns)
{
  WdWalletDetail *self = wd_wallet_detail_create (wd_pg_wallet_from_row (result, 0));
  guint column = WD_PG_WALLET_N_COLUMNS;

  self->limits = columns->limits;
  self->n_rows = wd_pg_result_int (result, 0, column++);
  self->has_needs_gas = has (columns, "needs_gas");
  self->has_needs_consolidation = has (columns, "needs_consolidation");
  for (gsize i = 0; i < G_N_ELEMENTS (optional); i++)
    if (has (columns, optional[i].name))
      {
        gboolean is_time = optional[i].kind == WD_WALLET_FIELD_TIME;

        wd_wallet_detail_add (self, optional[i].name, optional[i].kind,
                              wd_pg_result_text (result, 0, column),
                              is_time ? wd_pg_result_time (result, 0, column) : WD_TIME_NONE);
        column++;
      }
  return self;
}

static gpointer
load (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  const char *address = data;
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgParams) trouble_params = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *sql = NULL, *troubles = NULL;
  WdWalletDetail *detail;

  if (!wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error))
    return NULL;
  sql = load_sql (columns);
  wd_pg_params_text (params, address);
  troubles = wd_pg_wallet_trouble_of (columns, address, trouble_params);
  results = wd_pg_connection_query_many (connection,
                                         (WdPgStatement[]) { { sql, params },
                                                             { troubles, trouble_params } },
                                         2, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  if (wd_pg_result_get_rows (results->pdata[0]) == 0)
    {
      g_autofree char *visible = wd_format_visible (address, 256);

      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no wallet “%s”"), visible);
      return NULL;
    }
  detail = read_detail (results->pdata[0], columns);
  take_troubles (detail, results->pdata[1]);
  return detail;
}

/**
 * wd_pg_wallet_detail_load:
 * @connection: a connection without an open transaction
 * @address: of a wallet, exactly
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_NOT_FOUND, or %WD_ERROR_NOT_MIGRATED without the table; else as for
 *   wd_pg_connection_query()
 *
 * Worker thread. Returns: (transfer full): the wallet with the optional columns its table has
 */
WdWalletDetail *
wd_pg_wallet_detail_load (WdPgConnection *connection, const char *address, gint64 deadline,
                          GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (address != NULL, NULL);

  return wd_pg_columns_apply (connection, load, (gpointer) address, deadline, cancellable, error);
}
