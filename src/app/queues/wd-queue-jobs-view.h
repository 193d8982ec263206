/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-queue-jobs.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_JOBS_VIEW (wd_queue_jobs_view_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueJobsView, wd_queue_jobs_view, WD, QUEUE_JOBS_VIEW, GtkWidget)

void wd_queue_jobs_view_show (WdQueueJobsView *self, const WdQueueJobs *page);
void wd_queue_jobs_view_tick (WdQueueJobsView *self, WdTime now);

G_END_DECLS
