/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-flow.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

WdFlow *wd_bullmq_flow (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *id,
                        gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
