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

/* The preset that reaches 24 hours back. */
#define WD_WHEN_PRESET_DAY 1

WdRangeFilter *wd_when_filter_new (WdWhen when);
void           wd_when_filter_read (WdRangeFilter *filter, WdTime *from, WdTime *to);

G_END_DECLS
