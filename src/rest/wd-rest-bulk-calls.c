/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk work as it is asked for in a worker. */

#include "rest/wd-rest-bulk.h"
#include "rest/wd-rest-call.h"

static void
answer (GTask *task, WdBulkRun *run, GError *error)
{
  if (run != NULL)
    g_task_return_pointer (task, run, (GDestroyNotify) wd_bulk_run_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wd_rest_call_freeze_bulk:
 * @task: returned with a #WdBulkRun
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `bulk`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_freeze_bulk (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdBulkRun *run = wd_rest_bulk_freeze (client, call->bulk, cancellable, &error);

  answer (task, run, error);
}

/**
 * wd_rest_call_go_bulk:
 * @task: returned with a #WdBulkRun
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `text` and `begun`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_go_bulk (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdBulkRun *run = wd_rest_bulk_go (client, call->text, call->begun, &error);

  answer (task, run, error);
}

/**
 * wd_rest_call_look_bulk:
 * @task: returned with a #WdBulkRun
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `text`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_look_bulk (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdBulkRun *run = wd_rest_bulk_look (client, call->text, cancellable, &error);

  answer (task, run, error);
}

/**
 * wd_rest_call_load_bulk:
 * @task: returned with a #WdBulkRun
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `text`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_load_bulk (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdBulkRun *run = wd_rest_bulk_load (client, call->text, cancellable, &error);

  answer (task, run, error);
}

/**
 * wd_rest_call_pause_bulk:
 * @task: returned with a #WdBulkRun
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `text`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_pause_bulk (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdBulkRun *run = wd_rest_bulk_pause (client, call->text, &error);

  answer (task, run, error);
}

/**
 * wd_rest_call_discard_bulk:
 * @task: returned with a #WdBulkRun
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses `text`
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_discard_bulk (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  const WdRestCall *call = data;
  GError *error = NULL;
  WdBulkRun *run = wd_rest_bulk_discard (client, call->text, &error);

  answer (task, run, error);
}

/**
 * wd_rest_call_list_bulk:
 * @task: returned with a #GPtrArray of #WdBulkRun
 * @client: (type WdRestClient): whose worker this is
 * @data: (type WdRestCall): uses nothing of it
 * @cancellable: (nullable): of the task
 */
void
wd_rest_call_list_bulk (GTask *task, gpointer client, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *runs = wd_rest_bulk_list (client, cancellable, &error);

  if (runs != NULL)
    g_task_return_pointer (task, runs, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}
