/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-job.h"

G_BEGIN_DECLS

#define WD_TYPE_TIMELINE_ROW (wd_timeline_row_get_type ())
G_DECLARE_FINAL_TYPE (WdTimelineRow, wd_timeline_row, WD, TIMELINE_ROW, GtkWidget)

GtkWidget *wd_timeline_row_new (void);
void       wd_timeline_row_set (WdTimelineRow *self, const WdJob *job, const WdJob *above,
                                gboolean by_state, WdTime now);
void       wd_timeline_row_tell (WdTimelineRow *self, WdTime now);

G_END_DECLS
