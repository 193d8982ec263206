/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-error-report.h"

G_BEGIN_DECLS

#define WD_TYPE_ERROR_ROW (wd_error_row_get_type ())
G_DECLARE_FINAL_TYPE (WdErrorRow, wd_error_row, WD, ERROR_ROW, GtkListBoxRow)

GtkWidget  *wd_error_row_new (WdErrorReport *report, const WdErrorGroup *group);
void        wd_error_row_set_group (WdErrorRow *self, WdErrorReport *report,
                                    const WdErrorGroup *group);
const char *wd_error_row_get_name (WdErrorRow *self);
const char *wd_error_row_get_sample (WdErrorRow *self);
void        wd_error_row_tick (WdErrorRow *self, WdTime now);

G_END_DECLS
