/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-drift-case.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

/* Each remedy. What it is about was looked at just before; it looks again as late as it can. */

gboolean wd_drift_requeue (WdLane *lane, GPtrArray *cases, WdOutboxReport *report,
                           GCancellable *cancellable, GError **error);
gboolean wd_drift_mark (WdLane *lane, WdDriftCase *item, WdDriftRemedy remedy,
                        GCancellable *cancellable, GError **error);
gboolean wd_drift_write_row (WdLane *lane, WdDriftCase *item, GCancellable *cancellable,
                             GError **error);
gboolean wd_drift_remove (WdLane *lane, WdDriftCase *item, GCancellable *cancellable,
                          GError **error);

G_END_DECLS
