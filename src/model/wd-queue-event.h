/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-drift.h"

G_BEGIN_DECLS

/**
 * WdQueueEventKind:
 * @WD_QUEUE_EVENT_OTHER: one that says nothing of a row
 * @WD_QUEUE_EVENT_WAITING: from where it came is in `before`
 * @WD_QUEUE_EVENT_EXHAUSTED: its retries are; follows the failure
 * @WD_QUEUE_EVENT_CHILDREN: it waits for its children
 *
 * What happened to a job in its queue.
 */
typedef enum {
  WD_QUEUE_EVENT_OTHER,
  WD_QUEUE_EVENT_ADDED,
  WD_QUEUE_EVENT_WAITING,
  WD_QUEUE_EVENT_DELAYED,
  WD_QUEUE_EVENT_ACTIVE,
  WD_QUEUE_EVENT_COMPLETED,
  WD_QUEUE_EVENT_FAILED,
  WD_QUEUE_EVENT_EXHAUSTED,
  WD_QUEUE_EVENT_STALLED,
  WD_QUEUE_EVENT_REMOVED,
  WD_QUEUE_EVENT_CHILDREN,
} WdQueueEventKind;

/**
 * WdQueueBefore:
 *
 * Where a job was before it waited.
 */
typedef enum {
  WD_QUEUE_BEFORE_NEW,
  WD_QUEUE_BEFORE_DELAYED,
  WD_QUEUE_BEFORE_ACTIVE,
  WD_QUEUE_BEFORE_FAILED,
  WD_QUEUE_BEFORE_COMPLETED,
  WD_QUEUE_BEFORE_CHILDREN,
  WD_QUEUE_BEFORE_OTHER,
} WdQueueBefore;

/**
 * WdQueueEvent:
 * @kind: what
 * @before: of a job that waits
 * @position: (owned): the event's id in its stream
 * @at: when, by Redis' clock, to the millisecond
 * @id: (owned) (nullable): of the job there
 * @name: (owned) (nullable): BullMQ job name, of one that was added
 * @reason: (owned) (nullable): why it failed, cut when huge
 * @attempts: attempts made, where it says so, else 0
 *
 * One entry of a queue's event stream.
 */
typedef struct {
  WdQueueEventKind kind;
  WdQueueBefore before;
  char *position;
  WdTime at;
  char *id;
  char *name;
  char *reason;
  gint64 attempts;
} WdQueueEvent;

void wd_queue_event_free (WdQueueEvent *self);

/**
 * WdQueueKnown:
 * @exists: whether the queue still has its record
 * @name: (owned) (nullable): BullMQ job name
 * @data: (owned) (nullable): JSON text; %NULL where it is left out
 * @left_out: whether the data are, being too large for a row
 * @failed_reason: (owned) (nullable): of its last failure
 * @timestamp: when it was made, or %WD_TIME_NONE
 * @processed_on: when its last attempt began, or %WD_TIME_NONE
 * @finished_on: when it ended, or %WD_TIME_NONE
 * @attempts_made: attempts that ended
 * @attempts: attempts allowed
 * @returned: whether it has a return value: it was completed
 * @scheduled: whether a scheduler made it
 * @places: where it stands, at the same moment; 0 where it may be waiting, or nowhere
 *
 * What a job's record in its queue says, a moment after the events about it were read.
 */
typedef struct {
  gboolean exists;
  char *name;
  char *data;
  gboolean left_out;
  char *failed_reason;
  WdTime timestamp;
  WdTime processed_on;
  WdTime finished_on;
  gint64 attempts_made;
  gint64 attempts;
  gboolean returned;
  gboolean scheduled;
  WdQueuePlaces places;
} WdQueueKnown;

void wd_queue_known_clear (WdQueueKnown *self);

G_END_DECLS
