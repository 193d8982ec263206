/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-subject.h"

G_BEGIN_DECLS

#define WD_TYPE_SUBJECT_ROW (wd_subject_row_get_type ())
G_DECLARE_FINAL_TYPE (WdSubjectRow, wd_subject_row, WD, SUBJECT_ROW, GtkWidget)

WdSubjectRow       *wd_subject_row_new (void);
void                wd_subject_row_set (WdSubjectRow *self, WdSubject *subject);
GtkListItemFactory *wd_subject_row_factory (void);

G_END_DECLS
