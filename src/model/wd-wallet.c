/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-wallet.h"

static void
clear_wallet (WdWallet *self)
{
  g_free (self->id);
  g_free (self->user_id);
  g_free (self->address);
  g_free (self->balance);
  g_free (self->on_chain_balance);
  g_free (self->trx_balance);
  g_free (self->locked_balance);
  g_free (self->total_balance);
  g_free (self->network);
}

WD_DEFINE_RECORD (WdWallet, wd_wallet, clear_wallet)

/**
 * wd_wallet_equal:
 * @a: a wallet
 * @b: another
 *
 * Returns: whether every field is the same, so that a refreshed row need not be redrawn
 */
gboolean
wd_wallet_equal (const WdWallet *a, const WdWallet *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_strcmp0 (a->id, b->id) == 0
         && g_strcmp0 (a->user_id, b->user_id) == 0
         && g_strcmp0 (a->address, b->address) == 0
         && g_strcmp0 (a->balance, b->balance) == 0
         && g_strcmp0 (a->on_chain_balance, b->on_chain_balance) == 0
         && g_strcmp0 (a->trx_balance, b->trx_balance) == 0
         && g_strcmp0 (a->locked_balance, b->locked_balance) == 0
         && g_strcmp0 (a->total_balance, b->total_balance) == 0
         && g_strcmp0 (a->network, b->network) == 0
         && a->needs_gas == b->needs_gas
         && a->needs_consolidation == b->needs_consolidation
         && a->last_sync == b->last_sync
         && a->created_at == b->created_at
         && a->updated_at == b->updated_at;
}
