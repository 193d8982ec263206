/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-audit-filter.h"
#include "model/wd-filter.h"
#include "model/wd-page.h"

G_BEGIN_DECLS

/**
 * WdExportKind:
 * @WD_EXPORT_JOBS: rows are #WdJob, with their data
 * @WD_EXPORT_WALLETS: rows are #WdWallet
 * @WD_EXPORT_AUDIT: rows are #WdAuditEntry
 * @WD_EXPORT_BULK: rows are #WdBulkItem, by their place: the report of a bulk run
 */
typedef enum {
  WD_EXPORT_JOBS,
  WD_EXPORT_WALLETS,
  WD_EXPORT_AUDIT,
  WD_EXPORT_BULK,
} WdExportKind;

/**
 * WdExportFormat:
 * @WD_EXPORT_CSV: RFC 4180 with a header
 * @WD_EXPORT_JSON_LINES: one object in a line
 */
typedef enum {
  WD_EXPORT_CSV,
  WD_EXPORT_JSON_LINES,
} WdExportFormat;

/**
 * WdExportRequest:
 * @kind: rows of what
 * @jobs: (owned) (nullable): the filter for jobs; %NULL for the other kinds
 * @wallets: (owned) (nullable): likewise for wallets
 * @audit: (owned) (nullable): likewise for the audit trail
 * @bulk_run: (owned) (nullable): likewise the UUID of a bulk run
 * @sort: order; of the items of a bulk run by their place, whatever it says
 * @ascending: else descending
 * @limit: rows at most; 0 for all
 *
 * A whole filtered set.
 */
typedef struct {
  WdExportKind kind;
  WdJobFilter *jobs;
  WdWalletFilter *wallets;
  WdAuditFilter *audit;
  char *bulk_run;
  WdSort sort;
  gboolean ascending;
  guint limit;
} WdExportRequest;

WdExportRequest *wd_export_request_new_jobs (const WdJobFilter *filter);
WdExportRequest *wd_export_request_new_wallets (const WdWalletFilter *filter);
WdExportRequest *wd_export_request_new_audit (const WdAuditFilter *filter);
WdExportRequest *wd_export_request_new_bulk (const char *run_id);
WdExportRequest *wd_export_request_copy (const WdExportRequest *self);
void             wd_export_request_free (WdExportRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdExportRequest, wd_export_request_free)

gboolean    wd_export_format_from_string (const char *word, WdExportFormat *format);
const char *wd_export_format_to_string (WdExportFormat format);

G_END_DECLS
