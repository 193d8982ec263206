/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdTime:
 *
 * A point in time: microseconds since 1970-01-01 UTC, as PostgreSQL resolves them.
 * Three values are no point: %WD_TIME_NONE (null), and PostgreSQL's two infinities.
 */
typedef gint64 WdTime;

#define WD_TIME_NONE              G_MININT64
#define WD_TIME_NEGATIVE_INFINITY (G_MININT64 + 1)
#define WD_TIME_INFINITY          G_MAXINT64

/* What RFC 3339 in UTC takes, with its zero byte. */
#define WD_TIME_RFC3339_SIZE 32

WdTime   wd_time_now (void);
gboolean wd_time_is_finite (WdTime time);
WdTime   wd_time_from_ms (gint64 milliseconds);
gboolean wd_time_parse (const char *text, gboolean end_of_day, WdTime *time, GError **error);
WdTime   wd_time_parse_typed (const char *text, GTimeZone *zone, gboolean end);
char    *wd_time_to_rfc3339 (WdTime time);
void     wd_time_write_rfc3339 (WdTime time, char *buffer);

/* A deadline is a value of g_get_monotonic_time(): microseconds, absolute. */
gint64 wd_deadline_in (guint milliseconds);
int    wd_deadline_left_ms (gint64 deadline);

G_END_DECLS
