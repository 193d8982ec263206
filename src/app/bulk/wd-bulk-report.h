/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/wd-window.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_BULK_REPORT (wd_bulk_report_get_type ())
G_DECLARE_FINAL_TYPE (WdBulkReport, wd_bulk_report, WD, BULK_REPORT, AdwWindow)

GtkWidget *wd_bulk_report_new (WdWindow *window, WdWorkspace *workspace, WdBulkWork *work);

G_END_DECLS
