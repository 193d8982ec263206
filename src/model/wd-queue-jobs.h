/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"
#include "model/wd-queue.h"

G_BEGIN_DECLS

/* Jobs of one page at most. */
#define WD_QUEUE_JOBS_MAX 1000

/**
 * WdQueueJobsRequest:
 * @queue: its name
 * @state: one of wd_queue_state_words()
 * @offset: how many to pass over
 * @limit: how many at most
 *
 * Which jobs of a queue.
 */
typedef struct {
  char *queue;
  char *state;
  gint64 offset;
  guint limit;
} WdQueueJobsRequest;

WD_DECLARE_RECORD (WdQueueJobsRequest, wd_queue_jobs_request)

WdQueueJobsRequest *wd_queue_jobs_request_create (const char *queue, const char *state,
                                                  gint64 offset, guint limit);

/**
 * WdQueueJobEntry:
 * @job: (owned): as its queue sees it; without log, stack traces and what it returned, and without
 *   data where that is large
 * @row: (owned) (nullable): the row about it, without its data
 * @is_row_known: whether it was looked for
 *
 * Immutable once published.
 */
typedef struct {
  WdQueueJob *job;
  WdJob *row;
  gboolean is_row_known;
} WdQueueJobEntry;

WD_DECLARE_RECORD (WdQueueJobEntry, wd_queue_job_entry)

WdQueueJobEntry *wd_queue_job_entry_create (WdQueueJob *job);
gboolean         wd_queue_job_entry_equal (const WdQueueJobEntry *a, const WdQueueJobEntry *b);

/**
 * WdQueueJobs:
 * @request: (owned): which these are
 * @total: how many jobs of the queue are in that state
 * @read_at: when that was
 * @entries: (element-type WdQueueJobEntry): what would run next or what ended last comes first, and
 *   of active ones what runs longest; no job is there twice
 * @counts: (owned): what the whole queue holds, a moment before
 * @rows_error: (nullable): why it is not known which of them have a row
 *
 * One page of the jobs of a queue. Immutable once published.
 */
typedef struct {
  WdQueueJobsRequest *request;
  gint64 total;
  WdTime read_at;
  GPtrArray *entries;
  WdQueueCounts *counts;
  char *rows_error;
} WdQueueJobs;

WD_DECLARE_RECORD (WdQueueJobs, wd_queue_jobs)

G_END_DECLS
