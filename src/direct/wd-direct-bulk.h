/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-bulk-run.h"
#include "model/wd-request.h"

G_BEGIN_DECLS

/* Worker: how far it is. */
typedef void (*WdDirectBulkFunc) (gint64 done, gint64 refused, gint64 total, gpointer data);

WdBulkRun *wd_direct_bulk_freeze (WdLane *lane, const WdBulkRequest *request,
                                  GCancellable *cancellable, GError **error);
WdBulkRun *wd_direct_bulk_run (WdLane *lane, const char *run_id, WdDirectBulkFunc func,
                               gpointer data, GCancellable *cancellable, GError **error);
WdBulkRun *wd_direct_bulk_load (WdLane *lane, const char *run_id, GCancellable *cancellable,
                                GError **error);
WdBulkRun *wd_direct_bulk_discard (WdLane *lane, const char *run_id, GCancellable *cancellable,
                                   GError **error);
gboolean   wd_direct_bulk_note_stop (WdLane *lane, const char *run_id, GCancellable *cancellable,
                                     GError **error);
GPtrArray *wd_direct_bulk_list (WdLane *lane, GCancellable *cancellable, GError **error);

G_END_DECLS
