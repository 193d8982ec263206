/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "backend/wd-export-batch.h"
#include "model/wd-ability.h"
#include "model/wd-audit-entry.h"
#include "model/wd-audit-filter.h"
#include "model/wd-bulk-item.h"
#include "model/wd-bulk-run.h"
#include "model/wd-check.h"
#include "model/wd-drift.h"
#include "model/wd-migration-step.h"
#include "model/wd-error-report.h"
#include "model/wd-export-request.h"
#include "model/wd-filter.h"
#include "model/wd-flags.h"
#include "model/wd-flow.h"
#include "model/wd-health.h"
#include "model/wd-history.h"
#include "model/wd-live.h"
#include "model/wd-outlook.h"
#include "model/wd-page.h"
#include "model/wd-queue-jobs.h"
#include "model/wd-queue-limits.h"
#include "model/wd-queue-order.h"
#include "model/wd-request.h"
#include "model/wd-result.h"
#include "model/wd-scheduler.h"
#include "model/wd-stats.h"
#include "model/wd-wallet-detail.h"

G_BEGIN_DECLS

/**
 * WdMigrateProgress:
 * @name: the migration that runs
 * @index: its statement about to run, from 0
 * @n_statements: how many it has
 * @data: as given
 *
 * Called on the caller's main context, never after the answer; again from 0 when a migration is
 * tried again because a table was locked.
 */
typedef void (*WdMigrateProgress) (const char *name, guint index, guint n_statements,
                                   gpointer data);

/**
 * WdExportFunc:
 * @batch: (transfer full): the next rows; let go of once they are written
 * @data: as given
 *
 * Called on the caller's main context, never after the answer.
 */
typedef void (*WdExportFunc) (WdExportBatch *batch, gpointer data);

/**
 * WdBulkProgress:
 * @done: how many jobs or wallets are done
 * @refused: how many are not, and will not be
 * @total: of how many
 * @data: as given
 *
 * Called on the caller's main context, never after the answer.
 */
typedef void (*WdBulkProgress) (gint64 done, gint64 refused, gint64 total, gpointer data);

/**
 * WdDriftProgress:
 * @n_jobs: jobs in queues that were looked at so far
 * @n_rows: rows likewise
 * @data: as given
 *
 * Called on the caller's main context, never after the answer.
 */
typedef void (*WdDriftProgress) (gint64 n_jobs, gint64 n_rows, gpointer data);

#define WD_TYPE_BACKEND (wd_backend_get_type ())
G_DECLARE_INTERFACE (WdBackend, wd_backend, WD, BACKEND, GObject)

/**
 * WdBackendInterface:
 *
 * The one door to a platform's workers. Every call returns at once and answers through its
 * callback on the thread-default main context of the caller; a triggered cancellable answers
 * %G_IO_ERROR_CANCELLED, on the servers too where that is possible. Every answer is a #GTask's.
 */
struct _WdBackendInterface {
  GTypeInterface parent_iface;

