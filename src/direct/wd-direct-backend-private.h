/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-worker-thread.h"
#include "direct/wd-direct-backend.h"
#include "direct/wd-direct-calls.h"
#include "direct/wd-direct-ears.h"

G_BEGIN_DECLS

struct _WdDirectBackend {
  GObject parent_instance;

  WdWorkerThread *lists;  /* (owned) */
  WdWorkerThread *watch;  /* (owned) */
  WdWorkerThread *writes; /* (owned) */
  WdWorkerThread *exports; /* (owned) */
  WdWorkerThread *runs;   /* (owned) */
  WdWorkerThread *passes; /* (owned) */
  WdWorkerThread *checks; /* (owned) */
  WdQueueNews *news;      /* (owned) */
  WdEars *ears;           /* (owned) */
};

/* Takes @call over and lets @func run with it in a lane's worker. */
static inline void
push (WdWorkerThread *lane, GTask *task, WdDirectCall *call, WdWorkerFunc func)
{
  g_task_set_task_data (task, call, (GDestroyNotify) wd_direct_call_free);
  wd_worker_thread_push (lane, task, func);
}

void wd_direct_backend_add_long_work (WdBackendInterface *iface);
void wd_direct_backend_add_queues (WdBackendInterface *iface);

G_END_DECLS
