/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-result.h"

G_BEGIN_DECLS

gboolean wd_review_text_question (const WdOutboxEntry *entry, guint n_entries, gboolean discards,
                                  char **heading, char **body);
char    *wd_review_text_done (guint n_done, gboolean discarded, gboolean perhaps_queued);
char    *wd_review_text_banner (gint64 n_undelivered);
const char *wd_review_text_progress (gboolean stopping, gboolean discards);
const char *wd_review_text_trouble (const GError *error, gboolean one, gboolean discards);

G_END_DECLS
