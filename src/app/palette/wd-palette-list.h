/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/palette/wd-palette-item.h"

G_BEGIN_DECLS

#define WD_TYPE_PALETTE_LIST (wd_palette_list_get_type ())
G_DECLARE_FINAL_TYPE (WdPaletteList, wd_palette_list, WD, PALETTE_LIST, GtkWidget)

void           wd_palette_list_fill (WdPaletteList *self, GPtrArray *items, gboolean keep);
gboolean       wd_palette_list_is_empty (WdPaletteList *self);
WdPaletteItem *wd_palette_list_get_selected (WdPaletteList *self);
void           wd_palette_list_move (WdPaletteList *self, int steps);

G_END_DECLS
