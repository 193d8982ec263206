/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the "Retry Job" dialog says will happen. Every text is owned by the caller and plain. */

#include "app/actions/wd-retry-text.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"
#include "model/wd-retry-rule.h"
#include "model/wd-words.h"

/**
 * wd_retry_text_title:
 * @job: a job
 *
 * The wallet tells an admin more than an id does.
 *
 * Returns: (transfer full): its wallet, else its `job_id`
 */
char *
wd_retry_text_title (const WdJob *job)
{
  return wd_format_visible (job->wallet_address != NULL ? job->wallet_address : job->job_id, 512);
}

/**
 * wd_retry_text_job:
 * @job: a job
 *
 * Returns: (transfer full): “Gas top-up, failed, 3 of 3 retries made”, and its error
 */
char *
wd_retry_text_job (const WdJob *job)
{
  g_autofree char *type = wd_format_visible (wd_job_type_label (job->job_type), 64);
  g_autofree char *status = wd_job_status_in_text (job->status);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s, %s", type, status);
  if (job->retry_count != WD_INT_NONE && job->max_retries != WD_INT_NONE)
    {
      g_autofree char *made = wd_text_count (job->retry_count);
      g_autofree char *allowed = wd_text_count (job->max_retries);

      /* TRANSLATORS: such as “, 1 of 3 retries made”, after a kind of job and its status */
      g_string_append_printf (text, _(", %s of %s retries made"), made, allowed);
    }
  if (job->error_message != NULL)
    {
      g_autofree char *error = wd_format_visible (job->error_message, 600);

      g_string_append_printf (text, "\n%s", error);
    }
  return g_string_free (text, FALSE);
}

/**
 * wd_retry_text_obstacle:
 * @job: a job
 * @reset: whether its retry count is to be reset
 *
 * Returns: (transfer full) (nullable): why its row alone forbids a retry
 */
char *
wd_retry_text_obstacle (const WdJob *job, gboolean reset)
{
  if (wd_job_status_from_string (job->status) != WD_JOB_STATUS_FAILED)
    {
      g_autofree char *status = wd_job_status_in_text (job->status);

      return g_strdup_printf (_("Left out: it is %s, not failed"), status);
    }
  if (!reset && job->retry_count != WD_INT_NONE && job->max_retries != WD_INT_NONE
      && job->retry_count >= job->max_retries)
    return g_strdup (_("All its retries are used: it can be retried only with its retry count "
                       "reset"));
  return NULL;
}

/* How many attempts each of @jobs has afresh; 0 where they differ. */
static int
get_attempts (GPtrArray *jobs, const WdQueueJob *queue_job, const WdProfile *profile)
{
  int attempts = 0;

  if (queue_job != NULL && queue_job->attempts > 0)
    return (int) queue_job->attempts;
  for (guint i = 0; i < jobs->len; i++)
    {
      const WdQueueMapping *mapping
        = wd_profile_get_mapping (profile, ((WdJob *) jobs->pdata[i])->job_type);

      if (mapping == NULL || (attempts != 0 && attempts != mapping->attempts))
        return 0;
      attempts = mapping->attempts;
    }
  return attempts;
}

/**
 * wd_retry_text_consequence:
 * @jobs: (element-type WdJob): what is retried
 * @queue_job: (nullable): the only one of them, as its queue has it
 * @reset: whether the retry count is reset
 * @profile: how jobs are queued here
 *
 * Returns: (transfer full): what will happen
 */
char *
wd_retry_text_consequence (GPtrArray *jobs, const WdQueueJob *queue_job, gboolean reset,
                           const WdProfile *profile)
{
  int attempts;

  if (!reset)
    return g_strdup (jobs->len > 1 ? _("One more attempt now for each")
                                   : _("One more attempt now"));
  attempts = get_attempts (jobs, queue_job, profile);
  if (attempts == 0)
    return g_strdup (_("Up to as many attempts as a new job of its kind has"));
  return g_strdup_printf (ngettext ("Up to %d attempt, as for a new job",
                                    "Up to %d attempts, as for a new job", (gulong) attempts),
                          attempts);
}

/**
 * wd_retry_runs_itself:
 * @queue_job: (nullable): what the queue says of a job
 *
 * Returns: whether BullMQ is about to run it, so that there is nothing to retry
 */
