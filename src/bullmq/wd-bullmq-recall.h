/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-recording.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/* Jobs that are told of by one call, and bytes of their data after which no other call is made. */
#define WD_BULLMQ_RECALL_SLICE 100
#define WD_BULLMQ_RECALL_BYTES (8 * 1024 * 1024)

gsize      wd_bullmq_recall (WdRedisConnection *conn, const WdBullmqQueue *queue,
                             const char *const *ids, WdQueueKnown *known, gsize n_ids,
                             char **last, gint64 deadline, GCancellable *cancellable,
                             GError **error);
GPtrArray *wd_bullmq_completed_since (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                      gint64 since_ms, guint limit, gint64 deadline,
                                      GCancellable *cancellable, GError **error);
gboolean   wd_bullmq_clock (WdRedisConnection *conn, WdTime *now, gint64 deadline,
                            GCancellable *cancellable, GError **error);

G_END_DECLS
