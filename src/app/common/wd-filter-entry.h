/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-filter-complete.h"

G_BEGIN_DECLS

#define WD_TYPE_FILTER_ENTRY (wd_filter_entry_get_type ())
G_DECLARE_FINAL_TYPE (WdFilterEntry, wd_filter_entry, WD, FILTER_ENTRY, GtkWidget)

void        wd_filter_entry_set_up (WdFilterEntry *self, const char *name, const char *hint,
                                    const WdFilterField *fields, gsize n_fields);
void        wd_filter_entry_set_known (WdFilterEntry *self, const char *qualifier, char **words);
GtkWidget  *wd_filter_entry_get_problem (WdFilterEntry *self);
const char *wd_filter_entry_get_text (WdFilterEntry *self);
void        wd_filter_entry_set_text (WdFilterEntry *self, const char *text);
const char *wd_filter_entry_settle (WdFilterEntry *self);
void        wd_filter_entry_set_wrong (WdFilterEntry *self, const char *message, WdTextSpan span);

G_END_DECLS
