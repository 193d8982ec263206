/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_TEXT_BLOCK (wd_text_block_get_type ())
G_DECLARE_FINAL_TYPE (WdTextBlock, wd_text_block, WD, TEXT_BLOCK, GtkWidget)

void wd_text_block_set_name (WdTextBlock *self, const char *name);
void wd_text_block_set_keep_end (WdTextBlock *self, gboolean keep_end);
void wd_text_block_set_text (WdTextBlock *self, const char *text);

G_END_DECLS
