/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-add.h"

G_BEGIN_DECLS

/**
 * WdBullmqRetry:
 * @job: which one (outbox id and id), and how to add it again should it be gone
 * @reset: clear the attempt counters: up to N attempts again, instead of one more
 * @readd_allowed: add it again under its id when BullMQ holds no such job, provided that the stream
 *   does not say that the last job of that id was completed
 * @made_since_ms: earliest time, in milliseconds, at which the job may say it was made; 0 for any
 * @made_until_ms: the latest; 0 for any. One that says another time is another job, to which its
 *   queue gave the id anew
 */
typedef struct {
  WdBullmqAdd job;
  gboolean reset;
  gboolean readd_allowed;
  gint64 made_since_ms;
  gint64 made_until_ms;
} WdBullmqRetry;

gboolean wd_bullmq_retry (WdRedisConnection *conn, const WdBullmqQueue *queue,
                          const WdBullmqSite *site, const WdBullmqRetry *jobs, gsize n_jobs,
                          gint64 deadline, GCancellable *cancellable, GPtrArray **results,
                          GError **error);

G_END_DECLS
