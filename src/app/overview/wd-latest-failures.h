/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_LATEST_FAILURES (wd_latest_failures_get_type ())
G_DECLARE_FINAL_TYPE (WdLatestFailures, wd_latest_failures, WD, LATEST_FAILURES, GtkWidget)

void wd_latest_failures_set_workspace (WdLatestFailures *self, WdWorkspace *workspace);

G_END_DECLS
