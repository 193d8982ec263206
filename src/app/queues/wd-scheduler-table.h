/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-scheduler.h"

G_BEGIN_DECLS

#define WD_TYPE_SCHEDULER_TABLE (wd_scheduler_table_get_type ())
G_DECLARE_FINAL_TYPE (WdSchedulerTable, wd_scheduler_table, WD, SCHEDULER_TABLE, GtkWidget)

void               wd_scheduler_table_clear (WdSchedulerTable *self);
void               wd_scheduler_table_add (WdSchedulerTable *self, const WdSchedulerPage *page,
                                           guint most);
guint              wd_scheduler_table_get_length (WdSchedulerTable *self);
guint              wd_scheduler_table_count_odd (WdSchedulerTable *self,
                                                 const WdSchedulerPage *page);
const WdScheduler *wd_scheduler_table_get_selected (WdSchedulerTable *self);
void               wd_scheduler_table_tick (WdSchedulerTable *self, WdTime now);

G_END_DECLS
