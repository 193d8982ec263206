/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_OVERVIEW_PAGE (wd_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (WdOverviewPage, wd_overview_page, WD, OVERVIEW_PAGE, GtkWidget)

WdOverviewPage *wd_overview_page_new (WdWorkspace *workspace);

G_END_DECLS
