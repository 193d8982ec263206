/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/wd-window.h"

G_BEGIN_DECLS

#define WD_TYPE_REVIEW_DIALOG (wd_review_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdReviewDialog, wd_review_dialog, WD, REVIEW_DIALOG, AdwWindow)

WdReviewDialog *wd_review_dialog_new (WdWindow *window, WdWorkspace *workspace);

G_END_DECLS
