/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdTristate:
 *
 * A nullable boolean, and a filter that may not care.
 */
typedef enum {
  WD_TRISTATE_UNSET = -1,
  WD_TRISTATE_FALSE = 0,
  WD_TRISTATE_TRUE = 1,
} WdTristate;

/**
 * WdWallet:
 * @id: (nullable): UUID, where the table has one
 * @user_id: (nullable): UUID of the owner
 * @address: the address
 * @balance: (nullable): decimal text, exact; `NaN` and the like as they came
 * @on_chain_balance: (nullable): the same, where the column exists; so the three below
 * @network: (nullable): such as `tron`
 * @needs_gas: or unset where the flag is null
 * @needs_consolidation: likewise
 * @last_sync: `last_sync_at` where the workers write that, else `last_sync`
 *
 * A row of `user_wallets`. Immutable once published.
 */
typedef struct {
  char *id;
  char *user_id;
  char *address;
  char *balance;
  char *on_chain_balance;
  char *trx_balance;
  char *locked_balance;
  char *total_balance;
  char *network;
  WdTristate needs_gas;
  WdTristate needs_consolidation;
  WdTime last_sync;
  WdTime created_at;
  WdTime updated_at;
} WdWallet;

WD_DECLARE_RECORD (WdWallet, wd_wallet)

gboolean wd_wallet_equal (const WdWallet *a, const WdWallet *b);

G_END_DECLS
