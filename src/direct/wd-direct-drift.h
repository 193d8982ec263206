/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-drift.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

/**
 * WdDirectDriftFunc:
 * @n_jobs: jobs in the queues that were looked at so far
 * @n_rows: rows likewise
 * @data: as given
 *
 * Called in the worker, at most ten times a second.
 */
typedef void (*WdDirectDriftFunc) (gint64 n_jobs, gint64 n_rows, gpointer data);

WdDriftReport  *wd_direct_check_drift (WdLane *lane, WdDirectDriftFunc func, gpointer func_data,
                                       GCancellable *cancellable, GError **error);
WdOutboxReport *wd_direct_fix_drift (WdLane *lane, const WdDriftFix *fix,
                                     GCancellable *cancellable, GError **error);

G_END_DECLS
