/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

#define WD_TYPE_PALETTE_SEARCH (wd_palette_search_get_type ())
G_DECLARE_FINAL_TYPE (WdPaletteSearch, wd_palette_search, WD, PALETTE_SEARCH, GObject)

WdPaletteSearch *wd_palette_search_new (WdBackend *backend);
void             wd_palette_search_set_text (WdPaletteSearch *self, const char *text);
gboolean         wd_palette_search_is_busy (WdPaletteSearch *self);
const GError    *wd_palette_search_get_error (WdPaletteSearch *self);
GPtrArray       *wd_palette_search_get_wallets (WdPaletteSearch *self);
GPtrArray       *wd_palette_search_get_jobs (WdPaletteSearch *self);

G_END_DECLS