gboolean
wd_retry_runs_itself (const WdQueueJob *queue_job)
{
  return queue_job != NULL
         && wd_retry_judge (queue_job->state, FALSE, TRUE) == WD_RETRY_BY_ITSELF;
}

/**
 * wd_retry_text_runs_itself:
 * @queue_job: one that wd_retry_runs_itself() is true of
 *
 * Returns: (transfer full): that it runs by itself, and when where that is known
 */
char *
wd_retry_text_runs_itself (const WdQueueJob *queue_job)
{
  g_autofree char *state = wd_queue_state_in_text (queue_job->state);

  if (queue_job->due != WD_TIME_NONE)
    {
      g_autofree char *clock = wd_text_clock (queue_job->due);

      return g_strdup_printf (_("In its queue the job is %s: BullMQ runs it by itself at %s"),
                              state, clock);
    }
  return g_strdup_printf (_("In its queue the job is %s: BullMQ runs it by itself"), state);
}

/* What its queue says of a job that is not there, or is. */
static WdRetryVerdict
judge (const WdJobDetail *detail, const WdProfile *profile)
{
  const char *state = detail->queue_job != NULL ? detail->queue_job->state : NULL;

  if (detail->queue_error != NULL || profile->redis_url == NULL
      || wd_profile_get_mapping (profile, detail->job->job_type) == NULL)
    return WD_RETRY_GOES;
  return wd_retry_judge (state, detail->automatic, detail->job->data != NULL);
}

/**
 * wd_retry_text_impossible:
 * @detail: the only job that is retried
 * @profile: its connection
 *
 * Returns: (transfer full) (nullable): why its queue cannot be given it back
 */
char *
wd_retry_text_impossible (const WdJobDetail *detail, const WdProfile *profile)
{
  WdRetryVerdict verdict = judge (detail, profile);

  if (verdict == WD_RETRY_AUTOMATIC)
    return g_strdup (_("The queue’s record of this job is gone, and no job can be added under its "
                       "id: it cannot be retried. A new job has to be triggered instead."));
  if (verdict == WD_RETRY_NO_DATA)
    return g_strdup (_("The queue’s record of this job is gone, and its row has no data to make it "
                       "again with: it cannot be retried. A new job has to be triggered instead."));
  return NULL;
}

/**
 * wd_retry_text_queue:
 * @detail: the only job that is retried
 * @profile: its connection
 *
 * Returns: (transfer full) (nullable): what its queue shows, where an admin should know
 */
char *
wd_retry_text_queue (const WdJobDetail *detail, const WdProfile *profile)
{
  if (detail->queue_error != NULL)
    {
      g_autofree char *error = wd_format_visible (detail->queue_error, 300);

      return g_strdup_printf (_("Its queue could not be asked (%s). It is asked again before "
                                "anything is written."), error);
    }
  if (profile->redis_url == NULL
      || wd_profile_get_mapping (profile, detail->job->job_type) == NULL)
    return NULL;
  switch (judge (detail, profile))
    {
    case WD_RETRY_GOES:
      return detail->queue_job != NULL ? NULL
                                       : g_strdup (_("The queue’s record of this job is gone: it "
                                                     "will be added again under its id."));
    case WD_RETRY_COMPLETED:
      return g_strdup (_("Its queue says that it was completed: it will not run again, and its row "
                         "will say completed."));
    case WD_RETRY_AUTOMATIC:
    case WD_RETRY_NO_DATA:
    case WD_RETRY_NOWHERE:
    case WD_RETRY_BY_ITSELF:
    default:
      return NULL;
    }
}

/**
 * wd_retry_text_done:
 * @n_done: how many jobs were written
 * @n_undelivered: how many of them are not in their queue yet
 *
 * Returns: (transfer full): a sentence about them
 */
char *
wd_retry_text_done (guint n_done, guint n_undelivered)
{
  g_autofree char *number = wd_text_count (n_done);
  g_autofree char *late = wd_text_count (n_undelivered);

  if (n_undelivered == 0)
    return g_strdup_printf (ngettext ("%s job is retried", "%s jobs are retried", n_done), number);
  return g_strdup_printf (ngettext ("Retry of %s job written, %s not yet delivered",
                                    "Retry of %s jobs written, %s not yet delivered", n_done),
                          number, late);
}
