/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdQueuePlaces:
 *
 * Where in its queue a job's id stands.
 */
typedef enum {
  WD_PLACE_WAIT = 1 << 0,
  WD_PLACE_PAUSED = 1 << 1,
  WD_PLACE_ACTIVE = 1 << 2,
  WD_PLACE_PRIORITIZED = 1 << 3,
  WD_PLACE_DELAYED = 1 << 4,
  WD_PLACE_CHILDREN = 1 << 5,
  WD_PLACE_FAILED = 1 << 6,
  WD_PLACE_COMPLETED = 1 << 7,
} WdQueuePlaces;

/* It will be run without anybody's doing. */
#define WD_PLACES_WAITING                                                                 \
  (WD_PLACE_WAIT | WD_PLACE_PAUSED | WD_PLACE_PRIORITIZED | WD_PLACE_DELAYED | WD_PLACE_CHILDREN)

/**
 * WdQueueFacts:
 * @places: of #WdQueuePlaces; 0 for none
 * @twice: one place holds it more than once
 * @exists: it has a record
 * @locked: a worker holds its lock; known only where it was looked at by itself
 * @made_ms: when it was made, by its producer's clock, in milliseconds since 1970; or -1
 * @age_ms: since it last began or ended, or else was made, in milliseconds; or -1
 * @attempts_made: attempts that ended
 * @attempts_started: attempts that began
 *
 * What a queue shows of a job's id.
 */
typedef struct {
  guint places;
  gboolean twice;
  gboolean exists;
  gboolean locked;
  gint64 made_ms;
  gint64 age_ms;
  int attempts_made;
  int attempts_started;
} WdQueueFacts;

/**
 * WdQueueRan:
 * @WD_QUEUE_RAN_PERHAPS: nothing proves that it did not
 * @WD_QUEUE_RAN_NOT: the queue's events show it entering, and no run since
 * @WD_QUEUE_RAN_TO_ITS_END: they say that it completed
 *
 * Whether a job ran.
 */
typedef enum {
  WD_QUEUE_RAN_PERHAPS,
  WD_QUEUE_RAN_NOT,
  WD_QUEUE_RAN_TO_ITS_END,
} WdQueueRan;

/**
 * WdDriftKind:
 * @WD_DRIFT_LOST: a row says that its job waits or runs, and its queue does not hold it
 * @WD_DRIFT_UNLOGGED: a job without a row
 * @WD_DRIFT_STATES: row and queue say different things
 * @WD_DRIFT_ORPHAN: an id stands in its queue, its record is gone
 * @WD_DRIFT_DUPLICATE: an id in two places, a job in two queues, or two rows for one job
 *
 * How rows and queues disagree.
 */
typedef enum {
  WD_DRIFT_LOST,
  WD_DRIFT_UNLOGGED,
  WD_DRIFT_STATES,
  WD_DRIFT_ORPHAN,
  WD_DRIFT_DUPLICATE,
  WD_N_DRIFTS,
} WdDriftKind;

/**
 * WdDriftRemedy:
 * @WD_DRIFT_REQUEUE: queue a lost job again: the same row, the same id, once
 * @WD_DRIFT_MARK_FAILED: the row says failed; the queue is left alone, as by all that mark
 * @WD_DRIFT_MARK_COMPLETED: the row says completed
 * @WD_DRIFT_MARK_CANCELLED: the row says cancelled
 * @WD_DRIFT_MARK_PENDING: the row says that its job waits, as its queue does
 * @WD_DRIFT_WRITE_ROW: writes the row that is missing
 * @WD_DRIFT_REMOVE: takes out of the queue an id without a record, or all but one of its places
 *
 * What can be done about it. Flags.
 */
typedef enum {
  WD_DRIFT_REQUEUE = 1 << 0,
  WD_DRIFT_MARK_FAILED = 1 << 1,
  WD_DRIFT_MARK_COMPLETED = 1 << 2,
  WD_DRIFT_MARK_CANCELLED = 1 << 3,
  WD_DRIFT_MARK_PENDING = 1 << 4,
  WD_DRIFT_WRITE_ROW = 1 << 5,
  WD_DRIFT_REMOVE = 1 << 6,
} WdDriftRemedy;

