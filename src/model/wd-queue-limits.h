/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WD_QUEUE_CONCURRENCY_MAX 100000
#define WD_QUEUE_RATE_MAX        1000000
#define WD_QUEUE_RATE_MS_MAX     ((gint64) 24 * 3600 * 1000)

/* For what stands where a number above 0 should, and is none. */
#define WD_QUEUE_LIMIT_BROKEN (-1)

/**
 * WdQueueLimits:
 * @concurrency: how many jobs of the queue run at once, over all workers; 0 for no limit
 * @rate_max: how many begin within @rate_ms; 0 for no limit
 * @rate_ms: milliseconds
 *
 * What a queue lets its workers do together. %WD_QUEUE_LIMIT_BROKEN for what makes no sense.
 */
typedef struct {
  gint64 concurrency;
  gint64 rate_max;
  gint64 rate_ms;
} WdQueueLimits;

gboolean wd_queue_limits_equal (const WdQueueLimits *a, const WdQueueLimits *b);
gboolean wd_queue_limits_check (const WdQueueLimits *self, GError **error);
char    *wd_queue_limits_describe (const WdQueueLimits *self);
char    *wd_queue_limits_describe_rate (const WdQueueLimits *self);
char    *wd_queue_limits_describe_oddity (const WdQueueLimits *self);

G_END_DECLS
