/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdWalletSummary:
 * @total: wallets
 * @active: of these, those with a balance above zero
 * @need_consolidation: those with that flag
 * @need_gas: likewise
 * @balance: (nullable): sum of the balances, decimal text, exact
 * @trx_balance: (nullable): likewise, where the table has the column
 * @new_today: made since midnight UTC; -1 where the table does not tell
 * @last_updated: when it was read
 *
 * All wallets in one line. Immutable once published.
 */
typedef struct {
  gint64 total;
  gint64 active;
  gint64 need_consolidation;
  gint64 need_gas;
  char *balance;
  char *trx_balance;
  gint64 new_today;
  WdTime last_updated;
} WdWalletSummary;

WD_DECLARE_RECORD (WdWalletSummary, wd_wallet_summary)

G_END_DECLS
