/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-queue-jobs.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

gboolean wd_bullmq_jobs (WdRedisConnection *conn, const WdBullmqQueue *queue, WdQueueJobs *page,
                         gboolean *is_known, gint64 deadline, GCancellable *cancellable,
                         GError **error);

G_END_DECLS
