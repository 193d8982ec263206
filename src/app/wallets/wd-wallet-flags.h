/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-wallet-detail.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLET_FLAGS (wd_wallet_flags_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletFlags, wd_wallet_flags, WD, WALLET_FLAGS, GtkWidget)

void wd_wallet_flags_update (WdWalletFlags *self, const WdWalletDetail *detail);

G_END_DECLS
