/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-recording.h"
#include "redis/wd-redis-reply.h"

G_BEGIN_DECLS

WdQueueEvent *wd_bullmq_event_parse (const redisReply *entry);

G_END_DECLS
