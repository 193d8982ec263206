/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backend's methods as they run in a worker: arguments out of the call, the blocking work, the
 * answer into the task. Here are those that read. */

#include "direct/wd-direct-calls.h"

#include "base/wd-time.h"
#include "direct/wd-direct-detail.h"
#include "direct/wd-direct-doctor.h"
#include "direct/wd-direct-health.h"
#include "direct/wd-direct-queues.h"
#include "direct/wd-direct-recovery.h"
#include "direct/wd-direct-stats.h"
#include "postgres/wd-pg-audit-list.h"
#include "postgres/wd-pg-error-report.h"
#include "postgres/wd-pg-jobs.h"
#include "postgres/wd-pg-wallet-detail.h"
#include "postgres/wd-pg-outlook.h"
#include "postgres/wd-pg-wallets.h"

/**
 * wd_direct_call_new:
 *
 * Returns: (transfer full): a call without arguments yet
 */
WdDirectCall *
wd_direct_call_new (void)
{
  return g_new0 (WdDirectCall, 1);
}

/**
 * wd_direct_call_free:
 * @self: (transfer full): a call with whatever arguments it has; as a task's data it goes in any
 *   thread
 */
void
wd_direct_call_free (WdDirectCall *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->job_filter, wd_job_filter_free);
  g_clear_pointer (&self->wallet_filter, wd_wallet_filter_free);
  g_clear_pointer (&self->audit_filter, wd_audit_filter_free);
  g_clear_pointer (&self->page, wd_page_request_free);
  g_clear_pointer (&self->dispatch, wd_dispatch_request_free);
  g_clear_pointer (&self->retry, wd_retry_request_free);
  g_clear_pointer (&self->flags, wd_flag_request_free);
  g_clear_pointer (&self->bulk, wd_bulk_request_free);
  g_clear_pointer (&self->export, wd_export_request_free);
  g_clear_pointer (&self->history, wd_history_request_free);
  g_clear_pointer (&self->origin, wd_origin_unref);
  g_clear_pointer (&self->fix, wd_drift_fix_unref);
  g_clear_pointer (&self->queue_order, wd_queue_order_unref);
  g_clear_pointer (&self->queue_plan, wd_queue_plan_unref);
  g_free (self->cursor);
  g_clear_pointer (&self->queue_jobs, wd_queue_jobs_request_unref);
  g_free (self->text);
  g_strfreev (self->ids);
  g_free (self);
}

/**
 * wd_direct_return:
 * @task: to be returned
 * @answer: (transfer full) (nullable): with this
 * @free_func: of @answer
 * @error: (transfer full) (nullable): or with this
 */
void
wd_direct_return (GTask *task, gpointer answer, gpointer free_func, GError *error)
{
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) free_func);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_load_stats:
 * @task: returned with a #WdStats
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `zone`
 * @cancellable: (nullable): the task's
 *
 * Afterwards it folds a slice of the counts' deltas if it is time to.
 */
void
wd_direct_call_load_stats (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdStats *stats = wd_direct_load_stats (lane, call->zone, cancellable, &error);

  wd_direct_return (task, stats, wd_stats_unref, error);
  wd_lane_fold_counts (lane);
}

/* To pass over a list may take longer than to read a page of it. */
static gint64
page_deadline (const WdPageRequest *page)
{
  return wd_deadline_in (page->stride > 0 ? WD_PASS_MS : WD_READ_MS);
}

