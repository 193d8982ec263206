/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-look.h"

G_BEGIN_DECLS

/* Ids of one queue at most, and failed jobs among them: the newest. */
#define WD_BULLMQ_CENSUS_MOST   1000000
#define WD_BULLMQ_CENSUS_FAILED 10000

/**
 * WdBullmqCensus:
 *
 * Every id that stands somewhere in a queue, but for the completed ones, as they were found in
 * slices: a job that moved meanwhile may be missing, or stand in two places.
 */
typedef struct _WdBullmqCensus WdBullmqCensus;

/**
 * WdBullmqCensusFunc:
 * @n_jobs: how many ids the last slice brought
 * @data: as given
 */
typedef void (*WdBullmqCensusFunc) (gsize n_jobs, gpointer data);

WdBullmqCensus *wd_bullmq_census_take (WdRedisConnection *conn, const WdBullmqQueue *queue,
                                       WdBullmqCensusFunc func, gpointer func_data, guint slice_ms,
                                       GCancellable *cancellable, GError **error);
void            wd_bullmq_census_free (WdBullmqCensus *self);

gboolean      wd_bullmq_census_is_complete (WdBullmqCensus *self);
GHashTable   *wd_bullmq_census_get_jobs (WdBullmqCensus *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBullmqCensus, wd_bullmq_census_free)

G_END_DECLS
