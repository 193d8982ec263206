/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The methods that tell of the jobs of queues. */

#include "direct/wd-direct-backend-private.h"
#include "direct/wd-direct-queue-jobs.h"

static void
call_list_queue_jobs (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdQueueJobs *page = wd_direct_list_queue_jobs (lane, call->queue_jobs, cancellable, &error);

  wd_direct_return (task, page, wd_queue_jobs_unref, error);
}

static void
call_load_queue_job (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdJobDetail *detail = wd_direct_load_queue_job (lane, call->text, call->ids[0], cancellable,
                                                  &error);

  wd_direct_return (task, detail, wd_job_detail_unref, error);
}

static void
call_load_flow (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdFlow *flow = wd_direct_load_flow (lane, call->text, call->ids[0], cancellable, &error);

  wd_direct_return (task, flow, wd_flow_unref, error);
}

static void
list_queue_jobs (WdBackend *backend, WdQueueJobsRequest *request, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->queue_jobs = wd_queue_jobs_request_ref (request);
  push (WD_DIRECT_BACKEND (backend)->watch, task, call, call_list_queue_jobs);
}

static void
push_job (WdBackend *backend, const char *queue, const char *id, GTask *task, WdWorkerFunc func)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (queue);
  call->ids = g_new0 (char *, 2);
  call->ids[0] = g_strdup (id);
  push (WD_DIRECT_BACKEND (backend)->watch, task, call, func);
}

static void
load_queue_job (WdBackend *backend, const char *queue, const char *id, GTask *task)
{
  push_job (backend, queue, id, task, call_load_queue_job);
}

static void
load_flow (WdBackend *backend, const char *queue, const char *id, GTask *task)
{
  push_job (backend, queue, id, task, call_load_flow);
}

static void
look_anew (WdBackend *backend)
{
  wd_queue_news_doubt (WD_DIRECT_BACKEND (backend)->news);
}

/**
 * wd_direct_backend_add_queues:
 * @iface: gets its methods
 */
void
wd_direct_backend_add_queues (WdBackendInterface *iface)
{
  iface->list_queue_jobs = list_queue_jobs;
  iface->load_queue_job = load_queue_job;
  iface->load_flow = load_flow;
  iface->look_anew = look_anew;
}
