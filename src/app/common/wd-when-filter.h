/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-range-filter.h"
#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdWhen:
 * @WD_WHEN_CREATED: when something came to be
 * @WD_WHEN_ENDED: when something was over
 * @WD_WHEN_DONE: when somebody did something
 *
 * Which time is filtered.
 */
typedef enum {
  WD_WHEN_CREATED,
  WD_WHEN_ENDED,
  WD_WHEN_DONE,
} WdWhen;

/**
 * WdWhenRange:
 * @from: the first moment, or %WD_TIME_NONE
 * @to: the last one, or %WD_TIME_NONE
 * @from_ago: how long before now @from is, in microseconds; 0 for a @from that does not move
 * @to_ago: likewise for @to
 */
typedef struct {
  WdTime from;
  WdTime to;
  gint64 from_ago;
  gint64 to_ago;
} WdWhenRange;

WdRangeFilter *wd_when_filter_new (WdWhen when);
void           wd_when_filter_read (WdRangeFilter *filter, WdWhenRange *range);
void           wd_when_filter_show (WdRangeFilter *filter, const WdWhenRange *range);

G_END_DECLS
