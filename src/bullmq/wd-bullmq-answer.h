/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-result.h"
#include "redis/wd-redis-reply.h"

G_BEGIN_DECLS

/* Private to bullmq/: what the scripts answer. */

const char *wd_bullmq_answer_text (const redisReply *reply, gsize i);
WdTime      wd_bullmq_answer_time (const redisReply *reply, gsize i);
char       *wd_bullmq_answer_refusal (const redisReply *reply, WdError *code);
void        wd_bullmq_answer_set (GPtrArray *results, guint place, WdBullmqResult *result);
gboolean    wd_bullmq_answer_take (const redisReply *reply, const char *queue, GPtrArray *results,
                                   const guint *places, gsize n, GError **error);

G_END_DECLS
