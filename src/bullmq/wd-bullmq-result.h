/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdBullmqOutcome:
 * @WD_BULLMQ_DONE: queued, by this call
 * @WD_BULLMQ_DONE_WITH_WARNING: queued, by this call; waking a worker or the event failed
 * @WD_BULLMQ_ALREADY_DONE: the receipt is there: queued earlier, nothing written now
 * @WD_BULLMQ_DISCARDED: the tombstone is there, nothing written
 * @WD_BULLMQ_EXISTS: add: a job of this id is there without our receipt, nothing written
 * @WD_BULLMQ_REFUSED: layout, flags, permissions or wrong state; nothing written
 * @WD_BULLMQ_SITE_CHANGED: this is not the Redis the identity was read from, nothing written
 *
 * What became of one job. Every outcome but the first two means: this call wrote nothing.
 */
typedef enum {
  WD_BULLMQ_DONE,
  WD_BULLMQ_DONE_WITH_WARNING,
  WD_BULLMQ_ALREADY_DONE,
  WD_BULLMQ_DISCARDED,
  WD_BULLMQ_EXISTS,
  WD_BULLMQ_REFUSED,
  WD_BULLMQ_SITE_CHANGED,
} WdBullmqOutcome;

/**
 * WdBullmqResult:
 * @outcome: what became of it
 * @state: (nullable): retry only, when refused: the BullMQ state found; `missing` without a job
 * @due: retry only, `delayed`: when it falls due, in milliseconds since 1970; else 0
 * @message: (nullable): translated; why it was refused, or what the warning is
 */
typedef struct {
  WdBullmqOutcome outcome;
  char *state;
  gint64 due;
  char *message;
} WdBullmqResult;

WdBullmqResult *wd_bullmq_result_new (WdBullmqOutcome outcome);
void            wd_bullmq_result_free (WdBullmqResult *self);
gboolean        wd_bullmq_outcome_is_done (WdBullmqOutcome outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBullmqResult, wd_bullmq_result_free)

G_END_DECLS
