/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-queue.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

WdQueueCounts *wd_direct_read_queue (WdLane *lane, const char *queue, GCancellable *cancellable,
                                     GError **error);
gboolean wd_direct_check_layout (WdLane *lane, const char *queue, GCancellable *cancellable,
                                 GError **error);
gboolean wd_direct_agree_delivery (WdLane *lane, gboolean *uses_queue, GCancellable *cancellable,
                                   GError **error);
void     wd_direct_deliver (WdLane *lane, const WdBullmqSite *site, GPtrArray *jobs,
                            GPtrArray *entries, WdActionResult *result);
gboolean wd_direct_must_tell_each (const WdActionResult *result, const GError *failure,
                                   gboolean has_rest);
gboolean wd_direct_check_delivered (const WdActionResult *result, GError **error);
void     wd_direct_describe (WdActionResult *result, gboolean uses_queue);

G_END_DECLS
