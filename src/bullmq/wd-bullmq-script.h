/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "redis/wd-redis-command.h"

G_BEGIN_DECLS

/* Private to bullmq/: the scripts, and the keys every one of them gets. */

typedef enum {
  WD_BULLMQ_SCRIPT_ADD,
  WD_BULLMQ_SCRIPT_RETRY,
  WD_BULLMQ_SCRIPT_DISCARD,
  WD_BULLMQ_SCRIPT_PAUSE,
  WD_BULLMQ_SCRIPT_RESUME,
  WD_BULLMQ_SCRIPT_PROMOTE,
  WD_BULLMQ_SCRIPT_EVICT,
  WD_BULLMQ_SCRIPT_INSPECT,
  WD_BULLMQ_SCRIPT_STATES,
  WD_BULLMQ_SCRIPT_GLANCE,
  WD_BULLMQ_SCRIPT_JOB,
  WD_BULLMQ_SCRIPT_JOBS,
  WD_BULLMQ_SCRIPT_FLOW,
  WD_BULLMQ_SCRIPT_HEALTH,
  WD_BULLMQ_SCRIPT_WALK,
  WD_BULLMQ_SCRIPT_LOOK,
  WD_BULLMQ_SCRIPT_REMOVE,
  WD_BULLMQ_SCRIPT_SCHEDULERS,
  WD_BULLMQ_SCRIPT_UNSCHEDULE,
  WD_BULLMQ_SCRIPT_LIMIT,
  WD_BULLMQ_SCRIPT_RECALL,
  WD_BULLMQ_SCRIPT_SAMPLE,
  WD_BULLMQ_N_SCRIPTS,
} WdBullmqScript;

char           *wd_bullmq_key (const WdBullmqQueue *queue, const char *suffix);
char           *wd_bullmq_site_key (const char *prefix);
WdRedisCommand *wd_bullmq_script_command (WdBullmqScript which, const WdBullmqQueue *queue);

G_END_DECLS
