/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-item.h"
#include "model/wd-bulk-request.h"
#include "postgres/wd-pg-columns.h"

G_BEGIN_DECLS

char *wd_pg_bulk_flags_sql (const WdPgColumns *columns, const WdBulkRequest *request);
char *wd_pg_bulk_network_sql (const WdPgColumns *columns);
char *wd_pg_bulk_wallets_sql (const WdPgColumns *columns, const WdBulkRequest *request);

GHashTable *wd_pg_bulk_find_changed (GHashTable *items, WdPgResult *now);

G_END_DECLS
