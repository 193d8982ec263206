/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdFilterTime:
 * @first: its first microsecond
 * @last: its last; the same for an instant
 * @ago: microseconds before now, 0 for what does not move
 *
 * A time as a filter says it: an instant, a minute, a day, or so long ago.
 */
typedef struct {
  WdTime first;
  WdTime last;
  gint64 ago;
} WdFilterTime;

gboolean wd_filter_time_read (const char *text, GTimeZone *zone, WdTime now, WdFilterTime *time);
char    *wd_filter_time_write (WdTime time, gint64 ago, gboolean last, GTimeZone *zone);

G_END_DECLS
