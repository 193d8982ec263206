/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/**
 * WdBullmqWorker:
 * @queue: index into the queues asked for
 * @name: (nullable): as the worker calls itself
 * @address: where it connects from
 * @age: seconds since it connected
 * @idle: seconds since it last asked for work
 * @waits_the_old_way: it is of BullMQ 3 or 4
 *
 * One connected worker object.
 */
typedef struct {
  gsize queue;
  char *name;
  char *address;
  gint64 age;
  gint64 idle;
  gboolean waits_the_old_way;
} WdBullmqWorker;

/* What stands before the name that a worker has of its own. */
#define WD_BULLMQ_WORKER_NAME ":w:"

void       wd_bullmq_worker_free (WdBullmqWorker *self);
char      *wd_bullmq_worker_connection_name (const WdBullmqQueue *queue);

/* (element-type WdBullmqWorker): found in @client_list, the answer to CLIENT LIST */
GPtrArray *wd_bullmq_workers_parse (const char *client_list, gsize length,
                                    const WdBullmqQueue *queues, gsize n_queues);
GPtrArray *wd_bullmq_workers_list (WdRedisConnection *conn, const WdBullmqQueue *queues,
                                   gsize n_queues, gint64 deadline, GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
