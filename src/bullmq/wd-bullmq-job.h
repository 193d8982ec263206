/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-queue.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

WdQueueJob *wd_bullmq_job (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *id,
                           gint64 deadline, GCancellable *cancellable, GError **error);

/* (element-type utf8): `waiting`, `failed` … for each id in order; %NULL without such a job */
GPtrArray  *wd_bullmq_states (WdRedisConnection *conn, const WdBullmqQueue *queue,
                              const char * const *ids, const WdBullmqBirth *births,
                              gsize n_ids, gint64 deadline, GCancellable *cancellable,
                              GError **error);

void        wd_bullmq_job_add_to (WdRedisCommand *command, const char *id,
                                  const WdBullmqBirth *birth);

G_END_DECLS
