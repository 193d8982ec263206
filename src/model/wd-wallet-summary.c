/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-wallet-summary.h"

static void
clear_summary (WdWalletSummary *self)
{
  g_free (self->balance);
  g_free (self->trx_balance);
}

WD_DEFINE_RECORD (WdWalletSummary, wd_wallet_summary, clear_summary)
