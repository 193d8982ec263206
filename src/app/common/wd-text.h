/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-format.h"
#include "model/wd-profile.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

const WdNumberFormat *wd_text_count_format (void);
char *wd_text_count (gint64 count);
char *wd_text_amount (const char *decimal);
char *wd_text_time (WdTime time);
char *wd_text_clock (WdTime time);
char *wd_text_as_of (WdTime time);
char *wd_text_minute (WdTime time);
char *wd_text_minute_in (WdTime time, GTimeZone *zone);
char *wd_text_block (const char *text);
char *wd_text_host (const WdProfile *profile);

G_END_DECLS
