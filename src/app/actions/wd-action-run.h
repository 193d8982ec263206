/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

/* Subjects of one request: few enough to tell progress and to stop soon. */
#define WD_ACTION_RUN_BATCH 200

#define WD_TYPE_ACTION_RUN (wd_action_run_get_type ())
G_DECLARE_FINAL_TYPE (WdActionRun, wd_action_run, WD, ACTION_RUN, GObject)

WdActionRun  *wd_action_run_new (WdBackend *backend);
void          wd_action_run_add_dispatch (WdActionRun *self, WdDispatchRequest *request);
void          wd_action_run_add_retry (WdActionRun *self, WdRetryRequest *request);
void          wd_action_run_start (WdActionRun *self);
void          wd_action_run_stop (WdActionRun *self);
guint         wd_action_run_get_n_tried (WdActionRun *self);
guint         wd_action_run_get_n_subjects (WdActionRun *self);
const GError *wd_action_run_get_error (WdActionRun *self);
char        **wd_action_run_get_failed (WdActionRun *self);

G_END_DECLS
