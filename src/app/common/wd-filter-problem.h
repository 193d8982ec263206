/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "model/wd-filter-term.h"

G_BEGIN_DECLS

#define WD_TYPE_FILTER_PROBLEM (wd_filter_problem_get_type ())
G_DECLARE_FINAL_TYPE (WdFilterProblem, wd_filter_problem, WD, FILTER_PROBLEM, GtkWidget)

WdFilterProblem *wd_filter_problem_new (GtkEntry *entry);
void             wd_filter_problem_set (WdFilterProblem *self, const char *message,
                                        WdTextSpan span);

G_END_DECLS
