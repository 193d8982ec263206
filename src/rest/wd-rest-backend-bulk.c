/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The methods about bulk work. */

#include "rest/wd-rest-backend-private.h"

static void
freeze_bulk (WdBackend *backend, const WdBulkRequest *request, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->bulk = wd_bulk_request_copy (request);
  wd_rest_backend_push (backend, WD_REST_COUNTS, task, call, wd_rest_call_freeze_bulk);
}

static void
run_bulk (WdBackend *backend, const char *id, WdBulkProgress progress, gpointer progress_data,
          GTask *task)
{
  wd_rest_followers_add (wd_rest_backend_get_followers (backend), id, progress, progress_data,
                         task);
}

static void
push_id (WdBackend *backend, WdRestLane lane, const char *id, GTask *task, WdWorkerFunc func)
{
  WdRestCall *call = wd_rest_call_new ();

  call->text = g_strdup (id);
  wd_rest_backend_push (backend, lane, task, call, func);
}

static void
load_bulk (WdBackend *backend, const char *id, GTask *task)
{
  push_id (backend, WD_REST_LISTS, id, task, wd_rest_call_load_bulk);
}

static void
list_bulk (WdBackend *backend, GTask *task)
{
  wd_rest_backend_push (backend, WD_REST_WATCH, task, wd_rest_call_new (),
                        wd_rest_call_list_bulk);
}

static void
pause_bulk (WdBackend *backend, const char *id, GTask *task)
{
  push_id (backend, WD_REST_WRITES, id, task, wd_rest_call_pause_bulk);
}

static void
discard_bulk (WdBackend *backend, const char *id, GTask *task)
{
  push_id (backend, WD_REST_WRITES, id, task, wd_rest_call_discard_bulk);
}

static void
leave_bulk (WdBackend *backend)
{
  wd_rest_followers_leave (wd_rest_backend_get_followers (backend));
}

/**
 * wd_rest_backend_add_bulk:
 * @iface: gets its methods
 */
void
wd_rest_backend_add_bulk (WdBackendInterface *iface)
{
  iface->freeze_bulk = freeze_bulk;
  iface->run_bulk = run_bulk;
  iface->load_bulk = load_bulk;
  iface->list_bulk = list_bulk;
  iface->pause_bulk = pause_bulk;
  iface->discard_bulk = discard_bulk;
  iface->leave_bulk = leave_bulk;
}
