/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-wallet.h"

/**
 * wd_wire_wallet_fields:
 *
 * Returns: (transfer none): the fields of a row of `user_wallets`
 */
const WdWireField *
wd_wire_wallet_fields (void)
{
  static const WdWireField fields[] = {
    { "id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdWallet, id) },
    { "user_id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdWallet, user_id) },
    { "address", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdWallet, address) },
    { "balance", WD_WIRE_AMOUNT, G_STRUCT_OFFSET (WdWallet, balance) },
    { "on_chain_balance", WD_WIRE_AMOUNT, G_STRUCT_OFFSET (WdWallet, on_chain_balance) },
    { "trx_balance", WD_WIRE_AMOUNT, G_STRUCT_OFFSET (WdWallet, trx_balance) },
    { "locked_balance", WD_WIRE_AMOUNT, G_STRUCT_OFFSET (WdWallet, locked_balance) },
    { "total_balance", WD_WIRE_AMOUNT, G_STRUCT_OFFSET (WdWallet, total_balance) },
    { "network", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdWallet, network) },
    { "needs_consolidation", WD_WIRE_FLAG, G_STRUCT_OFFSET (WdWallet, needs_consolidation) },
    { "needs_gas", WD_WIRE_FLAG, G_STRUCT_OFFSET (WdWallet, needs_gas) },
    { "last_sync", WD_WIRE_TIME, G_STRUCT_OFFSET (WdWallet, last_sync) },
    { "created_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdWallet, created_at) },
    { "updated_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdWallet, updated_at) },
    { NULL },
  };

  return fields;
}

/**
 * wd_wire_wallet:
 * @writer: a writer where a value may stand
 * @wallet: a row
 */
void
wd_wire_wallet (WdJsonWriter *writer, const WdWallet *wallet)
{
  wd_json_writer_begin_object (writer);
  wd_wire_fields_members (writer, wd_wire_wallet_fields (), wallet);
  wd_json_writer_end_object (writer);
}
