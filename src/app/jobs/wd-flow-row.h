/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/jobs/wd-flow-item.h"

G_BEGIN_DECLS

#define WD_TYPE_FLOW_ROW (wd_flow_row_get_type ())
G_DECLARE_FINAL_TYPE (WdFlowRow, wd_flow_row, WD, FLOW_ROW, GtkWidget)

GtkWidget *wd_flow_row_new (void);
void       wd_flow_row_set (WdFlowRow *self, GtkTreeListRow *row);

G_END_DECLS
