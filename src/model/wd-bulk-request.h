/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "model/wd-origin.h"
#include "model/wd-words.h"

G_BEGIN_DECLS

/**
 * WdBulkOperation:
 * @WD_BULK_RETRY: queue failed jobs again
 * @WD_BULK_DISPATCH: queue a job for each wallet
 * @WD_BULK_SET_FLAGS: set or clear the flags of wallets
 *
 * What is done to many at once.
 */
typedef enum {
  WD_BULK_RETRY,
  WD_BULK_DISPATCH,
  WD_BULK_SET_FLAGS,
} WdBulkOperation;

const char *wd_bulk_operation_word (WdBulkOperation operation);
gboolean    wd_bulk_operation_from_word (const char *word, WdBulkOperation *operation);
gboolean    wd_bulk_operation_is_for_wallets (WdBulkOperation operation);

/**
 * WdBulkRequest:
 * @operation: what to do
 * @jobs: (owned) (nullable): retry: every failed job that it lets through; its statuses are not
 *   looked at
 * @wallets: (owned) (nullable): dispatch and flags: every wallet that it lets through
 * @subjects: (owned) (nullable) (array zero-terminated=1): instead of a filter: ids of rows of
 *   `job_logs`, or wallet addresses; repetitions count once
 * @reset: retry: start with the full number of attempts again
 * @job_type: (owned) (nullable): dispatch: which work
 * @user_id: (owned) (nullable): dispatch: %NULL takes each wallet's own
 * @priority: dispatch: on the platform's scale, larger is more urgent
 * @force: dispatch and retry: lifts the duplicate guard, and of a dispatch the check for an unknown
 *   wallet; nothing else
 * @needs_gas: flags: what to set, or unset to leave it
 * @needs_consolidation: likewise
 * @origin: (owned) (nullable): on whose behalf
 *
 * Work on many jobs or wallets: on a selection, or on all that a filter lets through.
 */
typedef struct {
  WdBulkOperation operation;
  WdJobFilter *jobs;
  WdWalletFilter *wallets;
  char **subjects;
  gboolean reset;
  char *job_type;
  char *user_id;
  WdPriority priority;
  gboolean force;
  WdTristate needs_gas;
  WdTristate needs_consolidation;
  WdOrigin *origin;
} WdBulkRequest;

WdBulkRequest *wd_bulk_request_new (WdBulkOperation operation);
WdBulkRequest *wd_bulk_request_copy (const WdBulkRequest *self);
void           wd_bulk_request_free (WdBulkRequest *self);
gboolean       wd_bulk_request_validate (const WdBulkRequest *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBulkRequest, wd_bulk_request_free)

G_END_DECLS
