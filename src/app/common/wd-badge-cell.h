/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_BADGE_CELL (wd_badge_cell_get_type ())
G_DECLARE_FINAL_TYPE (WdBadgeCell, wd_badge_cell, WD, BADGE_CELL, GtkWidget)

GtkWidget  *wd_badge_cell_new (void);
void        wd_badge_cell_set (WdBadgeCell *self, const char *text, const char *tone);
const char *wd_badge_cell_get_cut_text (WdBadgeCell *self);

G_END_DECLS
