/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-export.h"

G_BEGIN_DECLS

#define WD_TYPE_EXPORT_BAR (wd_export_bar_get_type ())
G_DECLARE_FINAL_TYPE (WdExportBar, wd_export_bar, WD, EXPORT_BAR, GtkWidget)

void     wd_export_bar_run (WdExportBar *self, WdExport *export, GFile *file);
gboolean wd_export_bar_is_running (WdExportBar *self);

G_END_DECLS
