/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A filter as one line of text, and back. What is written is read as an equal filter, and written
 * again as the same line. */

#pragma once

#include "model/wd-filter.h"

G_BEGIN_DECLS

WdJobFilter    *wd_job_filter_from_text (const char *text, GTimeZone *zone, WdTime now,
                                         WdTextSpan *span, GError **error);
WdWalletFilter *wd_wallet_filter_from_text (const char *text, GTimeZone *zone, WdTime now,
                                            WdTextSpan *span, GError **error);

char *wd_job_filter_to_text (const WdJobFilter *self, GTimeZone *zone);
char *wd_wallet_filter_to_text (const WdWalletFilter *self, GTimeZone *zone);

G_END_DECLS
