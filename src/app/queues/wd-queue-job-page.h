/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_JOB_PAGE (wd_queue_job_page_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueJobPage, wd_queue_job_page, WD, QUEUE_JOB_PAGE, GtkWidget)

WdQueueJobPage *wd_queue_job_page_new (WdWorkspace *workspace, const char *queue, const char *id);
gboolean        wd_queue_job_page_is_ready (WdQueueJobPage *self);

G_END_DECLS
