/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-table-column.h"

G_BEGIN_DECLS

GPtrArray *wd_table_columns_add (GtkColumnView *view, const WdColumnSpec *specs, guint n_specs);
int        wd_table_columns_get_width (GtkColumnView *view, WdTableColumn *column,
                                      gboolean wide);
int        wd_table_columns_get_more (GtkColumnView *view, GPtrArray *columns);
guint      wd_table_columns_find_row (GPtrArray *columns, GtkWidget *widget, GtkWidget **row);
void       wd_table_columns_scroll_to (GtkColumnView *view, guint position);
void       wd_table_columns_remove (GtkColumnView *view, GPtrArray *columns);

G_END_DECLS
