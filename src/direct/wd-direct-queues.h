/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-queue.h"
#include "model/wd-scheduler.h"
#include "postgres/wd-pg-audit.h"

G_BEGIN_DECLS

GPtrArray *wd_direct_name_queues (WdLane *lane, WdRedisConnection *redis,
                                  GCancellable *cancellable, GError **error);
GPtrArray *wd_direct_list_queues (WdLane *lane, GCancellable *cancellable, GError **error);
gboolean   wd_direct_set_queue_paused (WdLane *lane, const char *queue, gboolean paused,
                                       GCancellable *cancellable, GError **error);

WdQueueCounts   *wd_direct_find_queue (WdLane *lane, WdRedisConnection *redis, const char *queue,
                                       GCancellable *cancellable, GError **error);
WdSchedulerPage *wd_direct_list_schedulers (WdLane *lane, const char *queue, const char *cursor,
                                            guint limit, GCancellable *cancellable,
                                            GError **error);
void             wd_direct_audit_failure (WdLane *lane, const WdPgAuditRow *row,
                                          const GError *failure);

G_END_DECLS
