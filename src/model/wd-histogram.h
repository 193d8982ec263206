/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The last one holds all that lasted 30 million seconds and more. */
#define WD_HISTOGRAM_BUCKETS 256

/**
 * WdPercentiles:
 * @n: of how many durations
 * @p50: the median, in microseconds, or -1 where @n is too few for it
 * @p95: what 95 of 100 did not exceed; likewise
 * @p99: likewise
 *
 * A percentile is known where at least one duration lies above it: the median of 2, p95 of 20,
 * p99 of 100.
 */
typedef struct {
  gint64 n;
  gint64 p50;
  gint64 p95;
  gint64 p99;
} WdPercentiles;

/**
 * WdHistogram:
 * @n: how many durations each bucket holds; bucket b those from 1.1^b to 1.1^(b+1) milliseconds,
 *   bucket 0 also all shorter ones
 * @total: how many all hold
 */
typedef struct {
  gint64 n[WD_HISTOGRAM_BUCKETS];
  gint64 total;
} WdHistogram;

void          wd_histogram_add (WdHistogram *self, int bucket, gint64 n);
WdPercentiles wd_histogram_get_percentiles (const WdHistogram *self);
gboolean      wd_percentile_is_known (gint64 n, guint percent);

G_END_DECLS
