/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_LIVE_BUTTON (wd_live_button_get_type ())
G_DECLARE_FINAL_TYPE (WdLiveButton, wd_live_button, WD, LIVE_BUTTON, GtkWidget)

void wd_live_button_set_workspace (WdLiveButton *self, WdWorkspace *workspace);
void wd_live_button_set_compact (WdLiveButton *self, gboolean compact);

G_END_DECLS
