/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-health-judge.h"
#include "model/wd-health.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgHealthParts:
 * @WD_PG_HEALTH_WALLETS: count the wallets in trouble, which takes longest
 * @WD_PG_HEALTH_ROWS: judge active jobs by their rows, where there are no queues
 */
typedef enum {
  WD_PG_HEALTH_WALLETS = 1 << 0,
  WD_PG_HEALTH_ROWS = 1 << 1,
} WdPgHealthParts;

WdHealth *wd_pg_health_load (WdPgConnection *connection, WdTypeRuns *runs, gsize n_runs,
                             WdPgHealthParts parts, gint64 deadline, GCancellable *cancellable,
                             GError **error);

G_END_DECLS
