/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an event of a queue does to the row about its job.
 *
 * Events of a queue come in order and each is applied once, so a row that recording wrote last says
 * what they said so far, and the next one goes on from there. A row that somebody else wrote since
 * (a worker that logs itself, an admin's retry) keeps its word against every event that is older;
 * and that a job ended is a word no end of the queue's overrides, only a new run. Times are those
 * of the events. */

#include "model/wd-recording.h"

/* Of clocks of two machines, and of what a worker does after it has told of its job's end. */
#define MARGIN G_USEC_PER_SEC

/* A job may be begun, and end, within the inaccuracy of two clocks after somebody has queued it. */
#define TOLERANCE (G_USEC_PER_SEC / 10)

#define REMOVED "removed from the queue"

/**
 * wd_recorded_row_init:
 * @self: gets to be no row
 */
void
wd_recorded_row_init (WdRecordedRow *self)
{
  *self = (WdRecordedRow) {
    .written = WD_TIME_NONE, .created = WD_TIME_NONE, .started = WD_TIME_NONE,
    .completed = WD_TIME_NONE,
  };
}

/**
 * wd_recorded_row_clear:
 * @self: a row
 */
void
wd_recorded_row_clear (WdRecordedRow *self)
{
  g_free (self->error);
  wd_recorded_row_init (self);
}

/**
 * wd_recorded_row_is_open:
 * @self: a row
 *
 * Returns: whether it says of its job that it will go on
 */
gboolean
wd_recorded_row_is_open (const WdRecordedRow *self)
{
  return self->exists
         && (self->status == WD_JOB_STATUS_PENDING || self->status == WD_JOB_STATUS_ACTIVE
             || self->status == WD_JOB_STATUS_RETRYING);
}

static gboolean
is_ended (const WdRecordedRow *self)
{
  return self->status == WD_JOB_STATUS_COMPLETED || self->status == WD_JOB_STATUS_FAILED
         || self->status == WD_JOB_STATUS_CANCELLED;
}

static WdTime
last_time (const WdRecordedRow *self)
{
  WdTime last = WD_TIME_NONE;

  if (wd_time_is_finite (self->started))
    last = self->started;
  if (wd_time_is_finite (self->completed))
    last = MAX (last, self->completed);
  return last;
}

/* Whether what happened then is news to the row. */
static gboolean
is_news (const WdRecordedRow *self, WdTime at)
{
  if (!self->exists)
    return TRUE;
  if (self->status == WD_JOB_STATUS_OTHER)
    return FALSE;
  if (self->own)
    return at >= last_time (self);
  if (self->written == WD_TIME_NONE)
    return TRUE;
  if (self->status == WD_JOB_STATUS_PENDING)
    return at > self->written - TOLERANCE;
  return at > self->written + (is_ended (self) ? MARGIN : 0);
}

static void
set_error (WdRecordedRow *self, const char *error)
{
  char *before = self->error;

  self->error = g_strdup (error);
  g_free (before);
}

static void
say (WdRecordedRow *self, WdJobStatus status)
{
  self->status = status;
  self->own = self->changed = TRUE;
}

/* Makes the row, where there is none, of a job that was made at the latest then. */
static void
begin (WdRecordedRow *self, WdTime at, const WdQueueKnown *known)
{
  if (self->exists)
    return;
  self->exists = TRUE;
  self->created = known->exists && wd_time_is_finite (known->timestamp) ? known->timestamp : at;
  say (self, WD_JOB_STATUS_PENDING);
}

static void
wait_again (WdRecordedRow *self)
{
  say (self, WD_JOB_STATUS_PENDING);
  self->started = self->completed = WD_TIME_NONE;
  set_error (self, NULL);
}

static void
take_added (WdRecordedRow *self, const WdQueueEvent *event, const WdQueueKnown *known)
{
  gboolean was_there = self->exists;

  begin (self, event->at, known);
  if (!was_there || self->status == WD_JOB_STATUS_PENDING)
    return;
  /* An id can be added again only when its former job is gone: this is another one. Whoever gives
   * ids himself wants to have one row about all that bear it. */
  wait_again (self);
  self->created = event->at;
  self->retries = 0;
  self->anew = TRUE;
}

/* How many attempts failed and were followed by another one, by a record that may be ahead of the
 * event. */
static gint64
count_retries (const WdQueueKnown *known)
{
  gint64 ended = wd_time_is_finite (known->finished_on) ? 1 : 0;

  return MAX (MIN (known->attempts_made - ended, known->attempts - 1), 0);
}

/* An attempt ended, and it is not the last one. */
static void
take_another (WdRecordedRow *self, const WdQueueKnown *known)
{
  gboolean mine = self->own;

  if (self->status == WD_JOB_STATUS_RETRYING || is_ended (self))
    return;
  /* Nothing failed: its worker was lost, or put it off by itself. */
  if (known->exists && known->attempts_made == 0)
    {
      if (self->status == WD_JOB_STATUS_ACTIVE)
        say (self, WD_JOB_STATUS_PENDING);
      return;
    }
  say (self, WD_JOB_STATUS_RETRYING);
  if (known->exists && known->failed_reason != NULL && (mine || self->error == NULL))
    set_error (self, known->failed_reason);
  self->guessed = mine && !known->exists;
  if (mine)
    self->retries = known->exists ? MAX (self->retries, count_retries (known)) : self->retries + 1;
}

static void
take_waiting (WdRecordedRow *self, const WdQueueEvent *event, const WdQueueKnown *known)
{
  begin (self, event->at, known);
  switch (event->before)
    {
    case WD_QUEUE_BEFORE_ACTIVE:
      take_another (self, known);
      break;
    case WD_QUEUE_BEFORE_FAILED:
      /* Version 4 says so of each attempt that failed. */
      if (is_ended (self))
        wait_again (self);
      else if (self->status == WD_JOB_STATUS_ACTIVE)
        take_another (self, known);
      break;
    case WD_QUEUE_BEFORE_COMPLETED:
      if (is_ended (self))
        wait_again (self);
      break;
    case WD_QUEUE_BEFORE_CHILDREN:
      if (self->status == WD_JOB_STATUS_ACTIVE)
        say (self, WD_JOB_STATUS_PENDING);
      break;
    case WD_QUEUE_BEFORE_NEW:
    case WD_QUEUE_BEFORE_DELAYED:
    case WD_QUEUE_BEFORE_OTHER:
    default:
      break;
    }
}

/* A new job that shall run later, or one that shall run again. */
static void
take_delayed (WdRecordedRow *self, const WdQueueEvent *event, const WdQueueKnown *known)
{
  gboolean again = self->exists ? self->status == WD_JOB_STATUS_ACTIVE
                                : known->exists && known->attempts_made > 0;

  begin (self, event->at, known);
  if (again)
    take_another (self, known);
}

static void
take_active (WdRecordedRow *self, const WdQueueEvent *event, const WdQueueKnown *known)
{
  begin (self, event->at, known);
  if (is_ended (self))
    set_error (self, NULL);
  say (self, WD_JOB_STATUS_ACTIVE);
  self->started = event->at;
  self->completed = WD_TIME_NONE;
}

static void
end (WdRecordedRow *self, const WdQueueEvent *event, const WdQueueKnown *known, WdJobStatus status)
{
  gboolean mine = self->own || !self->exists;

  /* What somebody else said of its end stays: a worker may tell of a failure and return. */
  if (self->exists && is_ended (self) && !mine)
    return;
  if (!self->exists && known->exists)
    self->started = known->processed_on;
  begin (self, event->at, known);
  say (self, status);
  self->completed = event->at;
  if (status == WD_JOB_STATUS_FAILED)
    {
      set_error (self, event->reason);
      if (mine && known->exists)
        self->retries = MAX (self->retries, count_retries (known));
    }
  else if (mine)
    set_error (self, NULL);
}

static void
take_removed (WdRecordedRow *self, const WdQueueEvent *event)
{
  if (!wd_recorded_row_is_open (self))
    return;
  say (self, WD_JOB_STATUS_CANCELLED);
  self->completed = event->at;
  set_error (self, REMOVED);
}

/**
 * wd_recorded_row_is_past:
 * @self: a row about a job whose id its queue chose
 * @event: (nullable): the next event about that id; %NULL where events may have been lost
 * @known: what the queue knows of the job that bears the id now
 *
 * A queue that was emptied counts its ids from the beginning. What says so is that a job of the id
 * is added though there is one, or was made long after all that the row tells of.
 *
 * Returns: whether the row is about an earlier job than that one
 */
gboolean
wd_recorded_row_is_past (const WdRecordedRow *self, const WdQueueEvent *event,
                         const WdQueueKnown *known)
{
  gboolean is_dated = known->exists && wd_time_is_finite (known->timestamp);
  WdTime last = MAX (self->created, last_time (self));

  if (!self->exists || (is_dated && self->created == known->timestamp))
    return FALSE;
  if (event == NULL)
    return self->own && is_dated && wd_time_is_finite (last)
           && known->timestamp > last + WD_RECORDING_DOUBT;
  if (event->kind != WD_QUEUE_EVENT_ADDED || !is_news (self, event->at))
    return FALSE;
  /* Whoever dispatches a job writes its row before. */
  return self->status != WD_JOB_STATUS_PENDING
         || (self->own && is_dated && known->timestamp > last);
}

static void
correct_retries (WdRecordedRow *self, gint64 retries)
{
  self->guessed = FALSE;
  if (!self->own || retries == self->retries)
    return;
  self->retries = retries;
  self->changed = TRUE;
}

/**
 * wd_recorded_row_apply:
 * @self: a row, or none
 * @event: the next event about its job
 * @known: what the queue knows of the job
 *
 * Makes the row say what the event says, where that is news.
 */
void
wd_recorded_row_apply (WdRecordedRow *self, const WdQueueEvent *event, const WdQueueKnown *known)
{
  if (!is_news (self, event->at))
    return;
  switch (event->kind)
    {
    case WD_QUEUE_EVENT_ADDED:
      take_added (self, event, known);
      break;
    case WD_QUEUE_EVENT_WAITING:
      take_waiting (self, event, known);
      break;
    case WD_QUEUE_EVENT_DELAYED:
      take_delayed (self, event, known);
      break;
    case WD_QUEUE_EVENT_ACTIVE:
      take_active (self, event, known);
      break;
    case WD_QUEUE_EVENT_COMPLETED:
      end (self, event, known, WD_JOB_STATUS_COMPLETED);
      break;
    case WD_QUEUE_EVENT_FAILED:
      end (self, event, known, WD_JOB_STATUS_FAILED);
      break;
    case WD_QUEUE_EVENT_EXHAUSTED:
      if (self->exists && self->status == WD_JOB_STATUS_FAILED)
        correct_retries (self, MAX (self->retries, event->attempts - 1));
      break;
    case WD_QUEUE_EVENT_STALLED:
      if (self->exists && self->guessed)
        correct_retries (self, self->retries - 1);
      break;
    case WD_QUEUE_EVENT_REMOVED:
      take_removed (self, event);
      break;
    case WD_QUEUE_EVENT_CHILDREN:
      begin (self, event->at, known);
      if (self->status == WD_JOB_STATUS_ACTIVE)
        say (self, WD_JOB_STATUS_PENDING);
      break;
    case WD_QUEUE_EVENT_OTHER:
    default:
      break;
    }
}

/* Returns: when what the queue says of a job became so, or %WD_TIME_NONE */
static WdTime
find_state (const WdQueueKnown *known, gboolean waits, WdJobStatus *status)
{
  if ((known->places & WD_PLACE_FAILED) != 0)
    *status = WD_JOB_STATUS_FAILED;
  else if ((known->places & WD_PLACE_COMPLETED) != 0
           || (known->returned && wd_time_is_finite (known->finished_on)))
    *status = WD_JOB_STATUS_COMPLETED;
  else if ((known->places & WD_PLACE_ACTIVE) != 0)
    *status = WD_JOB_STATUS_ACTIVE;
  else if ((known->places & WD_PLACES_WAITING) != 0 || waits)
    *status = known->attempts_made > 0 ? WD_JOB_STATUS_RETRYING : WD_JOB_STATUS_PENDING;
  else
    *status = WD_JOB_STATUS_OTHER;
  if (*status == WD_JOB_STATUS_ACTIVE)
    return known->processed_on;
  return *status == WD_JOB_STATUS_FAILED || *status == WD_JOB_STATUS_COMPLETED
           ? known->finished_on : WD_TIME_NONE;
}

static gboolean
may_repair (const WdRecordedRow *self, WdJobStatus status, WdTime at)
{
  if (!self->exists)
    return TRUE;
  if (status == self->status || self->status == WD_JOB_STATUS_OTHER)
    return FALSE;
  /* Since when a job waits no record says. */
  if (at == WD_TIME_NONE)
    return self->own && self->status == WD_JOB_STATUS_ACTIVE;
  if (is_ended (self))
    return at > MAX (last_time (self), self->written + MARGIN);
  return self->own || at > self->written;
}

/**
 * wd_recorded_row_repair:
 * @self: a row, or none
 * @known: what the queue knows of its job
 * @waits: whether that stood in a list of its queue a moment before
 *
 * Makes the row say what the queue says, where events about the job may have been lost.
 *
 * Returns: whether the queue says anything: a job that is in no place ended unseen, or was removed
 */
gboolean
wd_recorded_row_repair (WdRecordedRow *self, const WdQueueKnown *known, gboolean waits)
{
  WdJobStatus status;
  WdTime at = find_state (known, waits, &status);
  gboolean ends = status == WD_JOB_STATUS_FAILED || status == WD_JOB_STATUS_COMPLETED;
  gboolean mine = self->own || !self->exists;

  if (!known->exists || status == WD_JOB_STATUS_OTHER)
    return FALSE;
  if (!may_repair (self, status, at))
    return TRUE;
  begin (self, known->timestamp, known);
  say (self, status);
  if (wd_time_is_finite (known->processed_on) && status != WD_JOB_STATUS_PENDING)
    self->started = known->processed_on;
  self->completed = ends ? at : WD_TIME_NONE;
  if (mine)
    self->retries = MAX (self->retries, count_retries (known));
  if (status == WD_JOB_STATUS_COMPLETED ? mine : known->failed_reason != NULL)
    set_error (self, status == WD_JOB_STATUS_COMPLETED ? NULL : known->failed_reason);
  return TRUE;
}