  void (*load_stats) (WdBackend *self, GTimeZone *zone, GTask *task);
  void (*list_jobs) (WdBackend *self, const WdJobFilter *filter, const WdPageRequest *page,
                     GTask *task);
  void (*load_job) (WdBackend *self, const char *id, GTask *task);
  void (*find_jobs) (WdBackend *self, const char *const *ids, GTask *task);
  void (*load_error_report) (WdBackend *self, const WdJobFilter *filter, guint n_jobs, GTask *task);
  void (*load_history) (WdBackend *self, const WdHistoryRequest *request, GTask *task);
  void (*list_wallets) (WdBackend *self, const WdWalletFilter *filter, const WdPageRequest *page,
                        GTask *task);
  void (*load_wallet) (WdBackend *self, const char *address, GTask *task);
  void (*list_networks) (WdBackend *self, GTask *task);
  void (*load_outlook) (WdBackend *self, const char *const *addresses, GTask *task);
  void (*dispatch) (WdBackend *self, const WdDispatchRequest *request, GTask *task);
  void (*retry) (WdBackend *self, const WdRetryRequest *request, GTask *task);
  void (*set_flags) (WdBackend *self, const char *address, WdTristate needs_gas,
                     WdTristate needs_consolidation, GTask *task);
  void (*change_flag) (WdBackend *self, const WdFlagRequest *request, GTask *task);
  void (*list_queues) (WdBackend *self, GTask *task);
  void (*load_health) (WdBackend *self, GTask *task);
  void (*load_health_limits) (WdBackend *self, GTask *task);
  void (*set_health_limits) (WdBackend *self, const WdHealthLimits *before,
                             const WdHealthLimits *after, GTask *task);
  void (*set_queue_paused) (WdBackend *self, const char *queue, gboolean paused, GTask *task);
  void (*list_outbox) (WdBackend *self, GTask *task);
  void (*send_outbox) (WdBackend *self, const char *const *ids, guint min_age_ms, GTask *task);
  void (*discard_outbox) (WdBackend *self, const char *const *ids, GTask *task);
  void (*list_audit) (WdBackend *self, const WdAuditFilter *filter, const WdPageRequest *page,
                      GTask *task);
  void (*export_rows) (WdBackend *self, const WdExportRequest *request, WdExportFunc func,
                       gpointer func_data, GTask *task);
  void (*freeze_bulk) (WdBackend *self, const WdBulkRequest *request, GTask *task);
  void (*run_bulk) (WdBackend *self, const char *id, WdBulkProgress progress,
                    gpointer progress_data, GTask *task);
  void (*load_bulk) (WdBackend *self, const char *id, GTask *task);
  void (*list_bulk) (WdBackend *self, GTask *task);
  void (*pause_bulk) (WdBackend *self, const char *id, GTask *task);
  void (*discard_bulk) (WdBackend *self, const char *id, GTask *task);
  void (*leave_bulk) (WdBackend *self);
  void (*check_drift) (WdBackend *self, WdDriftProgress progress, gpointer progress_data,
                       GTask *task);
  void (*fix_drift) (WdBackend *self, const WdDriftFix *fix, GTask *task);
  void (*plan_queue) (WdBackend *self, const WdQueueOrder *order, GTask *task);
  void (*run_queue) (WdBackend *self, WdQueuePlan *plan, WdBulkProgress progress,
                     gpointer progress_data, GTask *task);
  void (*list_schedulers) (WdBackend *self, const char *queue, const char *cursor, guint limit,
                           GTask *task);
  void (*set_queue_limits) (WdBackend *self, const char *queue, const WdQueueLimits *before,
                            const WdQueueLimits *after, GTask *task);
  void (*list_queue_jobs) (WdBackend *self, WdQueueJobsRequest *request, GTask *task);
  void (*load_queue_job) (WdBackend *self, const char *queue, const char *id, GTask *task);
  void (*load_flow) (WdBackend *self, const char *queue, const char *id, GTask *task);
  void (*migrate) (WdBackend *self, gboolean dry_run, const char *const *names,
                   WdMigrateProgress progress, gpointer progress_data, GTask *task);
  void (*run_doctor) (WdBackend *self, gboolean recount, GTask *task);
  void (*set_listening) (WdBackend *self, gboolean listening);
  void (*look_anew) (WdBackend *self);
  WdLive *(*get_live) (WdBackend *self);
  const char *(*get_lack) (WdBackend *self, WdAbility ability);
};

