/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-census.h"
#include "direct/wd-direct-drift.h"
#include "direct/wd-drift-case.h"

G_BEGIN_DECLS

/**
 * WdDriftSearch:
 * @lane: (unowned): whose connections are used
 * @profile: (unowned): of @lane
 * @func: (nullable): told how far it is
 * @func_data: for @func
 * @next_tell: when it is told next, monotonic
 * @censuses: (owned) (element-type utf8 WdBullmqCensus): by queue
 * @matched: (owned): ids of theirs, by address, that a row was found for
 * @suspects: (owned) (element-type WdDriftCase): with whom something seemed wrong
 * @notes: (owned) (element-type utf8): what could not be compared
 * @n_jobs: jobs in the queues that were looked at
 * @n_rows: rows likewise
 *
 * One comparison on its way. Worker.
 */
typedef struct {
  WdLane *lane;
  const WdProfile *profile;
  WdDirectDriftFunc func;
  gpointer func_data;
  gint64 next_tell;
  GHashTable *censuses;
  GHashTable *matched;
  GPtrArray *suspects;
  GPtrArray *notes;
  gint64 n_jobs;
  gint64 n_rows;
} WdDriftSearch;

void            wd_drift_search_init (WdDriftSearch *self, WdLane *lane, WdDirectDriftFunc func,
                                      gpointer func_data);
void            wd_drift_search_clear (WdDriftSearch *self);
gboolean        wd_drift_search_run (WdDriftSearch *self, GCancellable *cancellable,
                                     GError **error);
WdBullmqCensus *wd_drift_search_take_census (WdDriftSearch *self, const char *name,
                                             WdBullmqCensusFunc func, GCancellable *cancellable,
                                             GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdDriftSearch, wd_drift_search_clear)

G_END_DECLS
