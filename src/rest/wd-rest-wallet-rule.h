/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "model/wd-page.h"

G_BEGIN_DECLS

gboolean wd_rest_wallet_matches (const WdWallet *wallet, const WdWalletFilter *filter);
int      wd_rest_wallet_compare (const WdWallet *a, const WdWallet *b, WdSort sort,
                                 gboolean ascending);

G_END_DECLS
