/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job that is in the way of another of its type for its wallet. */

#include "postgres/wd-pg-under-way.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "base/wd-time.h"
#include "model/wd-job-type.h"
#include "model/wd-retry-rule.h"
#include "model/wd-words.h"

/**
 * wd_pg_under_way_from_row:
 * @rows: an answer that has %WD_PG_UNDER_WAY_COLUMNS
 * @row: which one
 *
 * Returns: (transfer full): the job, as far as a refusal tells it
 */
WdJob *
wd_pg_under_way_from_row (WdPgResult *rows, guint row)
{
  WdJob *job = wd_job_new ();

  job->id = g_strdup (wd_pg_result_text (rows, row, 0));
  job->job_id = g_strdup (wd_pg_result_text (rows, row, 1));
  job->job_type = g_strdup (wd_pg_result_text (rows, row, 2));
  job->status = g_strdup (wd_pg_result_text (rows, row, 3));
  job->wallet_address = g_strdup (wd_pg_result_text (rows, row, 4));
  job->created_at = wd_pg_result_time (rows, row, 5);
  job->completed_at = WD_TIME_NONE;
  return job;
}

/**
 * wd_pg_under_way_ask:
 * @ended: (element-type WdJob): jobs that have ended, as their rows say, which were read in one
 *   statement with those under way; keeps those of which their queues tell otherwise
 * @states: (element-type utf8): an empty array; gets beside them their states in their queues
 * @look: (scope call): asks the queues
 * @data: for @look
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: that a queue did not answer
 *
 * Asks nobody where there are none. Worker.
 */
gboolean
wd_pg_under_way_ask (GPtrArray *ended, GPtrArray *states, WdPgSiblingsLook look, gpointer data,
                     gint64 deadline, GCancellable *cancellable, GError **error)
{
  if (ended->len == 0)
    return TRUE;
  if (!look (ended, states, data, deadline, cancellable, error))
    return FALSE;
  for (guint i = ended->len; i-- > 0;)
    if (wd_retry_judge (states->pdata[i], FALSE, TRUE) == WD_RETRY_GOES)
      {
        g_ptr_array_remove_index (ended, i);
        g_ptr_array_remove_index (states, i);
      }
  return TRUE;
}

/**
 * wd_pg_under_way_refuse:
 * @result: gets the refusal
 * @subject: what is refused
 * @job: the job in its way
 */
void
wd_pg_under_way_refuse (WdActionResult *result, const char *subject, const WdJob *job)
{
  g_autofree char *age = wd_format_age (job->created_at, wd_time_now ());
  g_autofree char *status = wd_job_status_in_text (job->status);
  WdRefusal *refusal
      = wd_action_result_refuse (result, subject, WD_ERROR_DUPLICATE,
                                 _("A %s job for this wallet is already %s (%s, %s)"),
                                 wd_job_type_label (job->job_type), status, age, job->id);

  refusal->job_log_id = g_strdup (job->id);
}

/**
 * wd_pg_under_way_refuse_queued:
 * @result: gets the refusal
 * @subject: what is refused
 * @job: the job in its way, of which its row says that it has ended
 * @state: of that job in its queue, in BullMQ's words
 */
void
wd_pg_under_way_refuse_queued (WdActionResult *result, const char *subject, const WdJob *job,
                               const char *state)
{
  g_autofree char *word = wd_queue_state_in_text (state);
  WdRefusal *refusal;

  switch (wd_retry_judge (state, FALSE, TRUE))
    {
    case WD_RETRY_COMPLETED:
      refusal = wd_action_result_refuse (result, subject, WD_ERROR_DUPLICATE,
                                         _("Another job for this wallet completed in its queue "
                                           "after this one was made, only its row was not told. "
                                           "Look at job %s."), job->id);
      break;
    case WD_RETRY_NOWHERE:
      refusal = wd_action_result_refuse (result, subject, WD_ERROR_DUPLICATE,
                                         _("It is not known whether another job for this wallet "
                                           "still runs: its queue has a record of it. Look at job "
                                           "%s."), job->id);
      break;
    case WD_RETRY_GOES:
    case WD_RETRY_AUTOMATIC:
    case WD_RETRY_NO_DATA:
    case WD_RETRY_BY_ITSELF:
    default:
      refusal = wd_action_result_refuse (result, subject, WD_ERROR_DUPLICATE,
                                         _("Another job for this wallet is %s in its queue, and "
                                           "BullMQ runs it by itself: %s"), word, job->id);
      break;
    }
  refusal->job_log_id = g_strdup (job->id);
}
