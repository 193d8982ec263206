/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/common/wd-table.h"

G_BEGIN_DECLS

#define WD_TYPE_TABLE_SORT (wd_table_sort_get_type ())
G_DECLARE_FINAL_TYPE (WdTableSort, wd_table_sort, WD, TABLE_SORT, GObject)

WdTableSort *wd_table_sort_new (GtkColumnView *view, GPtrArray *columns, const WdTableSpec *spec);
WdSort       wd_table_sort_get (WdTableSort *self, gboolean *ascending);
void         wd_table_sort_show (WdTableSort *self, WdSort sort, gboolean ascending);
void         wd_table_sort_set (WdTableSort *self, WdSort sort, gboolean ascending);
void         wd_table_sort_reset (WdTableSort *self);

G_END_DECLS
