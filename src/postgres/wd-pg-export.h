/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-export-request.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgExportFunc:
 * @rows: (transfer full): the next records of the request's kind; perhaps none
 * @total: how many rows there will be
 * @total_is_exact: else @total is the planner's guess
 * @data: as given
 * @cancellable: (nullable): ends a wait at once
 * @error: what went wrong
 *
 * Takes a slice, and may wait until there is room for it.
 */
typedef gboolean (*WdPgExportFunc) (GPtrArray *rows, gint64 total, gboolean total_is_exact,
                                    gpointer data, GCancellable *cancellable, GError **error);

gint64 wd_pg_export (WdPgConnection *connection, const WdExportRequest *request,
                     WdPgExportFunc func, gpointer data, guint slice_ms,
                     GCancellable *cancellable, GError **error);

G_END_DECLS
