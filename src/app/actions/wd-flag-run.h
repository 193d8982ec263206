/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

#define WD_TYPE_FLAG_RUN (wd_flag_run_get_type ())
G_DECLARE_FINAL_TYPE (WdFlagRun, wd_flag_run, WD, FLAG_RUN, GObject)

WdFlagRun           *wd_flag_run_new (WdBackend *backend, const WdFlagRequest *request);
void                 wd_flag_run_start (WdFlagRun *self);
void                 wd_flag_run_stop (WdFlagRun *self);
guint                wd_flag_run_get_n_tried (WdFlagRun *self);
const WdFlagRequest *wd_flag_run_get_request (WdFlagRun *self);
WdFlagResult        *wd_flag_run_get_result (WdFlagRun *self);
const GError        *wd_flag_run_get_error (WdFlagRun *self);

G_END_DECLS
