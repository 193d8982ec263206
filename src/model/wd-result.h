/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"
#include "model/wd-queue.h"

G_BEGIN_DECLS

/**
 * WdJobOutcome:
 * @job: (owned): the row as it was written
 * @delivered: whether its queue has it; else it stands in the outbox, is queued later or left to an
 *   admin
 * @note: (nullable): what the admin should know about it
 */
typedef struct {
  WdJob *job;
  gboolean delivered;
  char *note;
} WdJobOutcome;

/**
 * WdRefusal:
 * @subject: the wallet address or job id
 * @error: (owned): why, in #WD_ERROR
 * @job_log_id: (nullable): the job in the way, where that is the reason
 * @is_sibling: that job was chosen by the same order, of several of which one is enough
 */
typedef struct {
  char *subject;
  GError *error;
  char *job_log_id;
  gboolean is_sibling;
} WdRefusal;

/**
 * WdActionResult:
 * @done: (element-type WdJobOutcome): what was written
 * @refused: (element-type WdRefusal): what was not
 * @message: one sentence about the whole
 * @by_queue: whether what was done goes through a queue; else only rows were written
 *
 * What a dispatch or a retry did. Immutable once published.
 */
typedef struct {
  GPtrArray *done;
  GPtrArray *refused;
  char *message;
  gboolean by_queue;
} WdActionResult;

WD_DECLARE_RECORD (WdActionResult, wd_action_result)

WdActionResult *wd_action_result_create (void);
WdJobOutcome   *wd_action_result_add_job (WdActionResult *self, WdJob *job, gboolean delivered);
WdRefusal      *wd_action_result_refuse (WdActionResult *self, const char *subject, int code,
                                         const char *format, ...) G_GNUC_PRINTF (4, 5);
WdRefusal      *wd_action_result_refuse_sibling (WdActionResult *self, const char *subject,
                                                 const char *chosen);
void            wd_action_result_tell_siblings (WdActionResult *self);
void            wd_action_result_take_all (WdActionResult *self, WdActionResult *other);
WdRefusal      *wd_action_result_refuse_error (WdActionResult *self, const char *subject,
                                               const GError *reason);
WdRefusal      *wd_action_result_refuse_untried (WdActionResult *self, const char *subject,
                                                 const GError *reason);

/**
 * WdJobDetail:
 * @job: (owned) (nullable): the row; %NULL only where a job was asked for by its queue and has
 *   none, or that is not known
 * @queue_job: (owned) (nullable): the job as its queue sees it
 * @queue_error: (nullable): why that could not be read; %NULL with a null @queue_job means the
 *   queue does not hold it
 * @row_error: (nullable): why it is not known whether there is a row
 * @automatic: once its queue no longer holds it, no job can be added under its id
 *
 * Immutable once published.
 */
typedef struct {
  WdJob *job;
  WdQueueJob *queue_job;
  char *queue_error;
  char *row_error;
  gboolean automatic;
} WdJobDetail;

WD_DECLARE_RECORD (WdJobDetail, wd_job_detail)

/**
 * WdOutboxState:
 * @WD_OUTBOX_NOT_LOOKED_UP: Redis did not answer
 * @WD_OUTBOX_DELIVERED: its queue has or had it; the entry will be closed
 * @WD_OUTBOX_DISCARDED: an admin discarded it; the entry will be closed
 * @WD_OUTBOX_SENDABLE: certainly not queued: can be sent safely
 * @WD_OUTBOX_UNKNOWN: may have been queued; an admin decides
 * @WD_OUTBOX_STUCK: may have been queued, and cannot be sent from here: only discarded
 *
 * What both stores show of an outbox entry.
 */
typedef enum {
  WD_OUTBOX_NOT_LOOKED_UP,
  WD_OUTBOX_DELIVERED,
  WD_OUTBOX_DISCARDED,
  WD_OUTBOX_SENDABLE,
  WD_OUTBOX_UNKNOWN,
  WD_OUTBOX_STUCK,
} WdOutboxState;

/**
 * WdOutboxEntry:
 * @id: UUID, also the receipt's
 * @job_log_id: the row it is about
 * @job_id: its id in the queue
 * @operation: `dispatch` or `retry`
 * @row_status: (nullable): of the row, %NULL where the row is gone
 * @wallet_address: (nullable): of the row
 * @row_created_at: of the row, or %WD_TIME_NONE
 * @attempts: times it was sent without an answer that settled it
 * @last_error: (nullable): of the last attempt
 * @state: what both stores show, where that was looked up
 * @verdict: (nullable): the same in words: what both stores show and what may be done, where that
 *   was looked up
 * @would_know: whether the Redis that was looked into would certainly know if it had been queued
 *
 * A job that stands in the database and may or may not be in its queue. Immutable once published.
 */
typedef struct {
  char *id;
  char *job_log_id;
  char *job_id;
  char *job_type;
  char *operation;
  char *queue;
  char *prefix;
  char *options;
  char *previous;
  char **sites;
  char *row_status;
  char *wallet_address;
  char *data;
  WdTime created_at;
  WdTime row_created_at;
  gint64 age_ms;
  gint64 attempts;
  char *last_error;
  WdOutboxState state;
  char *verdict;
  gboolean would_know;
} WdOutboxEntry;

WD_DECLARE_RECORD (WdOutboxEntry, wd_outbox_entry)

/**
 * WdOutboxReport:
 * @done: (element-type utf8): entries sent or discarded
 * @perhaps: (element-type utf8): those of @done that were discarded and may have been queued before
 * @left: (element-type WdRefusal): those left, and why
 * @failure: (nullable): what ended it before all was looked into; it stands among @left, too
 */
typedef struct {
  GPtrArray *done;
  GPtrArray *perhaps;
  GPtrArray *left;
  GError *failure;
} WdOutboxReport;

WD_DECLARE_RECORD (WdOutboxReport, wd_outbox_report)

WdOutboxReport *wd_outbox_report_create (void);
WdRefusal *wd_refusal_new (const char *subject, GError *error);
WdRefusal *wd_refusal_new_copy (const char *subject, const GError *reason);
WdRefusal *wd_refusal_new_untried (const char *subject, const GError *reason);
void       wd_refusal_free (WdRefusal *self);

G_END_DECLS
