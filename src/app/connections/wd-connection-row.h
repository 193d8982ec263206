/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_CONNECTION_ROW (wd_connection_row_get_type ())
G_DECLARE_FINAL_TYPE (WdConnectionRow, wd_connection_row, WD, CONNECTION_ROW, GtkListBoxRow)

GtkWidget  *wd_connection_row_new (const WdProfile *profile, const char *name, gboolean is_open);
const char *wd_connection_row_get_name (WdConnectionRow *self);

void wd_colour_set (GtkWidget *widget, const WdProfile *profile);

G_END_DECLS
