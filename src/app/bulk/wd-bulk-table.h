/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "model/wd-bulk-run.h"

G_BEGIN_DECLS

#define WD_TYPE_BULK_TABLE (wd_bulk_table_get_type ())
G_DECLARE_FINAL_TYPE (WdBulkTable, wd_bulk_table, WD, BULK_TABLE, GtkWidget)

void wd_bulk_table_set_title (WdBulkTable *self, const char *title);
void wd_bulk_table_clear (WdBulkTable *self);
void wd_bulk_table_add (WdBulkTable *self, const char *title, const char *subtitle, gint64 n);
void wd_bulk_table_show_counts (WdBulkTable *self, const WdBulkRun *run);

G_END_DECLS
