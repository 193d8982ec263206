/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_BULK_BAR (wd_bulk_bar_get_type ())
G_DECLARE_FINAL_TYPE (WdBulkBar, wd_bulk_bar, WD, BULK_BAR, GtkWidget)

void     wd_bulk_bar_add (WdBulkBar *self, WdWorkspace *workspace);
void     wd_bulk_bar_remove (WdBulkBar *self, WdWorkspace *workspace);
void     wd_bulk_bar_set_shown (WdBulkBar *self, WdWorkspace *workspace);
gboolean wd_bulk_bar_has_rows (WdBulkBar *self);
gboolean wd_bulk_bar_is_active (WdBulkBar *self);
gboolean wd_bulk_bar_holds (WdBulkBar *self);
void     wd_bulk_bar_let_go (WdBulkBar *self);

G_END_DECLS
