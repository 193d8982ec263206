/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-drift.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/* Private to bullmq/, for adding again. */
char *wd_bullmq_events_completed (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                  GHashTable *wanted, GHashTable *completed, gint64 deadline,
                                  GCancellable *cancellable, GError **error);

GHashTable *wd_bullmq_events_ran (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                  GHashTable *wanted, gint64 deadline, GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
