/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The methods that may take minutes, and those about queues and limits. */

#include "direct/wd-direct-backend-private.h"

/* Beside a run under way, which may take minutes. */
static void
freeze_bulk (WdBackend *backend, const WdBulkRequest *request, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->bulk = wd_bulk_request_copy (request);
  push (WD_DIRECT_BACKEND (backend)->exports, task, call, wd_direct_call_freeze_bulk);
}

static void
run_bulk (WdBackend *backend, const char *id, WdBulkProgress progress, gpointer progress_data,
          GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (id);
  call->bulk_progress = progress;
  call->progress_data = progress_data;
  push (WD_DIRECT_BACKEND (backend)->runs, task, call, wd_direct_call_run_bulk);
}

static void
load_bulk (WdBackend *backend, const char *id, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (id);
  push (WD_DIRECT_BACKEND (backend)->lists, task, call, wd_direct_call_load_bulk);
}

static void
list_bulk (WdBackend *backend, GTask *task)
{
  push (WD_DIRECT_BACKEND (backend)->lists, task, wd_direct_call_new (),
        wd_direct_call_list_bulk);
}

static void
pause_bulk (WdBackend *backend, const char *id, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (id);
  push (WD_DIRECT_BACKEND (backend)->lists, task, call, wd_direct_call_pause_bulk);
}

static void
discard_bulk (WdBackend *backend, const char *id, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (id);
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_discard_bulk);
}

static void
export_rows (WdBackend *backend, const WdExportRequest *request, WdExportFunc func,
             gpointer func_data, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->export = wd_export_request_copy (request);
  call->take_batch = func;
  call->take_batch_data = func_data;
  push (WD_DIRECT_BACKEND (backend)->exports, task, call, wd_direct_call_export);
}

static void
check_drift (WdBackend *backend, WdDriftProgress progress, gpointer progress_data, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->drift_progress = progress;
  call->progress_data = progress_data;
  push (WD_DIRECT_BACKEND (backend)->checks, task, call, wd_direct_call_check_drift);
}

static void
fix_drift (WdBackend *backend, const WdDriftFix *fix, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->fix = wd_drift_fix_copy (fix);
  push (WD_DIRECT_BACKEND (backend)->checks, task, call, wd_direct_call_fix_drift);
}

static void
plan_queue (WdBackend *backend, const WdQueueOrder *order, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->queue_order = wd_queue_order_copy (order);
  push (WD_DIRECT_BACKEND (backend)->checks, task, call, wd_direct_call_plan_queue);
}

static void
run_queue (WdBackend *backend, WdQueuePlan *plan, WdBulkProgress progress, gpointer progress_data,
           GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->queue_plan = wd_queue_plan_ref (plan);
  call->bulk_progress = progress;
  call->progress_data = progress_data;
  push (WD_DIRECT_BACKEND (backend)->runs, task, call, wd_direct_call_run_queue);
}

/* Beside what refreshes by itself: there may be thousands. */
static void
list_schedulers (WdBackend *backend, const char *queue, const char *cursor, guint limit,
                 GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (queue);
  call->cursor = g_strdup (cursor);
  call->number = limit;
  push (WD_DIRECT_BACKEND (backend)->passes, task, call, wd_direct_call_list_schedulers);
}

static void
set_queue_limits (WdBackend *backend, const char *queue, const WdQueueLimits *before,
                  const WdQueueLimits *after, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (queue);
  call->limits[0] = *before;
  call->limits[1] = *after;
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_set_queue_limits);
}

static void
load_health_limits (WdBackend *backend, GTask *task)
{
  push (WD_DIRECT_BACKEND (backend)->lists, task, wd_direct_call_new (),
        wd_direct_call_load_health_limits);
}

static void
set_health_limits (WdBackend *backend, const WdHealthLimits *before, const WdHealthLimits *after,
                   GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->health_limits[0] = *before;
  call->health_limits[1] = *after;
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_set_health_limits);
}

/**
 * wd_direct_backend_add_long_work:
 * @iface: gets its methods
 */
void
wd_direct_backend_add_long_work (WdBackendInterface *iface)
{
  iface->freeze_bulk = freeze_bulk;
  iface->run_bulk = run_bulk;
  iface->load_bulk = load_bulk;
  iface->list_bulk = list_bulk;
  iface->pause_bulk = pause_bulk;
  iface->discard_bulk = discard_bulk;
  iface->export_rows = export_rows;
  iface->check_drift = check_drift;
  iface->fix_drift = fix_drift;
  iface->plan_queue = plan_queue;
  iface->run_queue = run_queue;
  iface->list_schedulers = list_schedulers;
  iface->set_queue_limits = set_queue_limits;
  iface->load_health_limits = load_health_limits;
  iface->set_health_limits = set_health_limits;
}
