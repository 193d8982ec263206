/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLET_PAGE (wd_wallet_page_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletPage, wd_wallet_page, WD, WALLET_PAGE, GtkWidget)

WdWalletPage *wd_wallet_page_new (WdWorkspace *workspace, const char *address);
gboolean      wd_wallet_page_is_ready (WdWalletPage *self);

G_END_DECLS
