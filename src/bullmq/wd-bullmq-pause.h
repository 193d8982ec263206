/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

gboolean wd_bullmq_set_paused (WdRedisConnection *conn, const WdBullmqQueue *queue,
                               gboolean paused, gint64 deadline, GCancellable *cancellable,
                               char **warning, GError **error);

G_END_DECLS
