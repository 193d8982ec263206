/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

const char *wd_lack_get (WdWorkspace *workspace, WdAbility ability);
gboolean    wd_lack_disable (GtkWidget *widget, WdWorkspace *workspace, WdAbility ability);
void        wd_lack_follow (GtkWidget *widget, WdWorkspace *workspace, WdAbility ability);

G_END_DECLS
