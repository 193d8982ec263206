/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-result.h"

G_BEGIN_DECLS

#define WD_TYPE_REVIEW_ITEM (wd_review_item_get_type ())
G_DECLARE_FINAL_TYPE (WdReviewItem, wd_review_item, WD, REVIEW_ITEM, GObject)

WdReviewItem        *wd_review_item_new (WdOutboxEntry *entry);
const WdOutboxEntry *wd_review_item_get_entry (WdReviewItem *self);
void                 wd_review_item_set_entry (WdReviewItem *self, WdOutboxEntry *entry);

G_END_DECLS