/**
 * wd_direct_call_list_jobs:
 * @task: returned with a #WdPage of #WdJob
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `job_filter` and `page`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_list_jobs (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdPage *page = NULL;

  if (postgres != NULL)
    page = wd_pg_jobs_list (postgres, call->job_filter, call->page, page_deadline (call->page),
                            cancellable, &error);
  wd_direct_return (task, page, wd_page_unref, error);
}

/**
 * wd_direct_call_load_job:
 * @task: returned with a #WdJobDetail
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the row's UUID or its `job_id`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_load_job (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdJobDetail *detail = wd_direct_load_job (lane, call->text, cancellable, &error);

  wd_direct_return (task, detail, wd_job_detail_unref, error);
}

/**
 * wd_direct_call_find_jobs:
 * @task: returned with a #GPtrArray of #WdJob
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `ids`, rows' UUIDs or `job_id`s
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_find_jobs (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  GPtrArray *jobs = NULL;

  if (postgres != NULL)
    jobs = wd_pg_jobs_find (postgres, (const char *const *) call->ids, g_strv_length (call->ids),
                            NULL, wd_deadline_in (WD_READ_MS), cancellable, &error);
  wd_direct_return (task, jobs, g_ptr_array_unref, error);
}

/**
 * wd_direct_call_load_error_report:
 * @task: returned with a #WdErrorReport
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `job_filter` and `number`, the jobs to look at
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_load_error_report (GTask *task, gpointer lane, gpointer data,
                                  GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  gint64 deadline = wd_deadline_in (call->number > WD_ERROR_REPORT_JOBS ? WD_REPORT_MS
                                                                        : WD_READ_MS);
  WdErrorReport *report = NULL;

  if (postgres != NULL)
    report = wd_pg_error_report (postgres, call->job_filter, call->number, deadline, cancellable,
                                 &error);
  wd_direct_return (task, report, wd_error_report_unref, error);
}

/**
 * wd_direct_call_list_wallets:
 * @task: returned with a #WdPage of #WdWallet
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `wallet_filter` and `page`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_list_wallets (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdPage *page = NULL;

  if (postgres != NULL)
    page = wd_pg_wallets_list (postgres, call->wallet_filter, call->page,
                               page_deadline (call->page), cancellable, &error);
  wd_direct_return (task, page, wd_page_unref, error);
}

/**
 * wd_direct_call_load_wallet:
 * @task: returned with a #WdWalletDetail
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the address
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_load_wallet (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdWalletDetail *detail = NULL;

  if (postgres != NULL)
    detail = wd_pg_wallet_detail_load (postgres, call->text, wd_deadline_in (WD_READ_MS),
                                       cancellable, &error);
  wd_direct_return (task, detail, wd_wallet_detail_unref, error);
}

/**
 * wd_direct_call_list_networks:
 * @task: returned with a zero-terminated array of names
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): unused
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_list_networks (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  char **networks = NULL;

  if (postgres != NULL)
    networks = wd_pg_wallets_networks (postgres, wd_deadline_in (WD_READ_MS), cancellable, &error);
  wd_direct_return (task, networks, g_strfreev, error);
}

/**
 * wd_direct_call_load_outlook:
 * @task: returned with a #WdOutlook
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `ids`, addresses of wallets
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_load_outlook (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdOutlook *outlook = NULL;

  if (postgres != NULL)
    outlook = wd_pg_outlook (postgres, (const char *const *) call->ids,
                             wd_deadline_in (WD_READ_MS), cancellable, &error);
  wd_direct_return (task, outlook, wd_outlook_unref, error);
}

/**
 * wd_direct_call_list_queues:
 * @task: returned with a #GPtrArray of #WdQueueCounts
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): unused
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_list_queues (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *queues = wd_direct_list_queues (lane, cancellable, &error);

  wd_direct_return (task, queues, g_ptr_array_unref, error);
}

/**
 * wd_direct_call_load_health:
 * @task: returned with a #WdHealth
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): unused
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_load_health (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  WdHealth *health = wd_direct_load_health (lane, cancellable, &error);

  wd_direct_return (task, health, wd_health_unref, error);
}

/**
 * wd_direct_call_list_outbox:
 * @task: returned with a #GPtrArray of #WdOutboxEntry
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): unused
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_list_outbox (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *entries = wd_direct_list_outbox (lane, cancellable, &error);

  wd_direct_return (task, entries, g_ptr_array_unref, error);
}

/**
 * wd_direct_call_list_audit:
 * @task: returned with a #WdPage of #WdAuditEntry
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `audit_filter` and `page`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_list_audit (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdPage *page = NULL;

  if (postgres != NULL)
    page = wd_pg_audit_list (postgres, call->audit_filter, call->page, page_deadline (call->page),
                             cancellable, &error);
  wd_direct_return (task, page, wd_page_unref, error);
}

/**
 * wd_direct_call_run_doctor:
 * @task: returned with a #GPtrArray of #WdCheck
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `flag`, whether to count everything anew
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_run_doctor (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  GPtrArray *checks = wd_direct_run_doctor (lane, call->flag, cancellable, &error);

  wd_direct_return (task, checks, g_ptr_array_unref, error);
}
