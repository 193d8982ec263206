/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backend's methods that change something, as they run in a worker. */

#include "direct/wd-direct-calls.h"

#include "base/wd-time.h"
#include "direct/wd-direct-discard.h"
#include "direct/wd-direct-dispatch.h"
#include "direct/wd-direct-migrate.h"
#include "direct/wd-direct-queues.h"
#include "direct/wd-direct-recovery.h"
#include "direct/wd-direct-replay.h"
#include "direct/wd-direct-retry.h"
#include "direct/wd-direct-tell.h"
#include "postgres/wd-pg-wallets.h"

/**
 * wd_direct_call_dispatch:
 * @task: returned with a #WdActionResult
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `dispatch`
 * @cancellable: (nullable): the task's; heeded until a transaction is committed
 */
void
wd_direct_call_dispatch (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdActionResult *result;

  wd_lane_act_for (lane, call->dispatch->origin);
  result = wd_direct_dispatch (lane, call->dispatch, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  wd_direct_return (task, result, wd_action_result_unref, error);
}

/**
 * wd_direct_call_retry:
 * @task: returned with a #WdActionResult
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `retry`
 * @cancellable: (nullable): the task's; heeded until a transaction is committed
 */
void
wd_direct_call_retry (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdActionResult *result;

  wd_lane_act_for (lane, call->retry->origin);
  result = wd_direct_retry (lane, call->retry, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  wd_direct_return (task, result, wd_action_result_unref, error);
}

/**
 * wd_direct_call_set_flags:
 * @task: returned with the #WdWallet as it is now
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the address, `needs_gas`, `needs_consolidation` and
 *   `origin`
 * @cancellable: (nullable): the task's; heeded until the transaction is committed
 *
 * Who did it is written down: the user and the host of this process, or `origin`, whose key is
 * looked for first.
 */
void
wd_direct_call_set_flags (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdWallet *wallet;

  wd_lane_act_for (lane, call->origin);
  wallet = wd_direct_set_flags (lane, call->text, call->needs_gas, call->needs_consolidation,
                                call->origin, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  wd_direct_return (task, wallet, wd_wallet_unref, error);
}

/**
 * wd_direct_call_change_flag:
 * @task: returned with a #WdFlagResult
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `flags`
 * @cancellable: (nullable): the task's; heeded until the transaction is committed
 */
void
wd_direct_call_change_flag (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = NULL;
  WdFlagResult *result = NULL;

  if (wd_lane_check_writable (lane, cancellable, &error))
    postgres = wd_lane_get_postgres (lane, cancellable, &error);
  if (postgres != NULL)
    result = wd_pg_wallets_change_flag (postgres, call->flags, wd_deadline_in (WD_WRITE_MS),
                                        cancellable, &error);
  wd_direct_return (task, result, wd_flag_result_unref, error);
}

/**
 * wd_direct_call_set_queue_paused:
 * @task: returned with %TRUE
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the queue, `flag`, whether to pause it, and `origin`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_set_queue_paused (GTask *task, gpointer lane, gpointer data,
                                 GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  gboolean is_set;

  wd_lane_act_for (lane, call->origin);
  is_set = wd_direct_set_queue_paused (lane, call->text, call->flag, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  if (is_set)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_send_outbox:
 * @task: returned with a #WdOutboxReport
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `ids` and `number`, the least age in milliseconds
 * @cancellable: (nullable): the task's; heeded between slices
 */
void
wd_direct_call_send_outbox (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdOutboxReport *report = wd_direct_send_outbox (lane, (const char *const *) call->ids,
                                                  call->number, cancellable, &error);

  wd_direct_return (task, report, wd_outbox_report_unref, error);
}

/**
 * wd_direct_call_discard_outbox:
 * @task: returned with a #WdOutboxReport
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `ids`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_discard_outbox (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdOutboxReport *report = wd_direct_discard_outbox (lane, (const char *const *) call->ids,
                                                     cancellable, &error);

  wd_direct_return (task, report, wd_outbox_report_unref, error);
}

typedef struct {
  GTask *task;                 /* (owned) */
  char *name;                  /* (owned) */
  guint index;
  guint n_statements;
} Progress;

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->task);
  g_free (progress->name);
  g_free (progress);
}

static gboolean
progress_cb (gpointer data)
{
  Progress *progress = data;
  WdDirectCall *call = g_task_get_task_data (progress->task);

  call->progress (progress->name, progress->index, progress->n_statements, call->progress_data);
  return G_SOURCE_REMOVE;
}

/* Worker. */
static void
report_progress (const char *name, guint index, guint n_statements, const char *statement,
                 gpointer data)
{
  GTask *task = data;
  Progress *progress = g_new0 (Progress, 1);

  progress->task = g_object_ref (task);
  progress->name = g_strdup (name);
  progress->index = index;
  progress->n_statements = n_statements;
  wd_direct_tell (task, progress_cb, progress, progress_free);
}

/**
 * wd_direct_call_migrate:
 * @task: returned with a #GPtrArray of #WdMigrationStep
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `flag`, whether only to look, `ids` and `progress`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_migrate (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  GPtrArray *steps = wd_direct_migrate (lane, call->flag, (const char *const *) call->ids,
                                        call->progress != NULL ? report_progress : NULL, task,
                                        cancellable, &error);

  wd_direct_return (task, steps, g_ptr_array_unref, error);
}
