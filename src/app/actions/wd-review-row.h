/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/actions/wd-review-item.h"

G_BEGIN_DECLS

#define WD_TYPE_REVIEW_ROW (wd_review_row_get_type ())
G_DECLARE_FINAL_TYPE (WdReviewRow, wd_review_row, WD, REVIEW_ROW, GtkWidget)

void wd_review_row_set_up (GtkListView *view);

G_END_DECLS
