/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-queue-order.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_LINES (wd_queue_lines_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueLines, wd_queue_lines, WD, QUEUE_LINES, GtkWidget)

void wd_queue_lines_show_plan (WdQueueLines *self, const WdQueuePlan *plan);
void wd_queue_lines_show_left (WdQueueLines *self, const WdOutboxReport *report);

G_END_DECLS
