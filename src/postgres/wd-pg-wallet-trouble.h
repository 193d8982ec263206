/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-wallet-trouble.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-params.h"

G_BEGIN_DECLS

char *wd_pg_wallet_trouble_rows (const WdPgColumns *columns, WdWalletTrouble kind,
                                 WdPgParams *params);
char *wd_pg_wallet_trouble_condition (const WdPgColumns *columns, const char *word,
                                      WdPgParams *params);
char *wd_pg_wallet_trouble_count (const WdPgColumns *columns, WdPgParams *params);
char *wd_pg_wallet_trouble_of (const WdPgColumns *columns, const char *address,
                               WdPgParams *params);

G_END_DECLS
