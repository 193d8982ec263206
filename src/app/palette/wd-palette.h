/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/palette/wd-palette-item.h"
#include "backend/wd-backend.h"

G_BEGIN_DECLS

#define WD_TYPE_PALETTE (wd_palette_get_type ())
G_DECLARE_FINAL_TYPE (WdPalette, wd_palette, WD, PALETTE, AdwWindow)

WdPalette    *wd_palette_new (GtkWindow *parent, WdBackend *backend);
void          wd_palette_take_item (WdPalette *self, WdPaletteItem *item);
void          wd_palette_update (WdPalette *self);
void          wd_palette_look_for (WdPalette *self, const char *text);
GCancellable *wd_palette_get_closing (WdPalette *self);

G_END_DECLS
