/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_TYPE_WORKER_THREAD (wd_worker_thread_get_type ())
G_DECLARE_FINAL_TYPE (WdWorkerThread, wd_worker_thread, WD, WORKER_THREAD, GObject)

WdWorkerThread *wd_worker_thread_new (const char *name, gpointer resource,
                                      GDestroyNotify resource_free);
void            wd_worker_thread_push (WdWorkerThread *self, GTask *task, GTaskThreadFunc func);
void            wd_worker_thread_push_full (WdWorkerThread *self, GTask *task, GTaskThreadFunc func,
                                            int priority);
gboolean        wd_worker_thread_is_current (WdWorkerThread *self);
gpointer        wd_worker_thread_get_resource (WdWorkerThread *self);
void            wd_worker_thread_set_idle (WdWorkerThread *self, guint milliseconds,
                                           GDestroyNotify func);
void            wd_worker_thread_shut_down (WdWorkerThread *self);

G_END_DECLS
