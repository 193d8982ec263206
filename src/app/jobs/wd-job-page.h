/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_JOB_PAGE (wd_job_page_get_type ())
G_DECLARE_FINAL_TYPE (WdJobPage, wd_job_page, WD, JOB_PAGE, GtkWidget)

WdJobPage  *wd_job_page_new (WdWorkspace *workspace, const char *id, WdPagedList *list);
gboolean    wd_job_page_is_ready (WdJobPage *self);

G_END_DECLS
