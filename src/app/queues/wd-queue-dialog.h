/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_DIALOG (wd_queue_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueDialog, wd_queue_dialog, WD, QUEUE_DIALOG, AdwWindow)

GtkWidget *wd_queue_dialog_new (GtkWindow *window, WdWorkspace *workspace, const char *queue,
                                WdQueueAction action);

G_END_DECLS
