/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-list-page.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLETS_PAGE (wd_wallets_page_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletsPage, wd_wallets_page, WD, WALLETS_PAGE, WdListPage)

WdWalletsPage *wd_wallets_page_new (WdWorkspace *workspace);
char         **wd_wallets_page_dup_selected (WdWalletsPage *self);
void           wd_wallets_page_show (WdWalletsPage *self, gboolean needs_gas,
                                     gboolean needs_consolidation);

G_END_DECLS
