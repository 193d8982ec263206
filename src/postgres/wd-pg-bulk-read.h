/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-item.h"
#include "model/wd-bulk-run.h"
#include "postgres/wd-pg-connection.h"
#include "postgres/wd-pg-list-query.h"

G_BEGIN_DECLS

/* Why an item was known to be refused when it was frozen: words of `bulk_item.forecast`. The last
 * ones are about a job as its queue has it. */
#define WD_PG_BULK_NO_JOB       "no-job"
#define WD_PG_BULK_NOT_FAILED   "not-failed"
#define WD_PG_BULK_PERHAPS_RAN  "perhaps-ran"
#define WD_PG_BULK_EXHAUSTED    "exhausted"
#define WD_PG_BULK_NO_WALLET    "no-wallet"
#define WD_PG_BULK_UNDER_WAY    "under-way"
#define WD_PG_BULK_REPEATED     "repeated"
#define WD_PG_BULK_NO_QUEUE     "no-queue"
#define WD_PG_BULK_LAYOUT       "layout"
#define WD_PG_BULK_NOT_IN_QUEUE "not-in-queue"
#define WD_PG_BULK_NO_DATA      "no-data"
#define WD_PG_BULK_COMPLETED    "completed-in-queue"
#define WD_PG_BULK_GOES_ON      "not-failed-in-queue"

/* In `bulk_run.forecast`: how many could not be asked about. No forecast of any item. */
#define WD_PG_BULK_NOT_ASKED "not-asked"

/* Then a run's owner is taken for dead. */
#define WD_PG_BULK_TAKE_OVER "interval '60 seconds'"

/* What wd_pg_bulk_item_from_row() reads, of `bulk_item` as `i`. */
#define WD_PG_BULK_ITEM_COLUMNS                                                            \
  "i.n, i.job_log_id::text, i.wallet_address, i.network, i.job_type, i.status, "           \
  "i.retry_count, i.flags, i.result, i.reason, i.forecast"

gboolean       wd_pg_bulk_check_id (const char *run_id, GError **error);
WdBulkItem    *wd_pg_bulk_item_from_row (WdPgResult *result, guint row);
WdPgListQuery *wd_pg_bulk_query_new (const char *run_id, GError **error);
char          *wd_pg_bulk_count_query (const char *run_id, WdPgParams **params);

WdBulkRun *wd_pg_bulk_load (WdPgConnection *self, const char *run_id, gint64 deadline,
                            GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_bulk_list (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                            GError **error);

G_END_DECLS
