/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-stats.h"

G_BEGIN_DECLS

WdStats *wd_direct_load_stats (WdLane *lane, GTimeZone *zone, GCancellable *cancellable,
                               GError **error);

G_END_DECLS
