/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_WORK_ROW (wd_work_row_get_type ())
G_DECLARE_FINAL_TYPE (WdWorkRow, wd_work_row, WD, WORK_ROW, GtkWidget)

GtkWidget *wd_work_row_new (void);

void       wd_work_row_set_title (WdWorkRow *self, const char *title);
void       wd_work_row_set_details (WdWorkRow *self, const char *details, const char *more);
void       wd_work_row_set_fraction (WdWorkRow *self, double fraction);
void       wd_work_row_hide_progress (WdWorkRow *self);
GtkWidget *wd_work_row_add_button (WdWorkRow *self, const char *label, const char *name);

G_END_DECLS
