/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-scheduler.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

WdSchedulerPage *wd_bullmq_schedulers (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                       const char *cursor, guint limit, gint64 deadline,
                                       GCancellable *cancellable, GError **error);
WdScheduler     *wd_bullmq_scheduler (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                      const char *scheduler, gint64 deadline,
                                      GCancellable *cancellable, GError **error);
gboolean         wd_bullmq_scheduler_would_go_on (const WdScheduler *self);

G_END_DECLS
