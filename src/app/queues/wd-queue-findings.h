/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-health-watch.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_FINDINGS (wd_queue_findings_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueFindings, wd_queue_findings, WD, QUEUE_FINDINGS, GtkWidget)

void wd_queue_findings_set_up (WdQueueFindings *self, const char *queue, WdHealthWatch *watch,
                               GtkWidget *badge);
void wd_queue_findings_tick (WdQueueFindings *self, WdTime now);

G_END_DECLS
