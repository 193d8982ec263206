/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

/**
 * WdOutlook:
 * @wallets: (element-type WdWallet): those of the addresses asked for that exist, each once
 * @under_way: (element-type WdJob): the newest job of each wallet and type that is pending, active
 *   or retrying, without its data
 * @read_at: when
 *
 * What a dispatch to some wallets would meet. Immutable once published.
 */
typedef struct {
  GPtrArray *wallets;
  GPtrArray *under_way;
  WdTime read_at;
} WdOutlook;

WD_DECLARE_RECORD (WdOutlook, wd_outlook)

WdOutlook  *wd_outlook_create (void);
GHashTable *wd_outlook_index_under_way (const WdOutlook *self, const char *job_type);

G_END_DECLS
