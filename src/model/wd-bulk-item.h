/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdBulkItem:
 * @n: its place in the run, from 1
 * @job_log_id: (nullable): the row that is retried, or that was written for the wallet
 * @wallet_address: (nullable): whose it is
 * @network: (nullable): of the wallet
 * @job_type: (nullable): of the job
 * @status: (nullable): of the job, as it was frozen
 * @retry_count: likewise, or %WD_INT_NONE
 * @flags: (nullable): of the wallet, as it was frozen: those that matter, `t`, `f` or `-` each
 * @forecast: (nullable): why it was known to be refused when it was frozen, in a word of the
 *   database's; %NULL where nothing was
 * @result: (nullable): `done` or `refused`; %NULL for what is left
 * @reason: (nullable): why it was refused, or what is to be known about it
 *
 * One job or wallet of a bulk run, and what became of it: a row of the report. Immutable once
 * published.
 */
typedef struct {
  gint64 n;
  char *job_log_id;
  char *wallet_address;
  char *network;
  char *job_type;
  char *status;
  gint64 retry_count;
  char *flags;
  char *forecast;
  char *result;
  char *reason;
} WdBulkItem;

WD_DECLARE_RECORD (WdBulkItem, wd_bulk_item)

G_END_DECLS
