/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "base/wd-json-node.h"

G_BEGIN_DECLS

char *wd_data_row_describe (WdJsonNode *node);

#define WD_TYPE_DATA_ROW (wd_data_row_get_type ())
G_DECLARE_FINAL_TYPE (WdDataRow, wd_data_row, WD, DATA_ROW, GtkWidget)

GtkWidget *wd_data_row_new (void);
void       wd_data_row_set (WdDataRow *self, GtkTreeListRow *row);

G_END_DECLS
