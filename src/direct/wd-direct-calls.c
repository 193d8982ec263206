/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backend's methods as they run in a worker: arguments out of the call, the blocking work, the
 * answer into the task. */

#include "direct/wd-direct-calls.h"

#include "base/wd-time.h"
#include "direct/wd-direct-detail.h"
#include "direct/wd-direct-discard.h"
#include "direct/wd-direct-dispatch.h"
#include "direct/wd-direct-doctor.h"
#include "direct/wd-direct-migrate.h"
#include "direct/wd-direct-queues.h"
#include "direct/wd-direct-recovery.h"
#include "direct/wd-direct-retry.h"
#include "direct/wd-direct-stats.h"
#include "postgres/wd-pg-jobs.h"
#include "postgres/wd-pg-outlook.h"
#include "postgres/wd-pg-wallets.h"

WdDirectCall *
wd_direct_call_new (void)
{
  return g_new0 (WdDirectCall, 1);
}

void
wd_direct_call_free (WdDirectCall *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->job_filter, wd_job_filter_free);
  g_clear_pointer (&self->wallet_filter, wd_wallet_filter_free);
  g_clear_pointer (&self->page, wd_page_request_free);
  g_clear_pointer (&self->dispatch, wd_dispatch_request_free);
  g_clear_pointer (&self->retry, wd_retry_request_free);
  g_clear_pointer (&self->flags, wd_flag_request_free);
  g_free (self->text);
  g_strfreev (self->ids);
  g_free (self);
}

static void
return_record (GTask *task, gpointer answer, gpointer free_func, GError *error)
{
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) free_func);
  else
    g_task_return_error (task, error);
}

void
wd_direct_call_load_stats (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdStats *stats = wd_direct_load_stats (lane, call->zone, cancellable, &error);

  return_record (task, stats, wd_stats_unref, error);
  wd_lane_fold_counts (lane);
}

void
wd_direct_call_list_jobs (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdPage *page = NULL;

  if (postgres != NULL)
    page = wd_pg_jobs_list (postgres, call->job_filter, call->page, wd_deadline_in (WD_READ_MS),
                            cancellable, &error);
  return_record (task, page, wd_page_unref, error);
}

void
wd_direct_call_load_job (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdJobDetail *detail = wd_direct_load_job (lane, call->text, cancellable, &error);

  return_record (task, detail, wd_job_detail_unref, error);
}

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
  return_record (task, jobs, g_ptr_array_unref, error);
}

void
wd_direct_call_list_wallets (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdPage *page = NULL;

  if (postgres != NULL)
    page = wd_pg_wallets_list (postgres, call->wallet_filter, call->page,
                               wd_deadline_in (WD_READ_MS), cancellable, &error);
  return_record (task, page, wd_page_unref, error);
}

void
wd_direct_call_list_networks (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  char **networks = NULL;

  if (postgres != NULL)
    networks = wd_pg_wallets_networks (postgres, wd_deadline_in (WD_READ_MS), cancellable, &error);
  return_record (task, networks, g_strfreev, error);
}

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
  return_record (task, outlook, wd_outlook_unref, error);
}

void
wd_direct_call_dispatch (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdActionResult *result = wd_direct_dispatch (lane, call->dispatch, cancellable, &error);

  return_record (task, result, wd_action_result_unref, error);
}

void
wd_direct_call_retry (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdActionResult *result = wd_direct_retry (lane, call->retry, cancellable, &error);

  return_record (task, result, wd_action_result_unref, error);
}

void
wd_direct_call_set_flags (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  WdPgActor actor = { g_get_user_name (), g_get_host_name () };
  GError *error = NULL;
  WdPgConnection *postgres = NULL;
  WdWallet *wallet = NULL;

  if (wd_wallet_address_validate (call->text, &error)
      && wd_lane_check_writable (lane, cancellable, &error))
    postgres = wd_lane_get_postgres (lane, cancellable, &error);
  if (postgres != NULL)
    wallet = wd_pg_wallets_set_flags (postgres, call->text, call->needs_gas,
                                      call->needs_consolidation, &actor,
                                      wd_deadline_in (WD_WRITE_MS), cancellable, &error);
  return_record (task, wallet, wd_wallet_unref, error);
}

void
wd_direct_call_change_flag (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  WdPgActor actor = { g_get_user_name (), g_get_host_name () };
  GError *error = NULL;
  WdPgConnection *postgres = NULL;
  WdFlagResult *result = NULL;

  if (wd_lane_check_writable (lane, cancellable, &error))
    postgres = wd_lane_get_postgres (lane, cancellable, &error);
  if (postgres != NULL)
    result = wd_pg_wallets_change_flag (postgres, call->flags, &actor,
                                        wd_deadline_in (WD_WRITE_MS), cancellable, &error);
  return_record (task, result, wd_flag_result_unref, error);
}

void
wd_direct_call_list_queues (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *queues = wd_direct_list_queues (lane, cancellable, &error);

  return_record (task, queues, g_ptr_array_unref, error);
}

void
wd_direct_call_set_queue_paused (GTask *task, gpointer lane, gpointer data,
                                 GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;

  if (wd_direct_set_queue_paused (lane, call->text, call->flag, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wd_direct_call_list_outbox (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *entries = wd_direct_list_outbox (lane, cancellable, &error);

  return_record (task, entries, g_ptr_array_unref, error);
}

void
wd_direct_call_send_outbox (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdOutboxReport *report = wd_direct_send_outbox (lane, (const char *const *) call->ids,
                                                  call->number, cancellable, &error);

  return_record (task, report, wd_outbox_report_unref, error);
}

void
wd_direct_call_discard_outbox (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdOutboxReport *report = wd_direct_discard_outbox (lane, (const char *const *) call->ids,
                                                     cancellable, &error);

  return_record (task, report, wd_outbox_report_unref, error);
}

void
wd_direct_call_migrate (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  GPtrArray *steps = wd_direct_migrate (lane, call->flag, cancellable, &error);

  return_record (task, steps, g_ptr_array_unref, error);
}

void
wd_direct_call_run_doctor (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  GPtrArray *checks = wd_direct_run_doctor (lane, call->flag, cancellable, &error);

  return_record (task, checks, g_ptr_array_unref, error);
}
