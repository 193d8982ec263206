/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that decides whether a row and its queue disagree, and what may be done about it.
 *
 *   the row says         the queue shows          finding, and what is safe
 *   unfinished           nothing                  lost: queue it again, or mark the row
 *   unfinished           a record in no list      lost: no worker finds it; mark the row
 *   pending, retrying    waits                    none
 *   active               waits, between attempts  none: BullMQ retries by itself
 *   active               waits, never ended one   states: its worker died; mark as pending
 *   pending, retrying    active                   states: this worker does not tell its row
 *   active               active                   none
 *   unfinished           failed, completed        states: mark the row as its queue says
 *   failed               waits, has had attempts  none: somebody retried it, or BullMQ does
 *   failed               waits, had no attempt    states: it will run; mark as pending
 *   completed, cancelled waits                    states: it will run; mark as pending
 *   finished             active                   states: it runs, perhaps again; nothing is safe
 *   completed            failed                   states: a retry would pay again; nothing to do
 *   failed, cancelled    failed                   none
 *   no row               anything but completed   unlogged: write the row
 *
 * Nothing is found while the row or the job has just changed, or while something is promised about
 * the row: that is undelivered, and the outbox's business. */

#include "direct/wd-drift-rule.h"

static gboolean
is_unfinished (WdJobStatus status)
{
  return status == WD_JOB_STATUS_PENDING || status == WD_JOB_STATUS_ACTIVE
         || status == WD_JOB_STATUS_RETRYING;
}

/* A clock that is ahead by more than this is wrong, and tells nothing of how young something is. */
static gboolean
is_younger (gint64 age_ms, gint64 limit)
{
  return age_ms > -WD_DRIFT_WORK_GRACE_MS && age_ms < limit;
}

static guint
count_places (guint places)
{
  guint n = 0;

  for (; places != 0; places &= places - 1)
    n++;
  return n;
}

/* A record among the completed says no more than that; one that is elsewhere too is in two. */
static gboolean
is_duplicate (const WdDriftFacts *facts)
{
  return facts->queue.twice || count_places (facts->queue.places) > 1 || facts->n_rows > 1
         || (facts->elsewhere && facts->queue.places != 0);
}

/* How long a disagreement between these two must have lasted; -1 where they agree. */
static gint64
patience (WdJobStatus status, const WdQueueFacts *queue)
{
  gboolean waits = (queue->places & WD_PLACES_WAITING) != 0;

  if (queue->places & WD_PLACE_ACTIVE)
    return status == WD_JOB_STATUS_ACTIVE ? -1 : WD_DRIFT_WORK_GRACE_MS;
  if (is_unfinished (status))
    {
      if (!waits)
        return WD_DRIFT_GRACE_MS;
      return status == WD_JOB_STATUS_ACTIVE && queue->attempts_made == 0 ? WD_DRIFT_WORK_GRACE_MS
                                                                         : -1;
    }
  if (waits)
    return status == WD_JOB_STATUS_FAILED && queue->attempts_made > 0 ? -1 : WD_DRIFT_GRACE_MS;
  if (queue->places & WD_PLACE_FAILED)
    return status == WD_JOB_STATUS_COMPLETED ? WD_DRIFT_GRACE_MS : -1;
  return -1;
}

/**
 * wd_drift_judge:
 * @facts: what both stores show of a job
 * @kind: (out): what is wrong
 *
 * Returns: whether something is
 */
