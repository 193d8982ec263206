/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rest/wd-rest-client.h"
#include "wire/wd-wire-read-answer.h"

G_BEGIN_DECLS

/**
 * WdRestWalletFunc:
 * @wallet: a wallet
 * @object: where it begins in the answer
 * @data: as given
 *
 * Returns: whether to go on
 */
typedef gboolean (*WdRestWalletFunc) (WdWallet *wallet, const char *object, gpointer data);

WdWireRows *wd_rest_wallets_fetch (WdRestClient *client, const char *flags, guint limit,
                                   gint64 offset, WdRestAnswer **answer,
                                   GCancellable *cancellable, GError **error);
gboolean    wd_rest_wallets_scan (WdRestClient *client, const char *flags, WdRestWalletFunc func,
                                  gpointer data, gboolean *is_complete, GCancellable *cancellable,
                                  GError **error);
const char *wd_rest_wallet_get_id (const WdWallet *wallet);
void        wd_rest_wallets_refuse_many (GError **error);

G_END_DECLS