void     wd_backend_load_stats_async (WdBackend *self, GTimeZone *zone, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
WdStats *wd_backend_load_stats_finish (WdBackend *self, GAsyncResult *result, GError **error);

void    wd_backend_list_jobs_async (WdBackend *self, const WdJobFilter *filter,
                                    const WdPageRequest *page, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
WdPage *wd_backend_list_jobs_finish (WdBackend *self, GAsyncResult *result, GError **error);

void         wd_backend_load_job_async (WdBackend *self, const char *id, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
WdJobDetail *wd_backend_load_job_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_find_jobs_async (WdBackend *self, const char *const *ids,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
GPtrArray *wd_backend_find_jobs_finish (WdBackend *self, GAsyncResult *result, GError **error);

void           wd_backend_load_error_report_async (WdBackend *self, const WdJobFilter *filter,
                                                   guint n_jobs, GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer data);
WdErrorReport *wd_backend_load_error_report_finish (WdBackend *self, GAsyncResult *result,
                                                    GError **error);

void       wd_backend_load_history_async (WdBackend *self, const WdHistoryRequest *request,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
WdHistory *wd_backend_load_history_finish (WdBackend *self, GAsyncResult *result, GError **error);

void    wd_backend_list_wallets_async (WdBackend *self, const WdWalletFilter *filter,
                                       const WdPageRequest *page, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);
WdPage *wd_backend_list_wallets_finish (WdBackend *self, GAsyncResult *result, GError **error);

void            wd_backend_load_wallet_async (WdBackend *self, const char *address,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
WdWalletDetail *wd_backend_load_wallet_finish (WdBackend *self, GAsyncResult *result,
                                               GError **error);

void   wd_backend_list_networks_async (WdBackend *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);
char **wd_backend_list_networks_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_load_outlook_async (WdBackend *self, const char *const *addresses,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
WdOutlook *wd_backend_load_outlook_finish (WdBackend *self, GAsyncResult *result, GError **error);

void            wd_backend_dispatch_async (WdBackend *self, const WdDispatchRequest *request,
                                           GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer data);
WdActionResult *wd_backend_dispatch_finish (WdBackend *self, GAsyncResult *result, GError **error);

void            wd_backend_retry_async (WdBackend *self, const WdRetryRequest *request,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
WdActionResult *wd_backend_retry_finish (WdBackend *self, GAsyncResult *result, GError **error);

void      wd_backend_set_flags_async (WdBackend *self, const char *address, WdTristate needs_gas,
                                      WdTristate needs_consolidation, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
WdWallet *wd_backend_set_flags_finish (WdBackend *self, GAsyncResult *result, GError **error);

void          wd_backend_change_flag_async (WdBackend *self, const WdFlagRequest *request,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer data);
WdFlagResult *wd_backend_change_flag_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_list_queues_async (WdBackend *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);
GPtrArray *wd_backend_list_queues_finish (WdBackend *self, GAsyncResult *result, GError **error);

void      wd_backend_load_health_async (WdBackend *self, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
WdHealth *wd_backend_load_health_finish (WdBackend *self, GAsyncResult *result, GError **error);

void            wd_backend_load_health_limits_async (WdBackend *self, GCancellable *cancellable,
                                                     GAsyncReadyCallback callback, gpointer data);
WdHealthLimits *wd_backend_load_health_limits_finish (WdBackend *self, GAsyncResult *result,
                                                      GError **error);

void     wd_backend_set_health_limits_async (WdBackend *self, const WdHealthLimits *before,
                                             const WdHealthLimits *after, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer data);
gboolean wd_backend_set_health_limits_finish (WdBackend *self, GAsyncResult *result,
                                              GError **error);

void     wd_backend_set_queue_paused_async (WdBackend *self, const char *queue, gboolean paused,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer data);
gboolean wd_backend_set_queue_paused_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_list_outbox_async (WdBackend *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);
GPtrArray *wd_backend_list_outbox_finish (WdBackend *self, GAsyncResult *result, GError **error);

void            wd_backend_send_outbox_async (WdBackend *self, const char *const *ids,
                                              guint min_age_ms, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
WdOutboxReport *wd_backend_send_outbox_finish (WdBackend *self, GAsyncResult *result,
                                               GError **error);

void            wd_backend_discard_outbox_async (WdBackend *self, const char *const *ids,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer data);
WdOutboxReport *wd_backend_discard_outbox_finish (WdBackend *self, GAsyncResult *result,
                                                  GError **error);

void    wd_backend_list_audit_async (WdBackend *self, const WdAuditFilter *filter,
                                     const WdPageRequest *page, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
WdPage *wd_backend_list_audit_finish (WdBackend *self, GAsyncResult *result, GError **error);

void   wd_backend_export_async (WdBackend *self, const WdExportRequest *request, WdExportFunc func,
                                gpointer func_data, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
gint64 wd_backend_export_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_freeze_bulk_async (WdBackend *self, const WdBulkRequest *request,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data);
WdBulkRun *wd_backend_freeze_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_run_bulk_async (WdBackend *self, const char *id, WdBulkProgress progress,
                                      gpointer progress_data, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
WdBulkRun *wd_backend_run_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_load_bulk_async (WdBackend *self, const char *id, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);
WdBulkRun *wd_backend_load_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_list_bulk_async (WdBackend *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);
GPtrArray *wd_backend_list_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_pause_bulk_async (WdBackend *self, const char *id, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
WdBulkRun *wd_backend_pause_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error);

gboolean   wd_backend_bulk_goes_on (WdBackend *self);
void       wd_backend_leave_bulk (WdBackend *self);

void       wd_backend_discard_bulk_async (WdBackend *self, const char *id,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
WdBulkRun *wd_backend_discard_bulk_finish (WdBackend *self, GAsyncResult *result, GError **error);

void           wd_backend_check_drift_async (WdBackend *self, WdDriftProgress progress,
                                             gpointer progress_data, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer data);
WdDriftReport *wd_backend_check_drift_finish (WdBackend *self, GAsyncResult *result,
                                              GError **error);

void            wd_backend_fix_drift_async (WdBackend *self, const WdDriftFix *fix,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer data);
WdOutboxReport *wd_backend_fix_drift_finish (WdBackend *self, GAsyncResult *result,
                                             GError **error);

void         wd_backend_plan_queue_async (WdBackend *self, const WdQueueOrder *order,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
WdQueuePlan *wd_backend_plan_queue_finish (WdBackend *self, GAsyncResult *result, GError **error);

void            wd_backend_run_queue_async (WdBackend *self, WdQueuePlan *plan,
                                            WdBulkProgress progress, gpointer progress_data,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer data);
WdOutboxReport *wd_backend_run_queue_finish (WdBackend *self, GAsyncResult *result,
                                             GError **error);

void             wd_backend_list_schedulers_async (WdBackend *self, const char *queue,
                                                   const char *cursor, guint limit,
                                                   GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer data);
WdSchedulerPage *wd_backend_list_schedulers_finish (WdBackend *self, GAsyncResult *result,
                                                    GError **error);

void     wd_backend_set_queue_limits_async (WdBackend *self, const char *queue,
                                            const WdQueueLimits *before,
                                            const WdQueueLimits *after, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer data);
gboolean wd_backend_set_queue_limits_finish (WdBackend *self, GAsyncResult *result, GError **error);

void         wd_backend_list_queue_jobs_async (WdBackend *self, WdQueueJobsRequest *request,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer data);
WdQueueJobs *wd_backend_list_queue_jobs_finish (WdBackend *self, GAsyncResult *result,
                                                GError **error);

void         wd_backend_load_queue_job_async (WdBackend *self, const char *queue, const char *id,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
WdJobDetail *wd_backend_load_queue_job_finish (WdBackend *self, GAsyncResult *result,
                                               GError **error);

void    wd_backend_load_flow_async (WdBackend *self, const char *queue, const char *id,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data);
WdFlow *wd_backend_load_flow_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_migrate_async (WdBackend *self, gboolean dry_run, const char *const *names,
                                     WdMigrateProgress progress, gpointer progress_data,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
GPtrArray *wd_backend_migrate_finish (WdBackend *self, GAsyncResult *result, GError **error);

void       wd_backend_run_doctor_async (WdBackend *self, gboolean recount,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
GPtrArray *wd_backend_run_doctor_finish (WdBackend *self, GAsyncResult *result, GError **error);

void    wd_backend_set_listening (WdBackend *self, gboolean listening);
void    wd_backend_look_anew (WdBackend *self);
WdLive *wd_backend_get_live (WdBackend *self);

const char *wd_backend_get_lack (WdBackend *self, WdAbility ability);
gboolean    wd_backend_has_orders (WdBackend *self);

G_END_DECLS
