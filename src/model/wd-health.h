/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-finding.h"
#include "model/wd-wallet-trouble.h"

G_BEGIN_DECLS

/**
 * WdHealth:
 * @findings: (element-type WdFinding): what is stuck, by queue
 * @wallets: by #WdWalletTrouble: how many wallets are in trouble
 * @wallets_in_trouble: how many are in any
 * @limits: of the site, by which it was judged
 * @queue_error: (nullable): why the queues' part is missing
 * @unread: (element-type utf8): queues that could not be looked into
 * @read_at: when it was read
 *
 * What is wrong now. Immutable once published.
 */
typedef struct {
  GPtrArray *findings;
  WdTroubleCount wallets[WD_N_WALLET_TROUBLES];
  WdTroubleCount wallets_in_trouble;
  WdHealthLimits limits;
  char *queue_error;
  GPtrArray *unread;
  WdTime read_at;
} WdHealth;

WD_DECLARE_RECORD (WdHealth, wd_health)

WdHealth        *wd_health_create (const WdHealthLimits *limits);
const WdFinding *wd_health_find_queue (const WdHealth *self, const char *queue,
                                       const char *job_type);
gboolean         wd_health_is_well (const WdHealth *self);

G_END_DECLS
