/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_LIMITS_DIALOG (wd_limits_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdLimitsDialog, wd_limits_dialog, WD, LIMITS_DIALOG, AdwWindow)

GtkWidget *wd_limits_dialog_new (GtkWindow *window, WdWorkspace *workspace, const char *queue);

G_END_DECLS
