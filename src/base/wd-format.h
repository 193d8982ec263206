/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WD_FORMAT_DAY:
 *
 * A day by ISO 8601, such as “2026-03-12”, for g_date_time_format().
 */
#define WD_FORMAT_DAY "%Y-%m-%d"

/**
 * WdNumberFormat:
 * @separator: between groups of digits before the point; "" for none
 * @point: before the fraction
 * @grouping: sizes of the groups from the right, as in `struct lconv`: the last one repeats,
 *   %CHAR_MAX ends it
 *
 * How a number is written; never how many of its digits.
 */
typedef struct {
  const char *separator;
  const char *point;
  const char *grouping;
} WdNumberFormat;

char *wd_format_address (const char *address);
char *wd_format_amount (const char *decimal);
char *wd_format_count (gint64 count, const WdNumberFormat *format);
char *wd_format_number (const char *decimal, const WdNumberFormat *format);
char *wd_format_age (WdTime then, WdTime now);
char *wd_format_duration (WdTime from, WdTime to);
char *wd_format_time (WdTime time, GTimeZone *zone, const char *day);
char *wd_format_minute (WdTime time, GTimeZone *zone, const char *day);
char *wd_format_clock (WdTime time, GTimeZone *zone);
char *wd_format_visible (const char *text, gsize max_bytes);

G_END_DECLS
