/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLETS_PAGE (wd_wallets_page_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletsPage, wd_wallets_page, WD, WALLETS_PAGE, GtkWidget)

WdWalletsPage *wd_wallets_page_new (WdWorkspace *workspace);
void           wd_wallets_page_focus_rows (WdWalletsPage *self);
char         **wd_wallets_page_dup_selected (WdWalletsPage *self);
void           wd_wallets_page_focus_search (WdWalletsPage *self);
void           wd_wallets_page_show (WdWalletsPage *self, gboolean needs_gas,
                                     gboolean needs_consolidation);

G_END_DECLS
