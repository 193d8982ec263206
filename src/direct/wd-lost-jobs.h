/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

void wd_lost_jobs_name (WdLane *lane, GPtrArray *conflicts, WdActionResult *result, guint first,
                        GCancellable *cancellable);

G_END_DECLS
