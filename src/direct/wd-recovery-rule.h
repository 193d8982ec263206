/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-receipt.h"
#include "bullmq/wd-bullmq-site.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

/**
 * WdRecovery:
 * @WD_RECOVERY_DELIVERED: its queue has it, or had it: the entry has done its work
 * @WD_RECOVERY_DISCARDED: an admin's tombstone stands; the row still has to say so
 * @WD_RECOVERY_SEND: it was certainly not queued: send it now
 * @WD_RECOVERY_UNKNOWN: it may have been queued: never sent by itself
 */
typedef enum {
  WD_RECOVERY_DELIVERED,
  WD_RECOVERY_DISCARDED,
  WD_RECOVERY_SEND,
  WD_RECOVERY_UNKNOWN,
} WdRecovery;

/* An entry older than this is never sent without an admin: who knows what was done by hand. */
#define WD_RECOVERY_MAX_AGE_MS (10 * 60 * 1000)

WdRecovery wd_recovery_decide (const WdOutboxEntry *entry, WdBullmqReceipt receipt,
                               const char *queue_state, const WdBullmqSite *site,
                               const char **reason);
gboolean   wd_recovery_would_know (const WdOutboxEntry *entry, const WdBullmqSite *site);

G_END_DECLS
