/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-wallet-detail.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLET_MARKS (wd_wallet_marks_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletMarks, wd_wallet_marks, WD, WALLET_MARKS, GtkWidget)

void wd_wallet_marks_update (WdWalletMarks *self, const WdWalletDetail *detail, WdTime now);

G_END_DECLS
