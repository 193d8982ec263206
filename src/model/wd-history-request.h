/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdHistoryRange:
 * @WD_HISTORY_HOUR: the last 60 minutes, by the minute
 * @WD_HISTORY_DAY: the last 24 hours, by the half hour
 * @WD_HISTORY_WEEK: the last 7 days, by 3 hours
 * @WD_HISTORY_MONTH: the last 30 days, today among them, by the day
 * @WD_HISTORY_CUSTOM: from one moment to another, in at most 62 bars
 *
 * Which time. Those that end now move with the clock.
 */
typedef enum {
  WD_HISTORY_HOUR,
  WD_HISTORY_DAY,
  WD_HISTORY_WEEK,
  WD_HISTORY_MONTH,
  WD_HISTORY_CUSTOM,
} WdHistoryRange;

/**
 * WdHistoryRequest:
 * @job_type: (nullable): jobs of this type; %NULL is all
 * @range: which time
 * @from: of %WD_HISTORY_CUSTOM, inclusive
 * @to: of %WD_HISTORY_CUSTOM, exclusive
 * @zone: (nullable): whose hours and days; %NULL is this machine's
 * @exact: whether percentiles are wanted from the jobs themselves
 */
typedef struct {
  char *job_type;
  WdHistoryRange range;
  WdTime from;
  WdTime to;
  GTimeZone *zone;
  gboolean exact;
} WdHistoryRequest;

WdHistoryRequest *wd_history_request_new (void);
WdHistoryRequest *wd_history_request_copy (const WdHistoryRequest *self);
void              wd_history_request_free (WdHistoryRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdHistoryRequest, wd_history_request_free)

gboolean    wd_history_range_parse (const char *word, WdHistoryRange *range, GError **error);

G_END_DECLS