#define WD_DRIFT_MARKS                                                                    \
  (WD_DRIFT_MARK_FAILED | WD_DRIFT_MARK_COMPLETED | WD_DRIFT_MARK_CANCELLED               \
   | WD_DRIFT_MARK_PENDING)

/**
 * WdDrift:
 * @id: what it is called in commands: `<queue>/<id in the queue>`
 * @kind: what is wrong
 * @queue: name of the queue
 * @queue_id: the job's id there
 * @job_log_id: (nullable): UUID of the row
 * @job_id: what the row's `job_id` is, or would be
 * @job_type: (nullable): the row's, or that of the jobs of @queue
 * @wallet_address: (nullable): the row's
 * @row_status: (nullable): what the row says; %NULL without one
 * @queue_state: (nullable): what the queue says, in BullMQ's words; `unknown` for a record that is
 *   in no list; %NULL where the queue knows nothing of it
 * @since: since when it may be so: the last change that either store knows of; or %WD_TIME_NONE
 * @ran: of a lost job: whether it ran
 * @remedies: of #WdDriftRemedy: what may be done
 * @explanation: translated: what it means and what to do next
 *
 * One disagreement, seen twice. Immutable once published.
 */
typedef struct {
  char *id;
  WdDriftKind kind;
  char *queue;
  char *queue_id;
  char *job_log_id;
  char *job_id;
  char *job_type;
  char *wallet_address;
  char *row_status;
  char *queue_state;
  WdTime since;
  WdQueueRan ran;
  guint remedies;
  char *explanation;
} WdDrift;

WD_DECLARE_RECORD (WdDrift, wd_drift)

/**
 * WdDriftCount:
 * @kind: what is wrong
 * @job_type: (nullable): %NULL where no type is known
 * @n: how many
 * @oldest: the earliest `since` among them, or %WD_TIME_NONE
 */
typedef struct {
  WdDriftKind kind;
  char *job_type;
  gint64 n;
  WdTime oldest;
} WdDriftCount;

/* Findings kept of each kind, the oldest; the others are counted. */
#define WD_DRIFT_MOST_ITEMS 1000

/**
 * WdDriftReport:
 * @counts: (element-type WdDriftCount): by kind and job type, complete
 * @items: (element-type WdDrift): by kind, oldest first, at most %WD_DRIFT_MOST_ITEMS of each
 * @n_rows: unfinished rows that were compared
 * @n_jobs: jobs in the queues that were compared
 * @checked_at: when it was finished
 * @notes: (array zero-terminated=1): translated: what could not be compared, and why
 *
 * How the rows and the queues of a platform agree. Immutable once published.
 */
typedef struct {
  GPtrArray *counts;
  GPtrArray *items;
  gint64 n_rows;
  gint64 n_jobs;
  WdTime checked_at;
  char **notes;
} WdDriftReport;

WD_DECLARE_RECORD (WdDriftReport, wd_drift_report)

WdDriftReport *wd_drift_report_create (void);
void           wd_drift_report_tally (WdDriftReport *self, WdDriftKind kind, const char *job_type,
                                      WdTime since);
gint64         wd_drift_report_count (const WdDriftReport *self, WdDriftKind kind);
gint64         wd_drift_report_total (const WdDriftReport *self);
WdTime         wd_drift_report_oldest (const WdDriftReport *self, WdDriftKind kind);

/**
 * WdDriftFix:
 * @remedy: one #WdDriftRemedy
 * @ids: (array zero-terminated=1): of findings
 * @may_run_twice: the admin knows that jobs may have run, and orders them to be queued all the same
 *
 * What to do about some findings.
 */
typedef struct {
  WdDriftRemedy remedy;
  char **ids;
  gboolean may_run_twice;
} WdDriftFix;

WD_DECLARE_RECORD (WdDriftFix, wd_drift_fix)

WdDriftFix *wd_drift_fix_copy (const WdDriftFix *self);

const char *wd_drift_kind_word (WdDriftKind kind);
const char *wd_drift_kind_label (WdDriftKind kind);
const char *wd_drift_kind_meaning (WdDriftKind kind);
const char *wd_drift_remedy_word (WdDriftRemedy remedy);
gboolean    wd_drift_remedy_from_word (const char *word, WdDriftRemedy *remedy);
const char *wd_queue_ran_word (WdQueueRan ran);

G_END_DECLS
