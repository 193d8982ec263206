/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-audit-entry.h"
#include "postgres/wd-pg-result.h"

G_BEGIN_DECLS

/* What wd_pg_audit_query_new() selects. */
#define WD_PG_AUDIT_N_COLUMNS 11

WdAuditEntry *wd_pg_audit_from_row (WdPgResult *result, guint row);

G_END_DECLS
