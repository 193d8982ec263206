/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-row-actions.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLET_ACTIONS (wd_wallet_actions_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletActions, wd_wallet_actions, WD, WALLET_ACTIONS, WdRowActions)

WdWalletActions *wd_wallet_actions_new (GtkWidget *page, WdTable *table, WdWorkspace *workspace);
char           **wd_wallet_actions_dup_addresses (WdWalletActions *self);

G_END_DECLS
