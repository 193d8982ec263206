/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-scheduler.h"

G_BEGIN_DECLS

#define WD_TYPE_SCHEDULER_VIEW (wd_scheduler_view_get_type ())
G_DECLARE_FINAL_TYPE (WdSchedulerView, wd_scheduler_view, WD, SCHEDULER_VIEW, GtkWidget)

void wd_scheduler_view_show (WdSchedulerView *self, const WdScheduler *scheduler,
                             const WdSchedulerPage *page);

G_END_DECLS
