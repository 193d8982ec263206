/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-wallet.h"
#include "postgres/wd-pg-result.h"

G_BEGIN_DECLS

/* How many columns wd_pg_columns_wallet_select() names: what a statement adds begins here. */
#define WD_PG_WALLET_N_COLUMNS 14

WdWallet *wd_pg_wallet_from_row (WdPgResult *result, guint row);

G_END_DECLS
