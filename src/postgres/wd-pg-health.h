/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-health-judge.h"
#include "model/wd-health.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

WdHealth *wd_pg_health_load (WdPgConnection *connection, WdTypeRuns *runs, gsize n_runs,
                             gboolean count_wallets, gint64 deadline, GCancellable *cancellable,
                             GError **error);

G_END_DECLS
