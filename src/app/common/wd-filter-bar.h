/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-filter.h"

G_BEGIN_DECLS

#define WD_TYPE_FILTER_BAR (wd_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (WdFilterBar, wd_filter_bar, WD, FILTER_BAR, GtkWidget)

void wd_filter_bar_add (WdFilterBar *self, WdFilter *filter);

G_END_DECLS
