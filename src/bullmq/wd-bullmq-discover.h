/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/* (element-type WdBullmqQueue): every queue of this Redis, sorted; @prefix limits it (nullable) */
GPtrArray *wd_bullmq_discover (WdRedisConnection *conn, const char *prefix, gint64 deadline,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
