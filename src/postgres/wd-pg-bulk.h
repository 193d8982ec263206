/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-run.h"
#include "model/wd-filter.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/* For $1, a run, and $2, its owner: changes no row where somebody has taken the run over; else
 * nobody can until the transaction ends. Also the heartbeat. */
#define WD_PG_BULK_HOLD                                                                    \
  "UPDATE worker_dashboard.bulk_run SET heartbeat = clock_timestamp() "                    \
  "WHERE id = $1::uuid AND owner = $2::uuid"

/**
 * WdPgBulkRunner:
 * @run_id: (unowned): UUID of the run
 * @owner: (unowned): UUID of whoever runs it
 *
 * Who works on what.
 */
typedef struct {
  const char *run_id;
  const char *owner;
} WdPgBulkRunner;

gboolean    wd_pg_bulk_freeze (WdPgConnection *self, const char *run_id, const WdJobFilter *filter,
                               gboolean reset, gint64 deadline, GCancellable *cancellable,
                               GError **error);
WdBulkRun  *wd_pg_bulk_load (WdPgConnection *self, const char *run_id, gint64 deadline,
                             GCancellable *cancellable, GError **error);
GPtrArray  *wd_pg_bulk_list (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                             GError **error);
gboolean    wd_pg_bulk_claim (WdPgConnection *self, const WdPgBulkRunner *runner, gint64 deadline,
                              GCancellable *cancellable, GError **error);
GHashTable *wd_pg_bulk_next (WdPgConnection *self, const WdPgBulkRunner *runner, guint limit,
                             gint64 deadline, GCancellable *cancellable, GError **error);
gboolean    wd_pg_bulk_fail_taken (GError **error);
gboolean    wd_pg_bulk_note (WdPgConnection *self, const WdPgBulkRunner *runner,
                             GPtrArray *refusals, gint64 deadline, GError **error);
gboolean    wd_pg_bulk_leave (WdPgConnection *self, const WdPgBulkRunner *runner,
                              const char *state, const char *reason, gint64 deadline,
                              GError **error);

G_END_DECLS
