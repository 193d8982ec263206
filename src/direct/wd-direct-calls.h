/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "direct/wd-lane.h"
#include "model/wd-audit-filter.h"
#include "model/wd-filter.h"
#include "model/wd-flags.h"
#include "model/wd-page.h"
#include "model/wd-queue-jobs.h"
#include "model/wd-request.h"

G_BEGIN_DECLS

/**
 * WdDirectCall:
 *
 * The arguments of one call on their way to a lane; each call uses those it needs.
 */
typedef struct {
  GTimeZone *zone;
  WdJobFilter *job_filter;
  WdWalletFilter *wallet_filter;
  WdAuditFilter *audit_filter;
  WdPageRequest *page;
  WdDispatchRequest *dispatch;
  WdRetryRequest *retry;
  WdFlagRequest *flags;
  WdBulkRequest *bulk;
  WdExportRequest *export;
  WdHistoryRequest *history;
  WdOrigin *origin;
  WdDriftFix *fix;
  WdQueueOrder *queue_order;
  WdQueuePlan *queue_plan;
  WdQueueLimits limits[2];
  WdHealthLimits health_limits[2];
  WdQueueJobsRequest *queue_jobs;
  char *text;
  char **ids;
  guint number;
  gboolean flag;
  WdTristate needs_gas;
  WdTristate needs_consolidation;
  WdMigrateProgress progress;
  gpointer progress_data;
  WdBulkProgress bulk_progress;
  WdDriftProgress drift_progress;
  char *cursor;
  WdExportFunc take_batch;
  gpointer take_batch_data;
} WdDirectCall;

WdDirectCall *wd_direct_call_new (void);
void          wd_direct_call_free (WdDirectCall *self);

void wd_direct_return (GTask *task, gpointer answer, gpointer free_func, GError *error);

/* Each runs in a lane's worker and returns the task with what the backend's method promises. */
void wd_direct_call_load_stats (GTask *task, gpointer lane, gpointer call,
                                GCancellable *cancellable);
void wd_direct_call_list_jobs (GTask *task, gpointer lane, gpointer call,
                               GCancellable *cancellable);
void wd_direct_call_load_job (GTask *task, gpointer lane, gpointer call, GCancellable *cancellable);
void wd_direct_call_find_jobs (GTask *task, gpointer lane, gpointer call,
                               GCancellable *cancellable);
void wd_direct_call_load_error_report (GTask *task, gpointer lane, gpointer call,
                                       GCancellable *cancellable);
void wd_direct_call_list_wallets (GTask *task, gpointer lane, gpointer call,
                                  GCancellable *cancellable);
void wd_direct_call_load_wallet (GTask *task, gpointer lane, gpointer call,
                                 GCancellable *cancellable);
void wd_direct_call_list_networks (GTask *task, gpointer lane, gpointer call,
                                   GCancellable *cancellable);
void wd_direct_call_load_outlook (GTask *task, gpointer lane, gpointer call,
                                  GCancellable *cancellable);
void wd_direct_call_dispatch (GTask *task, gpointer lane, gpointer call, GCancellable *cancellable);
void wd_direct_call_retry (GTask *task, gpointer lane, gpointer call, GCancellable *cancellable);
void wd_direct_call_set_flags (GTask *task, gpointer lane, gpointer call,
                               GCancellable *cancellable);
void wd_direct_call_change_flag (GTask *task, gpointer lane, gpointer call,
                                 GCancellable *cancellable);
void wd_direct_call_list_queues (GTask *task, gpointer lane, gpointer call,
                                 GCancellable *cancellable);
void wd_direct_call_load_health (GTask *task, gpointer lane, gpointer call,
                                 GCancellable *cancellable);
void wd_direct_call_set_queue_paused (GTask *task, gpointer lane, gpointer call,
                                      GCancellable *cancellable);
void wd_direct_call_list_outbox (GTask *task, gpointer lane, gpointer call,
                                 GCancellable *cancellable);
void wd_direct_call_send_outbox (GTask *task, gpointer lane, gpointer call,
                                 GCancellable *cancellable);
void wd_direct_call_discard_outbox (GTask *task, gpointer lane, gpointer call,
                                    GCancellable *cancellable);
void wd_direct_call_list_audit (GTask *task, gpointer lane, gpointer call,
                                GCancellable *cancellable);
void wd_direct_call_freeze_bulk (GTask *task, gpointer lane, gpointer call,
                                 GCancellable *cancellable);
void wd_direct_call_run_bulk (GTask *task, gpointer lane, gpointer call,
                              GCancellable *cancellable);
void wd_direct_call_load_bulk (GTask *task, gpointer lane, gpointer call,
                               GCancellable *cancellable);
void wd_direct_call_pause_bulk (GTask *task, gpointer lane, gpointer call,
                                GCancellable *cancellable);
void wd_direct_call_list_bulk (GTask *task, gpointer lane, gpointer call,
                               GCancellable *cancellable);
void wd_direct_call_discard_bulk (GTask *task, gpointer lane, gpointer call,
                                  GCancellable *cancellable);
void wd_direct_call_export (GTask *task, gpointer lane, gpointer call, GCancellable *cancellable);
void wd_direct_call_check_drift (GTask *task, gpointer lane, gpointer call,
                                 GCancellable *cancellable);
void wd_direct_call_fix_drift (GTask *task, gpointer lane, gpointer call,
                               GCancellable *cancellable);
void wd_direct_call_plan_queue (GTask *task, gpointer lane, gpointer call,
                                GCancellable *cancellable);
void wd_direct_call_run_queue (GTask *task, gpointer lane, gpointer call,
                               GCancellable *cancellable);
void wd_direct_call_list_schedulers (GTask *task, gpointer lane, gpointer call,
                                     GCancellable *cancellable);
void wd_direct_call_set_queue_limits (GTask *task, gpointer lane, gpointer call,
                                      GCancellable *cancellable);
void wd_direct_call_load_health_limits (GTask *task, gpointer lane, gpointer call,
                                        GCancellable *cancellable);
void wd_direct_call_set_health_limits (GTask *task, gpointer lane, gpointer call,
                                       GCancellable *cancellable);
void wd_direct_call_migrate (GTask *task, gpointer lane, gpointer call, GCancellable *cancellable);
void wd_direct_call_run_doctor (GTask *task, gpointer lane, gpointer call,
                                GCancellable *cancellable);

G_END_DECLS
