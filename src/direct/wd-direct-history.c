/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-history.h"

#include "direct/wd-direct-backend-private.h"
#include "postgres/wd-pg-history.h"

static void
load_history (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdHistory *history = NULL;

  if (postgres != NULL)
    history = wd_pg_history_read (postgres, ((WdDirectCall *) data)->history,
                                  wd_deadline_in (WD_READ_MS), cancellable, &error);
  if (history != NULL)
    g_task_return_pointer (task, history, (GDestroyNotify) wd_history_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_load_history:
 * @backend: (type WdDirectBackend): a backend
 * @request: which time, of which jobs
 * @task: returned with a #WdHistory
 *
 * Single jobs take longer than counts: no list that an admin waits for is behind them.
 */
void
wd_direct_load_history (WdBackend *backend, const WdHistoryRequest *request, GTask *task)
{
  WdDirectBackend *self = WD_DIRECT_BACKEND (backend);
  WdDirectCall *call = wd_direct_call_new ();

  call->history = wd_history_request_copy (request);
  push (request->exact ? self->passes : self->lists, task, call, load_history);
}
