/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-drift.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/**
 * WdBullmqCompletion:
 * @added_ms: when the job was added, in milliseconds; 0 where the events do not go back so far
 * @completed_ms: when it was completed
 *
 * A job that was completed, by the clock of Redis.
 */
typedef struct {
  gint64 added_ms;
  gint64 completed_ms;
} WdBullmqCompletion;

GHashTable *wd_bullmq_completions_new (void);

/* Private to bullmq/, for adding again. */
char *wd_bullmq_events_completed (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                  GHashTable *wanted, GHashTable *completed, gint64 deadline,
                                  GCancellable *cancellable, GError **error);

GHashTable *wd_bullmq_events_completions (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                          GHashTable *wanted, gint64 deadline,
                                          GCancellable *cancellable, GError **error);
GHashTable *wd_bullmq_events_ran (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                  GHashTable *wanted, gint64 deadline, GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
