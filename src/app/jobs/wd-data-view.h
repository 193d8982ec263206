/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_DATA_VIEW (wd_data_view_get_type ())
G_DECLARE_FINAL_TYPE (WdDataView, wd_data_view, WD, DATA_VIEW, GtkWidget)

void wd_data_view_set_json (WdDataView *self, const char *json);

G_END_DECLS
