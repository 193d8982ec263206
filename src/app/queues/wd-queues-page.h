/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUES_PAGE (wd_queues_page_get_type ())
G_DECLARE_FINAL_TYPE (WdQueuesPage, wd_queues_page, WD, QUEUES_PAGE, GtkWidget)

WdQueuesPage *wd_queues_page_new (WdWorkspace *workspace);
gboolean      wd_queues_page_is_ready (WdQueuesPage *self);

G_END_DECLS
