/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "bullmq/wd-bullmq-result.h"
#include "bullmq/wd-bullmq-site.h"

G_BEGIN_DECLS

/**
 * WdBullmqAdd:
 * @outbox_id: names the receipt
 * @id: of the job
 * @name: BullMQ job name
 * @data: text of a JSON object, kept byte for byte
 * @priority: BullMQ's: 1 is most urgent, 0 is none, at most 2097151
 * @delay_ms: 0 for none
 * @timestamp_ms: milliseconds since 1970
 * @attempts: at least 1
 * @backoff_type: (nullable): `fixed` or `exponential`
 * @backoff_delay: milliseconds
 *
 * One job to queue. All strings are borrowed.
 */
typedef struct {
  const char *outbox_id;
  const char *id;
  const char *name;
  const char *data;
  int priority;
  gint64 delay_ms;
  gint64 timestamp_ms;
  int attempts;
  const char *backoff_type;
  gint64 backoff_delay;
} WdBullmqAdd;

gboolean wd_bullmq_add (WdRedisConnection *conn, const WdBullmqQueue *queue,
                        const WdBullmqSite *site, const WdBullmqAdd *jobs, gsize n_jobs,
                        gint64 deadline, GCancellable *cancellable, GPtrArray **results,
                        GError **error);

G_END_DECLS
