/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-drift-case.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-time.h"
#include "bullmq/wd-bullmq-queue.h"
#include "direct/wd-job-birth.h"

/**
 * wd_drift_case_new:
 * @queue: name of a queue
 * @queue_id: of a job there
 *
 * Returns: (transfer full): a case of which nothing is known yet
 */
WdDriftCase *
wd_drift_case_new (const char *queue, const char *queue_id)
{
  WdDriftCase *self = g_new0 (WdDriftCase, 1);

  self->id = g_strconcat (queue, "/", queue_id, NULL);
  self->queue = g_strdup (queue);
  self->queue_id = g_strdup (queue_id);
  self->facts.made_ms = self->facts.age_ms = -1;
  return self;
}

/**
 * wd_drift_case_free:
 * @self: (transfer full): a case
 */
void
wd_drift_case_free (WdDriftCase *self)
{
  g_free (self->id);
  g_free (self->queue);
  g_free (self->queue_id);
  g_clear_pointer (&self->row, wd_pg_drift_row_free);
  g_free (self);
}

/**
 * wd_drift_case_fits:
 * @self: a case of which its queue is known
 * @row: a row with the id of its job
 *
 * Returns: whether that is about this job, and not about an earlier one of the id
 */
gboolean
wd_drift_case_fits (const WdDriftCase *self, const WdJob *row)
{
  return !self->facts.exists || wd_job_birth_fits (row, self->queue_id, self->facts.made_ms);
}

/**
 * wd_drift_case_forget_queue:
 * @self: a case
 *
 * What its queue shows is about another job of the id: of this one it shows nothing.
 */
void
wd_drift_case_forget_queue (WdDriftCase *self)
{
  self->bearer_ms = self->facts.made_ms;
  self->facts = (WdQueueFacts) { .made_ms = -1, .age_ms = -1 };
  self->given_again = TRUE;
}

static const char *
queue_of_row (const WdPgDriftRow *row, const WdProfile *profile)
{
  const WdQueueMapping *mapping = wd_profile_get_mapping (profile, row->job->job_type);

  return mapping != NULL ? mapping->queue : NULL;
}

static WdDriftFacts
facts_of (const WdDriftCase *self, const WdProfile *profile)
{
  WdDriftFacts facts = { .n_rows = self->n_rows, .queue = self->facts };

  facts.automatic = wd_bullmq_job_id_is_automatic (self->queue_id)
                    || wd_bullmq_job_id_is_past (self->queue_id);
  if (self->row == NULL)
    return facts;
  facts.status = wd_job_status_from_string (self->row->job->status);
  facts.row_age_ms = self->row->age_ms;
  facts.started = self->row->job->started_at != WD_TIME_NONE;
  facts.promised = self->row->promised;
  facts.has_data = self->row->has_data;
  facts.elsewhere = !facts.automatic
                    && g_strcmp0 (queue_of_row (self->row, profile), self->queue) != 0;
  return facts;
}

/**
 * wd_drift_case_judge:
 * @self: a case of which row and queue are known
 * @profile: of the connection
 *
 * Sets what is wrong. Returns: whether something is
 */
gboolean
wd_drift_case_judge (WdDriftCase *self, const WdProfile *profile)
{
  WdDriftFacts facts = facts_of (self, profile);

  return wd_drift_judge (&facts, &self->kind);
}

/**
 * wd_drift_case_remedies:
 * @self: a case that was judged
 * @profile: of the connection
 *
 * Returns: flags of #WdDriftRemedy
 */
guint
wd_drift_case_remedies (const WdDriftCase *self, const WdProfile *profile)
{
  WdDriftFacts facts = facts_of (self, profile);

  return wd_drift_remedies (&facts, self->kind, self->ran);
}

/**
 * wd_drift_case_type:
 * @self: a case
 * @profile: of the connection
 *
 * Returns: (transfer none) (nullable): the kind of job its row or its queue names
 */
const char *
wd_drift_case_type (const WdDriftCase *self, const WdProfile *profile)
{
  return self->row != NULL ? self->row->job->job_type
                           : wd_profile_get_job_type (profile, self->queue);
}

/**
 * wd_drift_case_since:
 * @self: a case
 *
 * Returns: the last change that either store knows of, by this machine's clock, or %WD_TIME_NONE
 */
WdTime
wd_drift_case_since (const WdDriftCase *self)
{
  gint64 youngest = G_MAXINT64;

  if (self->row != NULL)
    youngest = MIN (youngest, self->row->age_ms);
  if (self->facts.age_ms != -1)
    youngest = MIN (youngest, self->facts.age_ms);
  return youngest == G_MAXINT64 ? WD_TIME_NONE : wd_time_now () - MAX (youngest, 0) * 1000;
}

