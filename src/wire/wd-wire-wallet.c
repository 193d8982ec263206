/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-wallet.h"

#include "wire/wd-wire-value.h"

/**
 * wd_wire_wallet:
 * @writer: a writer where a value may stand
 * @wallet: a row
 *
 * Writes a row of `user_wallets`. Amounts are strings, digit by digit as the database gave them:
 * a JSON number would pass through a double at whoever reads it.
 */
void
wd_wire_wallet (WdJsonWriter *writer, const WdWallet *wallet)
{
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "id", wallet->id);
  wd_json_writer_string_member (writer, "user_id", wallet->user_id);
  wd_json_writer_string_member (writer, "address", wallet->address);
  wd_json_writer_string_member (writer, "balance", wallet->balance);
  wd_json_writer_string_member (writer, "on_chain_balance", wallet->on_chain_balance);
  wd_json_writer_string_member (writer, "trx_balance", wallet->trx_balance);
  wd_json_writer_string_member (writer, "locked_balance", wallet->locked_balance);
  wd_json_writer_string_member (writer, "total_balance", wallet->total_balance);
  wd_json_writer_string_member (writer, "network", wallet->network);
  wd_wire_tristate_member (writer, "needs_consolidation", wallet->needs_consolidation);
  wd_wire_tristate_member (writer, "needs_gas", wallet->needs_gas);
  wd_wire_time_member (writer, "last_sync", wallet->last_sync);
  wd_wire_time_member (writer, "created_at", wallet->created_at);
  wd_wire_time_member (writer, "updated_at", wallet->updated_at);
  wd_json_writer_end_object (writer);
}
