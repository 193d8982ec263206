/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_STACK_LIST (wd_stack_list_get_type ())
G_DECLARE_FINAL_TYPE (WdStackList, wd_stack_list, WD, STACK_LIST, GtkWidget)

void wd_stack_list_set (WdStackList *self, const char *const *traces, gint64 attempts_made);

G_END_DECLS
