/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "bullmq/wd-bullmq-site.h"
#include "model/wd-scheduler.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

gboolean wd_bullmq_unschedule (WdRedisConnection *conn, const WdBullmqQueue *queue,
                               const WdBullmqSite *site, const WdScheduler *scheduler,
                               gint64 deadline, GCancellable *cancellable, gboolean *moved,
                               char **warning, GError **error);

G_END_DECLS
