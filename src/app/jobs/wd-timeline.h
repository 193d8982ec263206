/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-job.h"

G_BEGIN_DECLS

#define WD_TYPE_TIMELINE (wd_timeline_get_type ())
G_DECLARE_FINAL_TYPE (WdTimeline, wd_timeline, WD, TIMELINE, GtkWidget)

void wd_timeline_update (WdTimeline *self, const WdJob *job, WdTime now);

G_END_DECLS
