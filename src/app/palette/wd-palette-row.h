/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/palette/wd-palette-item.h"

G_BEGIN_DECLS

#define WD_TYPE_PALETTE_ROW (wd_palette_row_get_type ())
G_DECLARE_FINAL_TYPE (WdPaletteRow, wd_palette_row, WD, PALETTE_ROW, GtkListBoxRow)

GtkWidget     *wd_palette_row_new (WdPaletteItem *item);
WdPaletteItem *wd_palette_row_get_item (WdPaletteRow *self);

G_END_DECLS
