/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/* Much longer than the ten minutes in which an outbox entry may be sent without being asked. */
#define WD_BULLMQ_RECEIPT_SECONDS (30 * 24 * 3600)

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

/**
 * WdBullmqSign:
 * @WD_BULLMQ_SIGN_RECEIPT: nothing but the receipt
 * @WD_BULLMQ_SIGN_THERE: also a job of its id, whatever its state
 * @WD_BULLMQ_SIGN_UNDER_WAY: also a job of its id that neither failed nor completed
 *
 * What shows that an outbox entry was sent.
 */
typedef enum {
  WD_BULLMQ_SIGN_RECEIPT,
  WD_BULLMQ_SIGN_THERE,
  WD_BULLMQ_SIGN_UNDER_WAY,
} WdBullmqSign;

/**
 * WdBullmqDiscard:
 * @outbox_id: (unowned): which entry
 * @job_id: (unowned): of its job
 * @sign: when it is too late
 */
typedef struct {
  const char *outbox_id;
  const char *job_id;
  WdBullmqSign sign;
} WdBullmqDiscard;

gboolean wd_bullmq_discard (WdRedisConnection *conn, const WdBullmqQueue *queue,
                            const WdBullmqDiscard *entries, gsize n_entries, gint64 deadline,
                            GCancellable *cancellable, WdBullmqReceipt *found, GError **error);

G_END_DECLS
