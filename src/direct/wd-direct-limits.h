/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-queue-limits.h"

G_BEGIN_DECLS

gboolean wd_direct_set_limits (WdLane *lane, const char *queue, const WdQueueLimits *before,
                               const WdQueueLimits *after, GCancellable *cancellable,
                               GError **error);

G_END_DECLS
