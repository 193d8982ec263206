/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

GPtrArray *wd_bullmq_glance (WdRedisConnection *conn, const WdBullmqQueue *queue,
                             const char *const *ids, const WdBullmqBirth *births,
                             gsize n_ids, GArray *completed, gint64 deadline,
                             GCancellable *cancellable, GError **error);

G_END_DECLS
