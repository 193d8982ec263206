/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_TYPE_WORKER_THREAD (wd_worker_thread_get_type ())
G_DECLARE_FINAL_TYPE (WdWorkerThread, wd_worker_thread, WD, WORKER_THREAD, GObject)

/**
 * WdWorkerFunc:
 * @task: to return, sooner or later in this call
 * @resource: what the thread works on
 * @task_data: of the task
 * @cancellable: (nullable): of the task
 *
 * Work for a worker thread.
 */
typedef void (*WdWorkerFunc) (GTask *task, gpointer resource, gpointer task_data,
                              GCancellable *cancellable);

WdWorkerThread *wd_worker_thread_new (const char *name, gpointer resource,
                                      GDestroyNotify resource_free);
void            wd_worker_thread_push (WdWorkerThread *self, GTask *task, WdWorkerFunc func);
void            wd_worker_thread_push_full (WdWorkerThread *self, GTask *task, WdWorkerFunc func,
                                            int priority);
void            wd_worker_thread_set_idle (WdWorkerThread *self, guint milliseconds,
                                           GDestroyNotify func);
void            wd_worker_thread_shut_down (WdWorkerThread *self);
gboolean        wd_worker_thread_wait (WdWorkerThread *self, guint milliseconds);

G_END_DECLS
