/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-filter.h"

G_BEGIN_DECLS

#define WD_TYPE_FILTER_BUTTON (wd_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (WdFilterButton, wd_filter_button, WD, FILTER_BUTTON, WdFilter)

WdFilterButton *wd_filter_button_new (const char *name, const char *all_label, gboolean multiple);
void            wd_filter_button_add (WdFilterButton *self, const char *id, const char *label);
guint           wd_filter_button_get_n_choices (WdFilterButton *self);
char          **wd_filter_button_get_selected (WdFilterButton *self);
char          **wd_filter_button_dup_excluded (WdFilterButton *self);
void            wd_filter_button_set_selected (WdFilterButton *self, char **ids, char **excluded);

G_END_DECLS
