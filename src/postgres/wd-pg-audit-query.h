/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-audit-filter.h"
#include "model/wd-page.h"
#include "postgres/wd-pg-list-query.h"

G_BEGIN_DECLS

WdPgListQuery *wd_pg_audit_query_new (const WdAuditFilter *filter, const WdPageRequest *request,
                                      GError **error);

G_END_DECLS
