/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "model/wd-page.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-list-query.h"

G_BEGIN_DECLS

WdPgListQuery *wd_pg_wallet_query_new (const WdPgColumns *columns, const WdWalletFilter *filter,
                                       const WdPageRequest *request, GError **error);

char *wd_pg_wallet_query_balance (const WdPgColumns *columns);

G_END_DECLS
