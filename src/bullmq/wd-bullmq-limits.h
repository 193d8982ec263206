/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-queue-limits.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

gboolean wd_bullmq_set_limits (WdRedisConnection *conn, const WdBullmqQueue *queue,
                               const WdQueueLimits *before, const WdQueueLimits *after,
                               gint64 deadline, GCancellable *cancellable, char **warning,
                               GError **error);

char *wd_bullmq_limits_doubt (const char *version, gboolean *certain);

G_END_DECLS
