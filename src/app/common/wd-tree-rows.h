/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WdTreeRowFunc:
 * @widget: made by the other function
 * @row: (nullable): what it shows from now on
 */
typedef void (*WdTreeRowFunc) (GtkWidget *widget, GtkTreeListRow *row);

void wd_tree_rows_set_up (GtkListView *view, GtkWidget *(*make) (void), WdTreeRowFunc show);

G_END_DECLS
