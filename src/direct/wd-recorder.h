/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-profile.h"

G_BEGIN_DECLS

/**
 * WdRecorder:
 *
 * Writes rows of `job_logs` for workers that do not, by what the event streams of their queues say,
 * in a thread with connections of its own.
 */
typedef struct _WdRecorder WdRecorder;

/**
 * WdRecorderFunc:
 * @is_problem: whether somebody should look at it
 * @text: what is new
 * @data: as given
 *
 * Called in the thread.
 */
typedef void (*WdRecorderFunc) (gboolean is_problem, const char *text, gpointer data);

WdRecorder *wd_recorder_new (WdProfile *profile, const char *const *queues, WdRecorderFunc func,
                             gpointer data, GError **error);
void        wd_recorder_start (WdRecorder *self);
void        wd_recorder_stop (WdRecorder *self);
gboolean    wd_recorder_wait (WdRecorder *self, guint milliseconds);
void        wd_recorder_free (WdRecorder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRecorder, wd_recorder_free)

G_END_DECLS
