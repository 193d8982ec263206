/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_DRIFT_PAGE (wd_drift_page_get_type ())
G_DECLARE_FINAL_TYPE (WdDriftPage, wd_drift_page, WD, DRIFT_PAGE, GtkWidget)

WdDriftPage *wd_drift_page_new (WdWorkspace *workspace);
gboolean     wd_drift_page_is_ready (WdDriftPage *self);

G_END_DECLS
