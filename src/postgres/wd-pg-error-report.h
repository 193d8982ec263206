/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-error-report.h"
#include "model/wd-filter.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdErrorReport *wd_pg_error_report (WdPgConnection *connection, const WdJobFilter *filter,
                                   guint n_jobs, gint64 deadline, GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
