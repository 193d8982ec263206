/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backend's methods as they run in a worker: arguments out of the call, the blocking work, the
 * answer into the task. */

#include "rest/wd-rest-call.h"

#include "rest/wd-rest-dispatch.h"
#include "rest/wd-rest-errors.h"
#include "rest/wd-rest-flags.h"
#include "rest/wd-rest-job.h"
#include "rest/wd-rest-jobs.h"
#include "rest/wd-rest-outlook.h"
#include "rest/wd-rest-queues.h"
#include "rest/wd-rest-retry.h"
#include "rest/wd-rest-stats.h"
#include "rest/wd-rest-wallets.h"

/**
 * wd_rest_call_new:
 *
 * Returns: (transfer full): a call without arguments yet
 */
WdRestCall *
wd_rest_call_new (void)
{
  return g_new0 (WdRestCall, 1);
}

/**
 * wd_rest_call_free:
 * @self: (transfer full): a call with whatever arguments it has; as a task's data it goes in any
 *   thread
 */
void
wd_rest_call_free (WdRestCall *self)
{
  g_free (self->text);
  g_strfreev (self->ids);
  g_clear_pointer (&self->job_filter, wd_job_filter_free);
  g_clear_pointer (&self->wallet_filter, wd_wallet_filter_free);
  g_clear_pointer (&self->page, wd_page_request_free);
  g_clear_pointer (&self->dispatch, wd_dispatch_request_free);
  g_clear_pointer (&self->retry, wd_retry_request_free);
  g_clear_pointer (&self->flags, wd_flag_request_free);
  g_clear_pointer (&self->bulk, wd_bulk_request_free);
  g_free (self);
}

/* Answers with @value, or with @error where there is none. */
static void
answer (GTask *task, gpointer value, GDestroyNotify free_value, GError *error)
{
  if (value != NULL)
    g_task_return_pointer (task, value, free_value);
  else
    g_task_return_error (task, error);
}

/**
 * wd_rest_call_load_stats:
 * @task: returned with a #WdStats
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses nothing of it
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_load_stats (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  WdStats *value = wd_rest_load_stats (client, cancellable, &error);

  answer (task, value, (GDestroyNotify) wd_stats_unref, error);
}

/**
 * wd_rest_call_list_jobs:
 * @task: returned with a #WdPage
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `job_filter`, `page`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_list_jobs (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdPage *value = wd_rest_list_jobs (client, call->job_filter, call->page, cancellable, &error);

  answer (task, value, (GDestroyNotify) wd_page_unref, error);
}

/**
 * wd_rest_call_load_error_report:
 * @task: returned with a #WdErrorReport
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `all`, `job_filter`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_load_error_report (GTask *task, gpointer client, gpointer data,
                                GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdErrorReport *value = wd_rest_load_error_report (client, call->job_filter, call->all,
                                                    cancellable, &error);

  answer (task, value, (GDestroyNotify) wd_error_report_unref, error);
}

/**
 * wd_rest_call_load_job:
 * @task: returned with a #WdJobDetail
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `text`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_load_job (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdJobDetail *value = wd_rest_load_job (client, call->text, cancellable, &error);

  answer (task, value, (GDestroyNotify) wd_job_detail_unref, error);
}

/**
 * wd_rest_call_find_jobs:
 * @task: returned with a #GPtrArray
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `ids`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_find_jobs (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  GPtrArray *value = wd_rest_find_jobs (client, (const char *const *) call->ids, cancellable,
                                        &error);

  answer (task, value, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * wd_rest_call_list_wallets:
 * @task: returned with a #WdPage
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `page`, `wallet_filter`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_list_wallets (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdPage *value = wd_rest_list_wallets (client, call->wallet_filter, call->page, cancellable,
                                        &error);

  answer (task, value, (GDestroyNotify) wd_page_unref, error);
}

/**
 * wd_rest_call_load_wallet:
 * @task: returned with a #WdWalletDetail
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `text`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_load_wallet (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdWalletDetail *value = wd_rest_load_wallet (client, call->text, cancellable, &error);

  answer (task, value, (GDestroyNotify) wd_wallet_detail_unref, error);
}

/**
 * wd_rest_call_list_networks:
 * @task: returned with names
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses nothing of it
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_list_networks (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char **value = wd_rest_list_networks (client, cancellable, &error);

  answer (task, value, (GDestroyNotify) g_strfreev, error);
}

/**
 * wd_rest_call_load_outlook:
 * @task: returned with a #WdOutlook
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `ids`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_load_outlook (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdOutlook *value = wd_rest_load_outlook (client, (const char *const *) call->ids, cancellable,
                                           &error);

  answer (task, value, (GDestroyNotify) wd_outlook_unref, error);
}

/**
 * wd_rest_call_dispatch:
 * @task: returned with a #WdActionResult
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `dispatch`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_dispatch (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdActionResult *value = wd_rest_dispatch (client, call->dispatch, cancellable, &error);

  answer (task, value, (GDestroyNotify) wd_action_result_unref, error);
}

/**
 * wd_rest_call_retry:
 * @task: returned with a #WdActionResult
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `retry`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_retry (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdActionResult *value = wd_rest_retry (client, call->retry, cancellable, &error);

  answer (task, value, (GDestroyNotify) wd_action_result_unref, error);
}

/**
 * wd_rest_call_set_flags:
 * @task: returned with a #WdWallet
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `needs_consolidation`, `needs_gas`, `text`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_set_flags (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdWallet *value = wd_rest_set_flags (client, call->text, call->needs_gas,
                                       call->needs_consolidation, &error);

  answer (task, value, (GDestroyNotify) wd_wallet_unref, error);
}

/**
 * wd_rest_call_change_flag:
 * @task: returned with a #WdFlagResult
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `flags`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_change_flag (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdFlagResult *value = wd_rest_change_flag (client, call->flags, cancellable, &error);

  answer (task, value, (GDestroyNotify) wd_flag_result_unref, error);
}

/**
 * wd_rest_call_list_queues:
 * @task: returned with a #GPtrArray
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses nothing of it
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_list_queues (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *value = wd_rest_list_queues (client, cancellable, &error);

  answer (task, value, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * wd_rest_call_set_queue_paused:
 * @task: returned with %TRUE
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `paused`, `text`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_set_queue_paused (GTask *task, gpointer client, gpointer data,
                               GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;

  if (wd_rest_set_queue_paused (client, call->text, call->paused, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * wd_rest_call_run_doctor:
 * @task: returned with a #GPtrArray
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses nothing of it
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_run_doctor (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *value = wd_rest_run_doctor (client, cancellable, &error);

  answer (task, value, (GDestroyNotify) g_ptr_array_unref, error);
}
