/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_SENDING_ROW (wd_sending_row_get_type ())
G_DECLARE_FINAL_TYPE (WdSendingRow, wd_sending_row, WD, SENDING_ROW, GtkWidget)

void wd_sending_row_begin (WdSendingRow *self);
void wd_sending_row_end (WdSendingRow *self);
void wd_sending_row_set_text (WdSendingRow *self, const char *text);

G_END_DECLS
