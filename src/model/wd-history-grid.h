/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-history-request.h"

G_BEGIN_DECLS

/* Steps, in minutes. Months differ in length. */
#define WD_HISTORY_STEP_QUARTER 15
#define WD_HISTORY_STEP_DAY     (24 * 60)
#define WD_HISTORY_STEP_WEEK    (7 * 24 * 60)
#define WD_HISTORY_STEP_MONTH   (30 * 24 * 60)

/* Of a range that somebody chose freely. */
#define WD_HISTORY_MAX_BARS 62

/**
 * WdHistoryGrid:
 * @step: minutes from one bar to the next; days, weeks (from Monday) and months are those of the
 *   time zone, so that some have an hour more or less
 * @edges: (element-type WdTime): where each bar begins, and then where the last one ends
 */
typedef struct {
  guint step;
  GArray *edges;
} WdHistoryGrid;

WdHistoryGrid *wd_history_grid_new (const WdHistoryRequest *request, WdTime now, GError **error);
WdHistoryGrid *wd_history_grid_new_coarse (const WdHistoryRequest *request, WdTime now,
                                           guint min_step, GError **error);
WdHistoryGrid *wd_history_grid_to_days (const WdHistoryGrid *self);
void           wd_history_grid_free (WdHistoryGrid *self);
guint          wd_history_grid_get_length (const WdHistoryGrid *self);
WdTime         wd_history_grid_get_edge (const WdHistoryGrid *self, guint i);
gboolean       wd_history_grid_is_utc (const WdHistoryGrid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdHistoryGrid, wd_history_grid_free)

G_END_DECLS
