/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-list-kind.h"

G_BEGIN_DECLS

#define WD_TYPE_ROW (wd_row_get_type ())
G_DECLARE_FINAL_TYPE (WdRow, wd_row, WD, ROW, GObject)

WdRow        *wd_row_new (const WdListKind *kind, gpointer record);
const char   *wd_row_get_id (WdRow *self);
gconstpointer wd_row_get_record (WdRow *self);
gboolean      wd_row_replace (WdRow *self, gpointer record);
gboolean      wd_row_tell (WdRow *self);

G_END_DECLS
