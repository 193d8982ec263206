/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_PAGE (wd_queue_page_get_type ())
G_DECLARE_FINAL_TYPE (WdQueuePage, wd_queue_page, WD, QUEUE_PAGE, GtkWidget)

WdQueuePage *wd_queue_page_new (WdWorkspace *workspace, const char *queue, const char *state);
gboolean     wd_queue_page_is_ready (WdQueuePage *self);

G_END_DECLS
