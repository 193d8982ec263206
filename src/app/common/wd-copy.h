/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "wire/wd-wire-field.h"

G_BEGIN_DECLS

typedef char *(*WdCopyField) (gconstpointer record);

char *wd_copy_rows (GPtrArray *rows, const WdCopyField *fields, guint n_fields);
char *wd_copy_lines (GPtrArray *rows, WdCopyField field);
char *wd_copy_csv (GPtrArray *rows, const WdWireField *fields);
char *wd_copy_json (GPtrArray *rows, const WdWireField *fields);
void  wd_copy_set (GtkWidget *widget, const char *text);

G_END_DECLS
