/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk work as it runs in its lane. */

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "direct/wd-direct-bulk.h"
#include "direct/wd-direct-calls.h"
#include "direct/wd-direct-tell.h"

static void
return_run (GTask *task, WdBulkRun *run, GError *error)
{
  if (run != NULL)
    g_task_return_pointer (task, run, (GDestroyNotify) wd_bulk_run_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_freeze_bulk:
 * @task: returned with a #WdBulkRun
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `bulk`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_freeze_bulk (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdBulkRun *run;

  wd_lane_act_for (lane, call->bulk->origin);
  run = wd_direct_bulk_freeze (lane, call->bulk, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  return_run (task, run, error);
}

/**
 * wd_direct_call_run_bulk:
 * @task: returned with a #WdBulkRun
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the run's id, `bulk_progress` and `origin`
 * @cancellable: (nullable): the task's; heeded between slices
 */
void
wd_direct_call_run_bulk (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdBulkRun *run;

  wd_lane_act_for (lane, call->origin);
  run = wd_direct_bulk_run (lane, call->text,
                            call->bulk_progress != NULL ? wd_direct_tell_progress : NULL, task,
                            cancellable, &error);
  wd_lane_act_for (lane, NULL);
  return_run (task, run, error);
}

/**
 * wd_direct_call_load_bulk:
 * @task: returned with a #WdBulkRun
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the run's id
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_load_bulk (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdBulkRun *run = wd_direct_bulk_load (lane, call->text, cancellable, &error);

  return_run (task, run, error);
}

/**
 * wd_direct_call_pause_bulk:
 * @task: returned with a #WdBulkRun
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the run's id
 * @cancellable: (nullable): the task's
 *
 * What is worked on here is paused by its own cancellable, and what others work on by them.
 */
void
wd_direct_call_pause_bulk (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdBulkRun *run = wd_direct_bulk_load (lane, call->text, cancellable, &error);

  if (run != NULL && run->is_running)
    {
      g_clear_pointer (&run, wd_bulk_run_unref);
      g_set_error_literal (&error, WD_ERROR, WD_ERROR_BUSY,
                           _("Somebody works on this bulk run: it is paused there"));
    }
  return_run (task, run, error);
}

/**
 * wd_direct_call_list_bulk:
 * @task: returned with a #GPtrArray of #WdBulkRun
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): unused
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_list_bulk (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *runs = wd_direct_bulk_list (lane, cancellable, &error);

  if (runs != NULL)
    g_task_return_pointer (task, runs, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_discard_bulk:
 * @task: returned with a #WdBulkRun
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `text`, the run's id, and `origin`
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_discard_bulk (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdBulkRun *run;

  wd_lane_act_for (lane, call->origin);
  run = wd_direct_bulk_discard (lane, call->text, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  return_run (task, run, error);
}
