/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-health.h"

G_BEGIN_DECLS

#define WD_TYPE_ATTENTION_ROW (wd_attention_row_get_type ())
G_DECLARE_FINAL_TYPE (WdAttentionRow, wd_attention_row, WD, ATTENTION_ROW, GtkListBoxRow)

WdAttentionRow *wd_attention_row_new (void);
void            wd_attention_row_set_finding (WdAttentionRow *self, WdFinding *finding);
void            wd_attention_row_set_trouble (WdAttentionRow *self, const WdHealth *health,
                                              WdWalletTrouble kind);
void            wd_attention_row_tick (WdAttentionRow *self, WdTime now);

G_END_DECLS
