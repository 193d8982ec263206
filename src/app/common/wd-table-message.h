/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-table.h"
#include "backend/wd-backend.h"

G_BEGIN_DECLS

#define WD_TYPE_TABLE_MESSAGE (wd_table_message_get_type ())
G_DECLARE_FINAL_TYPE (WdTableMessage, wd_table_message, WD, TABLE_MESSAGE, GtkWidget)

void wd_table_message_show_error (WdTableMessage *self, const GError *error);
void wd_table_message_show_refused (WdTableMessage *self, const GError *error);
void wd_table_message_show_missing (WdTableMessage *self, const WdTableSpec *spec);
void wd_table_message_show_no_match (WdTableMessage *self);
void wd_table_message_show_nothing_yet (WdTableMessage *self);
void wd_table_message_show_empty (WdTableMessage *self, const WdTableSpec *spec,
                                  WdBackend *backend);

G_END_DECLS
