/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-filter-complete.h"

G_BEGIN_DECLS

#define WD_TYPE_FILTER_CHOICES (wd_filter_choices_get_type ())
G_DECLARE_FINAL_TYPE (WdFilterChoices, wd_filter_choices, WD, FILTER_CHOICES, GtkPopover)

WdFilterChoices *wd_filter_choices_new (void);
void             wd_filter_choices_set_fields (WdFilterChoices *self, const WdFilterField *fields,
                                               gsize n_fields);
void             wd_filter_choices_set_known (WdFilterChoices *self, const char *qualifier,
                                              char **words);
guint            wd_filter_choices_look (WdFilterChoices *self, const char *text, gsize cursor,
                                         WdTextSpan *piece);
void             wd_filter_choices_show (WdFilterChoices *self, const char *message);
void             wd_filter_choices_move (WdFilterChoices *self, int step);
const char      *wd_filter_choices_get_selected (WdFilterChoices *self);

G_END_DECLS
