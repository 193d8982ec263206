/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "direct/wd-lane.h"
#include "model/wd-queue-order.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

typedef void (*WdQueueOrderFunc) (gint64 done, gint64 refused, gint64 total, gpointer data);

WdQueuePlan    *wd_direct_plan_queue (WdLane *lane, const WdQueueOrder *order,
                                      GCancellable *cancellable, GError **error);
gboolean        wd_direct_read_births (WdRedisConnection *redis, const WdBullmqQueue *queue,
                                       WdQueueItem *const *items, guint n_items, gint64 *made_ms,
                                       GCancellable *cancellable, GError **error);
WdOutboxReport *wd_direct_run_queue (WdLane *lane, const WdQueuePlan *plan, WdQueueOrderFunc func,
                                     gpointer func_data, GCancellable *cancellable,
                                     GError **error);
WdOutboxReport *wd_direct_unschedule (WdLane *lane, const WdQueuePlan *plan,
                                      GCancellable *cancellable, GError **error);

G_END_DECLS
