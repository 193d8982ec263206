/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_ERRORS_PAGE (wd_errors_page_get_type ())
G_DECLARE_FINAL_TYPE (WdErrorsPage, wd_errors_page, WD, ERRORS_PAGE, GtkWidget)

WdErrorsPage *wd_errors_page_new (WdWorkspace *workspace);
gboolean      wd_errors_page_is_ready (WdErrorsPage *self);

G_END_DECLS
