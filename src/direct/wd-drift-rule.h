/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-drift.h"
#include "model/wd-words.h"

G_BEGIN_DECLS

/* A disagreement younger than this is none: a row is written before its job is queued, a worker
 * writes its row before or after it ends the job. */
#define WD_DRIFT_GRACE_MS      (10 * 1000)
/* The same where a worker may be busy with the job at this moment. */
#define WD_DRIFT_WORK_GRACE_MS (60 * 1000)

/**
 * WdDriftFacts:
 * @n_rows: how many rows tell of the job
 * @status: what the row says, where there is one
 * @row_age_ms: since the row last changed
 * @started: whether the row says that the job began
 * @promised: an outbox entry about the row is open
 * @has_data: whether the row has what it takes to queue the job again
 * @elsewhere: the row is about a job of another queue
 * @automatic: the job's id is one that BullMQ made
 * @queue: what the queue shows
 *
 * What both stores show of one job.
 */
typedef struct {
  guint n_rows;
  WdJobStatus status;
  gint64 row_age_ms;
  gboolean started;
  gboolean promised;
  gboolean has_data;
  gboolean elsewhere;
  gboolean automatic;
  WdQueueFacts queue;
} WdDriftFacts;

gboolean    wd_drift_judge (const WdDriftFacts *facts, WdDriftKind *kind);
guint       wd_drift_remedies (const WdDriftFacts *facts, WdDriftKind kind, WdQueueRan ran);
WdQueueRan  wd_drift_ran (const WdDriftFacts *facts, WdQueueRan events);
const char *wd_drift_queue_state (const WdQueueFacts *queue);

G_END_DECLS
