/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-wallet-row.h"

static WdTristate
tristate (WdPgResult *result, guint row, guint column)
{
  if (wd_pg_result_is_null (result, row, column))
    return WD_TRISTATE_UNSET;
  return wd_pg_result_bool (result, row, column) ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
}

/**
 * wd_pg_wallet_from_row:
 * @result: rows of a statement whose first columns are those of wd_pg_columns_wallet_select()
 * @row: from 0
 *
 * Returns: (transfer full): the wallet
 */
WdWallet *
wd_pg_wallet_from_row (WdPgResult *result, guint row)
{
  WdWallet *wallet;

  g_return_val_if_fail (wd_pg_result_get_columns (result) >= WD_PG_WALLET_N_COLUMNS, NULL);

  wallet = wd_wallet_new ();
  wallet->id = g_strdup (wd_pg_result_text (result, row, 0));
  wallet->user_id = g_strdup (wd_pg_result_text (result, row, 1));
  wallet->address = g_strdup (wd_pg_result_text (result, row, 2));
  wallet->balance = g_strdup (wd_pg_result_text (result, row, 3));
  wallet->on_chain_balance = g_strdup (wd_pg_result_text (result, row, 4));
  wallet->trx_balance = g_strdup (wd_pg_result_text (result, row, 5));
  wallet->locked_balance = g_strdup (wd_pg_result_text (result, row, 6));
  wallet->total_balance = g_strdup (wd_pg_result_text (result, row, 7));
  wallet->network = g_strdup (wd_pg_result_text (result, row, 8));
  wallet->needs_gas = tristate (result, row, 9);
  wallet->needs_consolidation = tristate (result, row, 10);
  wallet->last_sync = wd_pg_result_time (result, row, 11);
  wallet->created_at = wd_pg_result_time (result, row, 12);
  wallet->updated_at = wd_pg_result_time (result, row, 13);
  return wallet;
}
