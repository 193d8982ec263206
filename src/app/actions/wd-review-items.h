/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-review-item.h"

G_BEGIN_DECLS

guint         wd_review_items_count_safe (GListStore *items);
WdReviewItem *wd_review_items_find (GListStore *items, const char *id);
void          wd_review_items_take (GListStore *items, GPtrArray *entries);

G_END_DECLS
