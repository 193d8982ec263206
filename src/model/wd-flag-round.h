/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-flag-rule.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdFlagRoundRequest:
 * @policy: how many jobs there may be
 * @dry_run: writes nothing, and says what would be made
 * @after: (nullable): by #WdFlag: the wallet with which the round before ended
 */
typedef struct {
  WdFlagPolicy policy;
  gboolean dry_run;
  char *after[WD_N_FLAGS];
} WdFlagRoundRequest;

/**
 * WdFlagEvent:
 * @flag: which flag
 * @address: of which wallet
 * @since: since when that is set, or %WD_TIME_NONE
 * @job_id: (nullable): the job
 */
typedef struct {
  WdFlag flag;
  char *address;
  WdTime since;
  char *job_id;
} WdFlagEvent;

/**
 * WdFlagRound:
 * @standing_by: somebody else is at it
 * @hindrance: (nullable): by #WdFlag: why nothing was done about it
 * @n: how many flags of each kind were found in which state
 * @made: (element-type WdFlagEvent): jobs that were made, or would be
 * @stopped: (element-type WdFlagEvent): flags for which no more are made, as is known since now
 * @n_undelivered: jobs of @made that their queue does not have yet
 * @unusable: (nullable): an address for which nobody can make a job
 * @failure: (nullable): a wallet for which the database took no job, and why
 * @after: (nullable): by #WdFlag: the wallet with which it ended; %NULL for the last
 * @has_more: there are wallets that were not looked at, and nothing is in the way
 *
 * What became of one look at the wallets with flags. Immutable once published.
 */
typedef struct {
  gboolean standing_by;
  char *hindrance[WD_N_FLAGS];
  guint n[WD_N_FLAGS][WD_N_FLAG_VERDICTS];
  GPtrArray *made;
  GPtrArray *stopped;
  guint n_undelivered;
  char *unusable;
  char *failure;
  char *after[WD_N_FLAGS];
  gboolean has_more;
} WdFlagRound;

WD_DECLARE_RECORD (WdFlagRound, wd_flag_round)

WdFlagRound        *wd_flag_round_create (void);
void                wd_flag_round_add (GPtrArray *events, WdFlag flag, const WdFlagFacts *facts,
                                       const char *job_id);
WdFlagRoundRequest *wd_flag_round_request_copy (const WdFlagRoundRequest *self);
void                wd_flag_round_request_free (WdFlagRoundRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdFlagRoundRequest, wd_flag_round_request_free)

G_END_DECLS