gboolean
wd_drift_judge (const WdDriftFacts *facts, WdDriftKind *kind)
{
  const WdQueueFacts *queue = &facts->queue;
  gint64 limit;

  if (facts->promised || (facts->n_rows > 0 && is_younger (facts->row_age_ms, WD_DRIFT_GRACE_MS))
      || (queue->exists && queue->age_ms != -1 && is_younger (queue->age_ms, WD_DRIFT_GRACE_MS)))
    return FALSE;
  if (is_duplicate (facts))
    {
      *kind = WD_DRIFT_DUPLICATE;
      return TRUE;
    }
  if (queue->places != 0 && queue->places != WD_PLACE_COMPLETED && !queue->exists)
    {
      *kind = WD_DRIFT_ORPHAN;
      return TRUE;
    }
  if (facts->n_rows == 0)
    {
      *kind = WD_DRIFT_UNLOGGED;
      return queue->places != 0 && queue->places != WD_PLACE_COMPLETED;
    }
  if (facts->status == WD_JOB_STATUS_OTHER)
    return FALSE;
  if (queue->places == 0)
    {
      *kind = WD_DRIFT_LOST;
      return is_unfinished (facts->status);
    }
  *kind = WD_DRIFT_STATES;
  limit = patience (facts->status, queue);
  return limit >= 0 && !is_younger (facts->row_age_ms, limit)
         && (queue->age_ms == -1 || !is_younger (queue->age_ms, limit));
}

/**
 * wd_drift_ran:
 * @facts: what both stores show of a lost job
 * @events: what its queue's events say
 *
 * Returns: whether it ran: it did not only where row and events both say so
 */
WdQueueRan
wd_drift_ran (const WdDriftFacts *facts, WdQueueRan events)
{
  if (events == WD_QUEUE_RAN_NOT
      && (facts->started || facts->status != WD_JOB_STATUS_PENDING || facts->queue.exists))
    return WD_QUEUE_RAN_PERHAPS;
  return events;
}

static guint
remedies_of_states (const WdDriftFacts *facts)
{
  guint places = facts->queue.places;

  if (places & WD_PLACE_ACTIVE)
    return 0;
  if (places & WD_PLACES_WAITING)
    return WD_DRIFT_MARK_PENDING;
  if (!is_unfinished (facts->status))
    return 0;
  return places & WD_PLACE_COMPLETED ? WD_DRIFT_MARK_COMPLETED : WD_DRIFT_MARK_FAILED;
}

/**
 * wd_drift_remedies:
 * @facts: what both stores show of a job
 * @kind: what is wrong
 * @ran: of a lost job: whether it ran
 *
 * Returns: flags of #WdDriftRemedy: what may be done about it
 */
guint
wd_drift_remedies (const WdDriftFacts *facts, WdDriftKind kind, WdQueueRan ran)
{
  guint remedies;

  switch (kind)
    {
    case WD_DRIFT_LOST:
      if (ran == WD_QUEUE_RAN_TO_ITS_END)
        return WD_DRIFT_MARK_COMPLETED;
      remedies = WD_DRIFT_MARK_FAILED | WD_DRIFT_MARK_COMPLETED | WD_DRIFT_MARK_CANCELLED;
      if (!facts->queue.exists && !facts->automatic && facts->has_data)
        remedies |= WD_DRIFT_REQUEUE;
      return remedies;
    case WD_DRIFT_UNLOGGED:
      return WD_DRIFT_WRITE_ROW;
    case WD_DRIFT_STATES:
      return remedies_of_states (facts);
    case WD_DRIFT_ORPHAN:
      return WD_DRIFT_REMOVE;
    case WD_DRIFT_DUPLICATE:
      return facts->queue.exists
             && (facts->queue.twice || count_places (facts->queue.places) > 1) ? WD_DRIFT_REMOVE
                                                                               : 0;
    case WD_N_DRIFTS:
    default:
      return 0;
    }
}

/**
 * wd_drift_queue_state:
 * @queue: what the queue shows of a job
 *
 * Returns: (transfer none) (nullable): that in BullMQ's words; of a job in several places the one
 *   that says most; %NULL where there is nothing
 */
const char *
wd_drift_queue_state (const WdQueueFacts *queue)
{
  static const struct {
    guint places;
    const char *state;
  } states[] = {
    { WD_PLACE_ACTIVE, "active" },
    { WD_PLACE_WAIT | WD_PLACE_PAUSED, "waiting" },
    { WD_PLACE_PRIORITIZED, "prioritized" },
    { WD_PLACE_DELAYED, "delayed" },
    { WD_PLACE_CHILDREN, "waiting-children" },
    { WD_PLACE_FAILED, "failed" },
    { WD_PLACE_COMPLETED, "completed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (queue->places & states[i].places)
      return states[i].state;
  return queue->exists ? "unknown" : NULL;
}
