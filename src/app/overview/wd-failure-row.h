/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-job.h"

G_BEGIN_DECLS

#define WD_TYPE_FAILURE_ROW (wd_failure_row_get_type ())
G_DECLARE_FINAL_TYPE (WdFailureRow, wd_failure_row, WD, FAILURE_ROW, GtkListBoxRow)

GtkWidget *wd_failure_row_new (void);
void       wd_failure_row_set_job (WdFailureRow *self, WdJob *job);
WdJob     *wd_failure_row_get_job (WdFailureRow *self);
void       wd_failure_row_tick (WdFailureRow *self, WdTime now);

G_END_DECLS
