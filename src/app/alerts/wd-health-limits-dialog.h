/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_HEALTH_LIMITS_DIALOG (wd_health_limits_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdHealthLimitsDialog, wd_health_limits_dialog, WD, HEALTH_LIMITS_DIALOG,
                      AdwWindow)

GtkWindow *wd_health_limits_dialog_new (WdWorkspace *workspace, GtkWindow *parent);

G_END_DECLS
