/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "model/wd-queue.h"
#include "redis/wd-redis-reply.h"

G_BEGIN_DECLS

/* Private to bullmq/: a job as record.lua tells of it. */

WdQueueJob *wd_bullmq_record_read (const WdBullmqQueue *queue, const char *id,
                                   const redisReply *reply);
gint64      wd_bullmq_record_attempts (const char *options);
void        wd_bullmq_record_set_missing (GError **error, const WdBullmqQueue *queue,
                                          const char *id);

G_END_DECLS
