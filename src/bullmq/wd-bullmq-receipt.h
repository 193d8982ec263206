/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/**
 * WdBullmqReceipt:
 * @WD_BULLMQ_RECEIPT_NONE: nothing is known of this outbox entry
 * @WD_BULLMQ_RECEIPT_SENT: its job was queued
 * @WD_BULLMQ_RECEIPT_DISCARDED: an admin decided that it never will be
 */
typedef enum {
  WD_BULLMQ_RECEIPT_NONE,
  WD_BULLMQ_RECEIPT_SENT,
  WD_BULLMQ_RECEIPT_DISCARDED,
} WdBullmqReceipt;

/* (element-type WdBullmqReceipt): one for each outbox id, in their order */
GArray  *wd_bullmq_receipts (WdRedisConnection *conn, const WdBullmqQueue *queue,
                             const char * const *outbox_ids, gsize n_outbox_ids, gint64 deadline,
                             GCancellable *cancellable, GError **error);

gboolean wd_bullmq_discard (WdRedisConnection *conn, const WdBullmqQueue *queue,
                            const char *outbox_id, gint64 deadline, GCancellable *cancellable,
                            WdBullmqReceipt *found, GError **error);

G_END_DECLS
