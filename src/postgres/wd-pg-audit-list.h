/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-audit-entry.h"
#include "model/wd-audit-filter.h"
#include "model/wd-page.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdPage *wd_pg_audit_list (WdPgConnection *connection, const WdAuditFilter *filter,
                          const WdPageRequest *request, gint64 deadline,
                          GCancellable *cancellable, GError **error);

G_END_DECLS
