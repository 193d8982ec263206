/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-wallet-detail.h"

G_BEGIN_DECLS

char *wd_wallet_note_describe (const WdWalletDetail *detail, const GError *error);

G_END_DECLS
