/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-data-test.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

/**
 * WdJobFilter:
 * @statuses: (nullable) (array zero-terminated=1): any of these words; `active` also finds
 *   `processing`
 * @types: (nullable) (array zero-terminated=1): any of these
 * @triggers: (nullable) (array zero-terminated=1): any of these
 * @not_statuses: (nullable) (array zero-terminated=1): none of these, as for @statuses
 * @not_types: (nullable) (array zero-terminated=1): none of these
 * @not_triggers: (nullable) (array zero-terminated=1): none of these
 * @wallet: (nullable): exactly this address
 * @user: (nullable): exactly this UUID
 * @from: created at or after, or %WD_TIME_NONE
 * @to: created at or before, or %WD_TIME_NONE
 * @from_ago: how long before now @from was when it was set, in microseconds; 0 for a @from that
 *   does not move with the clock
 * @to_ago: likewise for @to
 * @completed_from: ended at or after, or %WD_TIME_NONE; what has not ended is left out
 * @completed_to: ended at or before, or %WD_TIME_NONE; likewise
 * @completed_from_ago: as @from_ago, for @completed_from
 * @completed_to_ago: likewise for @completed_to
 * @retries_from: retried so often at least, or -1
 * @retries_to: retried so often at most, or -1
 * @error: (nullable): substring of the error, in any case
 * @not_error: (nullable): no substring of the error
 * @data: (nullable) (element-type WdDataTest): conditions on the data
 * @search: (nullable): substring of id, job_id or wallet, in any case
 * @words: (nullable): substring of id, job_id, wallet or error, in any case
 * @id_prefix: (nullable): how its id or job_id begins, in any case; a whole UUID is compared as one
 * @error_group: (nullable): name of the #WdErrorGroup its error message belongs to; "" for none
 *
 * Which jobs. %NULL and %WD_TIME_NONE do not restrict; what is given holds together.
 */
typedef struct {
  char **statuses;
  char **types;
  char **triggers;
  char **not_statuses;
  char **not_types;
  char **not_triggers;
  char *wallet;
  char *user;
  WdTime from;
  WdTime to;
  gint64 from_ago;
  gint64 to_ago;
  WdTime completed_from;
  WdTime completed_to;
  gint64 completed_from_ago;
  gint64 completed_to_ago;
  int retries_from;
  int retries_to;
  char *error;
  char *not_error;
  GPtrArray *data;
  char *search;
  char *words;
  char *id_prefix;
  char *error_group;
} WdJobFilter;

WdJobFilter *wd_job_filter_new (void);
void         wd_job_filter_set_now (WdJobFilter *self, WdTime now);
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
 * @not_networks: (nullable) (array zero-terminated=1): none of these
 * @troubles: (nullable) (array zero-terminated=1): in any of these troubles, as
 *   wd_wallet_trouble_words() names them; another word is one in which no wallet is
 * @not_troubles: (nullable) (array zero-terminated=1): in none of these
 * @min_balance: (nullable): decimal text, inclusive unless @above_min
 * @max_balance: (nullable): decimal text, inclusive unless @below_max
 * @above_min: whether @min_balance itself is too little
 * @below_max: whether @max_balance itself is too much
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
  char **not_networks;
  char **troubles;
  char **not_troubles;
  char *min_balance;
  char *max_balance;
  gboolean above_min;
  gboolean below_max;
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