static const char *
explain_lost (const WdDriftCase *self)
{
  if (self->facts.exists)
    return _("Its record is in Redis, but in no list: no worker will find it. Look at the job, "
             "mark the row, and trigger a new job if the work was not done.");
  switch (self->ran)
    {
    case WD_QUEUE_RAN_TO_ITS_END:
      return _("The queue’s events say that it completed; only its row was not told. Mark it as "
               "completed.");
    case WD_QUEUE_RAN_NOT:
      return _("The queue’s events show it coming and never starting, and it is gone: it did not "
               "run. It can be queued again.");
    case WD_QUEUE_RAN_PERHAPS:
    default:
      return wd_job_status_from_string (self->row->job->status) == WD_JOB_STATUS_PENDING
               ? _("It waits for ever: its queue does not hold it. Nothing proves that it did not "
                   "run. Look at the chain, then mark it, or queue it again.")
               : _("It was lost while it ran, or it finished without its row being told and left "
                   "the queue. Look at the chain, then mark it, or queue it again.");
    }
}

static const char *
explain_states (const WdDriftCase *self)
{
  guint places = self->facts.places;
  WdJobStatus status = wd_job_status_from_string (self->row->job->status);

  if (places & WD_PLACE_ACTIVE)
    return status == WD_JOB_STATUS_COMPLETED
             ? _("The row says that it is done, and its queue still runs it: should its worker "
                 "have died, BullMQ runs it again. Look at its lock and at the chain.")
             : _("A worker runs it, and its row was not told. Wait for its end.");
  if (places & WD_PLACES_WAITING)
    return status == WD_JOB_STATUS_ACTIVE
             ? _("The row says that it runs, but it waits: its worker died, and BullMQ will run it "
                 "again. Pause the queue first if it must not.")
             : _("The row says that it has ended, but it waits in its queue and will run. Pause "
                 "the queue first if it must not.");
  if (places & WD_PLACE_COMPLETED)
    return _("It completed in its queue; only its row was not told. Mark it as completed.");
  return status == WD_JOB_STATUS_COMPLETED
           ? _("The row says that it is done, its queue that it failed: retried there, it would "
               "run again. Look at the chain; do not retry it.")
           : _("It failed in its queue; only its row was not told. Mark it as failed, then retry "
               "it like any other.");
}

/**
 * wd_drift_case_explain:
 * @self: a case that was judged
 * @profile: of the connection
 *
 * Returns: (transfer full): translated: what it means, and what to do next
 */
char *
wd_drift_case_explain (const WdDriftCase *self, const WdProfile *profile)
{
  WdDriftFacts facts = facts_of (self, profile);

  switch (self->kind)
    {
    case WD_DRIFT_LOST:
      return g_strdup (explain_lost (self));
    case WD_DRIFT_STATES:
      return g_strdup (explain_states (self));
    case WD_DRIFT_UNLOGGED:
      if (self->given_again)
        return g_strdup (_("Its queue was emptied, and counts from the beginning: the row that "
                           "bears its id is about an earlier job, and keeps that under another "
                           "id. Write the row, so that it is seen and counted; the job itself is "
                           "left alone."));
      return g_strdup (_("It was queued by somebody who wrote no row. Write the row, so that it is "
                         "seen and counted; the job itself is left alone."));
    case WD_DRIFT_ORPHAN:
      return g_strdup (_("Its record is gone, so there is nothing to run. Remove the id before a "
                         "worker takes it."));
    case WD_DRIFT_DUPLICATE:
    case WD_N_DRIFTS:
    default:
      if (facts.elsewhere)
        return g_strdup_printf (_("Its row is about a job of another queue, “%s”: one of the two "
                                  "should not be there. Look at both."),
                                queue_of_row (self->row, profile));
      if (self->n_rows > 1)
        return g_strdup_printf (ngettext ("%u row tells of this job. Look at it.",
                                          "%u rows tell of this job. Look at all of them.",
                                          self->n_rows), self->n_rows);
      return g_strdup (_("Its id stands in its queue more than once, so it could run more than "
                         "once. Remove all places but one."));
    }
}

/**
 * wd_drift_case_report:
 * @self: a case that was judged
 * @profile: of the connection
 *
 * Returns: (transfer full): as it is told
 */
WdDrift *
wd_drift_case_report (const WdDriftCase *self, const WdProfile *profile)
{
  WdDrift *drift = wd_drift_new ();
  const WdJob *job = self->row != NULL ? self->row->job : NULL;

  drift->id = g_strdup (self->id);
  drift->kind = self->kind;
  drift->queue = g_strdup (self->queue);
  drift->queue_id = g_strdup (self->queue_id);
  drift->job_log_id = job != NULL ? g_strdup (job->id) : NULL;
  drift->job_id = job != NULL ? g_strdup (job->job_id)
                              : wd_bullmq_job_id_of (self->queue, self->queue_id);
  drift->job_type = g_strdup (wd_drift_case_type (self, profile));
  drift->wallet_address = job != NULL ? g_strdup (job->wallet_address) : NULL;
  drift->row_status = job != NULL ? g_strdup (job->status) : NULL;
  drift->queue_state = g_strdup (wd_drift_queue_state (&self->facts));
  drift->since = wd_drift_case_since (self);
  drift->ran = self->ran;
  drift->remedies = wd_drift_case_remedies (self, profile);
  drift->explanation = wd_drift_case_explain (self, profile);
  return drift;
}
