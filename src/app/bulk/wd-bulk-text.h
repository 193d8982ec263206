/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-bulk-work.h"

G_BEGIN_DECLS

char *wd_bulk_text_subjects (const WdBulkRequest *request, gint64 n);
char *wd_bulk_text_title (const WdBulkRun *run);
char *wd_bulk_text_heading (WdBulkWork *work);
char *wd_bulk_text_details (WdBulkWork *work);
char *wd_bulk_text_go (const WdBulkRequest *request, gint64 n);
char *wd_bulk_text_question (const WdBulkRequest *request, gint64 n);
char *wd_bulk_text_dialog (const WdBulkRequest *request);
char *wd_bulk_text_meaning (const WdBulkRequest *request, gint64 n);
char *wd_bulk_text_not_asked (const WdBulkRun *run);

G_END_DECLS
