/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-paged-list.h"

G_BEGIN_DECLS

/* More rows than anybody means to act upon at once, few enough for one transaction. */
#define WD_TABLE_SELECTION_MAX 5000

#define WD_TYPE_TABLE_SELECTION (wd_table_selection_get_type ())
G_DECLARE_FINAL_TYPE (WdTableSelection, wd_table_selection, WD, TABLE_SELECTION, GObject)

WdTableSelection  *wd_table_selection_new (WdPagedList *list);
GtkSelectionModel *wd_table_selection_get_model (WdTableSelection *self);
guint              wd_table_selection_get_n_rows (WdTableSelection *self);
GPtrArray         *wd_table_selection_dup_rows (WdTableSelection *self);
gboolean           wd_table_selection_has_row (WdTableSelection *self, guint position);
void               wd_table_selection_select_all (WdTableSelection *self);
gboolean           wd_table_selection_is_growing (WdTableSelection *self);
void               wd_table_selection_select_only (WdTableSelection *self, guint position);
void               wd_table_selection_clear (WdTableSelection *self);

G_END_DECLS
