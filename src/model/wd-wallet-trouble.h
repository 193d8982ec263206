/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-health-limits.h"

G_BEGIN_DECLS

/**
 * WdWalletTrouble:
 * @WD_WALLET_TROUBLE_FAILURES: its last jobs of a type all failed with the same error group
 * @WD_WALLET_TROUBLE_FLAG: a flag is set for long, and no job was made for it
 * @WD_WALLET_TROUBLE_SYNC: not synced for long
 * @WD_WALLET_TROUBLE_DEPOSIT: a deposit was detected, and no consolidation followed
 * @WD_WALLET_TROUBLE_UNCLEARED: the day's jobs were made for a flag, and it is set
 *
 * What a wallet can suffer from.
 */
typedef enum {
  WD_WALLET_TROUBLE_FAILURES,
  WD_WALLET_TROUBLE_FLAG,
  WD_WALLET_TROUBLE_SYNC,
  WD_WALLET_TROUBLE_DEPOSIT,
  WD_WALLET_TROUBLE_UNCLEARED,
  WD_N_WALLET_TROUBLES,
} WdWalletTrouble;

/* In a filter: of whatever kind. */
#define WD_WALLET_TROUBLE_ANY "any"

/* More wallets in one trouble are not counted. */
#define WD_WALLET_TROUBLE_MOST 10000

/**
 * WdTroubleCount:
 * @n: how many wallets; -1 where unknown, more than %WD_WALLET_TROUBLE_MOST for more than that
 * @since: since when the first of them, or %WD_TIME_NONE
 */
typedef struct {
  gint64 n;
  WdTime since;
} WdTroubleCount;

const char *const *wd_wallet_trouble_words (void);
const char        *wd_wallet_trouble_word (WdWalletTrouble kind);
const char        *wd_wallet_trouble_label (WdWalletTrouble kind);
const char        *wd_wallet_trouble_word_label (const char *word);
char              *wd_wallet_trouble_explain (WdWalletTrouble kind, const WdHealthLimits *limits);
const char        *wd_wallet_trouble_advice (WdWalletTrouble kind);

G_END_DECLS
