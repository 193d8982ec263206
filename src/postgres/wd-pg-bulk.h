/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-item.h"
#include "model/wd-bulk-run.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/* Joins to its rows of `bulk_item`, as `i`, what has their places in `t.n`; %s is the run. Each is
 * looked up by its key, whatever the planner believes about a table that has just been filled. */
#define WD_PG_BULK_PLACES(run)                                                             \
  "LATERAL (SELECT b.ctid AS place FROM worker_dashboard.bulk_item AS b "                  \
  "WHERE b.run_id = " run "::uuid AND b.n = t.n LIMIT 1) AS p WHERE i.ctid = p.place"

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
gboolean   wd_pg_bulk_begin (WdPgConnection *self, const WdPgBulkRunner *runner, gint64 *after,
                             gint64 deadline, GCancellable *cancellable, GError **error);
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
                             const char *reason, gboolean stopped, gint64 deadline,
                             GError **error);
gboolean   wd_pg_bulk_discard (WdPgConnection *self, const char *run_id, gint64 deadline,
                               GCancellable *cancellable, GError **error);
gboolean   wd_pg_bulk_note_stop (WdPgConnection *self, const char *run_id, gint64 deadline,
                                 GCancellable *cancellable, GError **error);

G_END_DECLS
