/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-result.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_VIEW (wd_queue_view_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueView, wd_queue_view, WD, QUEUE_VIEW, GtkWidget)

void wd_queue_view_update (WdQueueView *self, const WdJobDetail *detail, gboolean has_redis,
                           WdTime now);
void wd_queue_view_tell (WdQueueView *self, const WdJobDetail *detail, WdTime now);

G_END_DECLS
