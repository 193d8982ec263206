/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-wallet.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLET_FLAG (wd_wallet_flag_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletFlag, wd_wallet_flag, WD, WALLET_FLAG, GtkWidget)

GtkWidget *wd_wallet_flag_new (const char *column, const char *caption, const char *set_name,
                               const char *clear_name);
void       wd_wallet_flag_update (WdWalletFlag *self, const char *address, WdTristate value);

G_END_DECLS
