/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-saved-view.h"

G_BEGIN_DECLS

#define WD_TYPE_SIDEBAR_ROW (wd_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (WdSidebarRow, wd_sidebar_row, WD, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget  *wd_sidebar_row_new (const char *page, const char *title, const char *icon_name);
GtkWidget  *wd_sidebar_row_new_view (WdSavedView *view, const char *name, const char *icon_name);
WdSavedView *wd_sidebar_row_get_view (WdSidebarRow *self);
const char *wd_sidebar_row_get_page (WdSidebarRow *self);
const char *wd_sidebar_row_get_title (WdSidebarRow *self);
const char *wd_sidebar_row_get_icon_name (WdSidebarRow *self);
void        wd_sidebar_row_set_count (WdSidebarRow *self, gint64 count, gboolean wrong,
                                      const char *meaning);
void        wd_sidebar_row_set_note (WdSidebarRow *self, const char *note, const char *tone,
                                     const char *meaning);
void        wd_sidebar_row_popup (WdSidebarRow *self, GMenuModel *menu, const GdkRectangle *at);

G_END_DECLS
