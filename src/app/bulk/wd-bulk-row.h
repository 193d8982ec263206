/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_BULK_ROW (wd_bulk_row_get_type ())
G_DECLARE_FINAL_TYPE (WdBulkRow, wd_bulk_row, WD, BULK_ROW, GtkWidget)

GtkWidget   *wd_bulk_row_new (WdWorkspace *workspace, WdBulkWork *work);
WdWorkspace *wd_bulk_row_get_workspace (WdBulkRow *self);
WdBulkWork  *wd_bulk_row_get_work (WdBulkRow *self);
void         wd_bulk_row_set_foreign (WdBulkRow *self, gboolean foreign);
void         wd_bulk_row_tick (WdBulkRow *self);

G_END_DECLS
