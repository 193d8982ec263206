/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-item.h"
#include "model/wd-bulk-run.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgBulkRunner:
 * @run_id: (unowned): UUID of the run
 * @owner: (unowned): UUID of whoever runs it
 * @before: (unowned) (nullable) (element-type utf8): UUIDs under which the same one ran it before
 *   and could not leave it
 * @run: (unowned): the run, as it was at the start
 *
 * Who works on what.
 */
typedef struct {
  const char *run_id;
  const char *owner;
  const GPtrArray *before;
  const WdBulkRun *run;
} WdPgBulkRunner;

gboolean   wd_pg_bulk_claim (WdPgConnection *self, const WdPgBulkRunner *runner, gint64 deadline,
                             GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_bulk_next (WdPgConnection *self, const WdPgBulkRunner *runner, gint64 after,
                            guint limit, gint64 deadline, GCancellable *cancellable,
                            GError **error);
GPtrArray *wd_pg_bulk_hold (WdPgConnection *self, const WdPgBulkRunner *runner,
                            const WdPgStatement *statements, guint n_statements, gint64 deadline,
                            GCancellable *cancellable, GError **error);
gboolean   wd_pg_bulk_note (WdPgConnection *self, const WdPgBulkRunner *runner,
                            const gint64 *places, const char *const *reasons, gsize n,
                            gint64 deadline, GError **error);
gboolean   wd_pg_bulk_leave (WdPgConnection *self, const WdPgBulkRunner *runner,
                             const char *reason, gint64 deadline, GError **error);
gboolean   wd_pg_bulk_discard (WdPgConnection *self, const char *run_id, gint64 deadline,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
