/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-wallet-detail.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLET_FACTS (wd_wallet_facts_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletFacts, wd_wallet_facts, WD, WALLET_FACTS, GtkWidget)

void wd_wallet_facts_update (WdWalletFacts *self, const WdWalletDetail *detail, WdTime now);

G_END_DECLS
