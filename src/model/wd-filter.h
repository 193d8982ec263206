/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

/**
 * WdJobFilter:
 * @statuses: (nullable) (array zero-terminated=1): any of these words; `active` also finds
 *   `processing`
 * @types: (nullable) (array zero-terminated=1): any of these
 * @triggers: (nullable) (array zero-terminated=1): any of these
 * @wallet: (nullable): exactly this address
 * @user: (nullable): exactly this UUID
 * @from: created at or after, or %WD_TIME_NONE
 * @to: created at or before, or %WD_TIME_NONE
 * @completed_from: ended at or after, or %WD_TIME_NONE; what has not ended is left out
 * @completed_to: ended at or before, or %WD_TIME_NONE; likewise
 * @search: (nullable): substring of id, job_id or wallet, in any case
 * @id_prefix: (nullable): how its id or job_id begins, in any case; a whole UUID is compared as one
 * @error_group: (nullable): name of the #WdErrorGroup its error message belongs to; "" for none
 *
 * Which jobs. %NULL and %WD_TIME_NONE do not restrict; what is given holds together.
 */
typedef struct {
  char **statuses;
  char **types;
  char **triggers;
  char *wallet;
  char *user;
  WdTime from;
  WdTime to;
  WdTime completed_from;
  WdTime completed_to;
  char *search;
  char *id_prefix;
  char *error_group;
} WdJobFilter;

WdJobFilter *wd_job_filter_new (void);
WdJobFilter *wd_job_filter_copy (const WdJobFilter *self);
void         wd_job_filter_free (WdJobFilter *self);
gboolean     wd_job_filter_equal (const WdJobFilter *a, const WdJobFilter *b);
gboolean     wd_job_filter_is_empty (const WdJobFilter *self);
gboolean     wd_job_filter_validate (const WdJobFilter *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdJobFilter, wd_job_filter_free)

/**
 * WdWalletFilter:
 * @needs_gas: a flag to have, or unset
 * @needs_consolidation: likewise
 * @networks: (nullable) (array zero-terminated=1): any of these
 * @min_balance: (nullable): decimal text, inclusive
 * @max_balance: (nullable): decimal text, inclusive
 * @user: (nullable): exactly this UUID
 * @search: (nullable): substring of the address or the user's id, in any case
 * @address_prefix: (nullable): how its address begins, in any case
 *
 * Which wallets.
 */
typedef struct {
  WdTristate needs_gas;
  WdTristate needs_consolidation;
  char **networks;
  char *min_balance;
  char *max_balance;
  char *user;
  char *search;
  char *address_prefix;
} WdWalletFilter;

WdWalletFilter *wd_wallet_filter_new (void);
WdWalletFilter *wd_wallet_filter_copy (const WdWalletFilter *self);
void            wd_wallet_filter_free (WdWalletFilter *self);
gboolean        wd_wallet_filter_equal (const WdWalletFilter *a, const WdWalletFilter *b);
gboolean        wd_wallet_filter_is_empty (const WdWalletFilter *self);
gboolean        wd_wallet_filter_validate (const WdWalletFilter *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdWalletFilter, wd_wallet_filter_free)

gboolean wd_uuid_validate (const char *text, const char *what, GError **error);

G_END_DECLS
