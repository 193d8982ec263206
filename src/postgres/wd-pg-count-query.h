/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "postgres/wd-pg-columns.h"

G_BEGIN_DECLS

char *wd_pg_count_query_jobs (const WdPgColumns *columns, const WdJobFilter *filter,
                              WdPgParams **params);
char *wd_pg_count_query_wallets (const WdPgColumns *columns, const WdWalletFilter *filter,
                                 WdPgParams **params);

G_END_DECLS
