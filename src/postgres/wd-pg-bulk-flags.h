/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-request.h"
#include "postgres/wd-pg-columns.h"

G_BEGIN_DECLS

char *wd_pg_bulk_flags_sql (const WdPgColumns *columns, const WdBulkRequest *request);

G_END_DECLS
