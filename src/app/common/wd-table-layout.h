/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/common/wd-table.h"
#include "session/wd-column-layout.h"

G_BEGIN_DECLS

#define WD_TYPE_TABLE_LAYOUT (wd_table_layout_get_type ())
G_DECLARE_FINAL_TYPE (WdTableLayout, wd_table_layout, WD, TABLE_LAYOUT, GObject)

WdTableLayout *wd_table_layout_new (GtkWidget *table, GtkColumnView *view, GtkAdjustment *room,
                                    GPtrArray *columns, const char *settings_key);
GMenuModel    *wd_table_layout_get_menu (WdTableLayout *self);
void           wd_table_layout_set_sort (WdTableLayout *self, WdSort sort, gboolean ascending);
WdSort         wd_table_layout_read_sort (const WdTableSpec *spec, gboolean *ascending);
WdColumnLayout *wd_table_layout_get (WdTableLayout *self);
WdSort         wd_table_layout_show (WdTableLayout *self, WdColumnLayout *view,
                                     const WdTableSpec *spec, gboolean *ascending);

G_END_DECLS
