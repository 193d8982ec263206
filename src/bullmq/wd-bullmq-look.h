/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-drift.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

gboolean wd_bullmq_facts_read (const redisReply *reply, gint64 now_ms, WdQueueFacts *facts);

GArray *wd_bullmq_look (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *const *ids,
                        gsize n_ids, gboolean with_lists, gint64 deadline,
                        GCancellable *cancellable, GError **error);

G_END_DECLS
