/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-bulk-work.h"

G_BEGIN_DECLS

#define WD_TYPE_BULK_RUNS (wd_bulk_runs_get_type ())
G_DECLARE_FINAL_TYPE (WdBulkRuns, wd_bulk_runs, WD, BULK_RUNS, GObject)

WdBulkRuns *wd_bulk_runs_new (WdBackend *backend);

void     wd_bulk_runs_look (WdBulkRuns *self);
void     wd_bulk_runs_tick (WdBulkRuns *self);
void     wd_bulk_runs_begin (WdBulkRuns *self, WdBulkRun *run);
void     wd_bulk_runs_forget (WdBulkRuns *self, WdBulkWork *work);
void     wd_bulk_runs_let_go (WdBulkRuns *self);
gboolean wd_bulk_runs_is_active (WdBulkRuns *self);
gboolean wd_bulk_runs_hold (WdBulkRuns *self);

G_END_DECLS
