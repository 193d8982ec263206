/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-retry-candidate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-job.h"
#include "direct/wd-delivery.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-job-birth.h"
#include "direct/wd-retry-memory.h"
#include "model/wd-retry-rule.h"
#include "model/wd-words.h"
#include "postgres/wd-pg-bulk-read.h"

/**
 * wd_retry_candidate_free:
 * @self: (transfer full): a candidate
 */
void
wd_retry_candidate_free (WdRetryCandidate *self)
{
  wd_job_unref (self->job);
  g_free (self->queue);
  g_free (self->id);
  g_free (self->options);
  g_free (self);
}

static gpointer
make_priority_pattern (gpointer data)
{
  return g_regex_new ("\"priority\"\\s*:\\s*(10|5|1)\\s*[,}]", 0, 0, NULL);
}

/**
 * wd_retry_read_priority:
 * @job: a row with its data
 *
 * Returns: the priority, on the platform's scale, it was dispatched with; 0 where its data does not
 *   say
 */
int
wd_retry_read_priority (const WdJob *job)
{
  static GOnce once = G_ONCE_INIT;
  GRegex *pattern = g_once (&once, make_priority_pattern, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *digits = NULL;

  if (job->data == NULL || !g_regex_match (pattern, job->data, 0, &match))
    return 0;
  digits = g_match_info_fetch (match, 1);
  return (int) g_ascii_strtoll (digits, NULL, 10);
}

/* Whether @queue may be written; asked once for each queue. That a server cannot say so now is no
 * refusal in a bulk run, which would be for good: the run is paused. */
static const GError *
check_queue (WdRetry *self, const char *queue, GCancellable *cancellable)
{
  gpointer problem = NULL;

  if (!g_hash_table_lookup_extended (self->writable, queue, NULL, &problem))
    {
      GError *local = NULL;

      wd_direct_check_layout (self->lane, queue, cancellable, &local);
      g_hash_table_insert (self->writable, g_strdup (queue), local);
      problem = local;
    }
  return problem;
}

/* Whether a job of a bulk run is as it was at the preview. */
static gboolean
is_as_frozen (WdRetry *self, const WdJob *job)
{
  const WdBulkItem *item
      = self->frozen != NULL ? g_hash_table_lookup (self->frozen, job->id) : NULL;

  return item == NULL || (g_strcmp0 (item->status, job->status) == 0
                          && item->retry_count == job->retry_count);
}

/* One that may have run is retried by whoever has looked at it, not with many others. */
static gboolean
is_swept_up (const WdRetry *self, const WdJob *job)
{
  return g_strcmp0 (job->error_message, WD_RETRY_PERHAPS_RAN) == 0
         && (self->request->all_failed != NULL || self->frozen != NULL);
}

static gboolean
is_retryable (WdRetry *self, const WdJob *job)
{
  g_autofree char *status = wd_job_status_in_text (job->status);

  if (!is_as_frozen (self, job))
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_NOT_FAILED,
                               _("It changed since the preview: now it is %s"), status);
      return FALSE;
    }
  if (wd_job_status_from_string (job->status) != WD_JOB_STATUS_FAILED)
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_NOT_FAILED,
                               _("Only failed jobs can be retried: this one is %s"), status);
      return FALSE;
    }
  if (is_swept_up (self, job))
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_REFUSED,
                               _("It was discarded, and may have run before: look at the chain, "
                                 "then retry it by itself"));
      return FALSE;
    }
  if (wd_retry_refuse_repeated (self, job))
    return FALSE;
  if (!self->request->reset && job->retry_count != WD_INT_NONE && job->max_retries != WD_INT_NONE
      && job->retry_count >= job->max_retries)
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_RETRIES_EXHAUSTED,
                               _("Maximum retries exceeded (%d of %d): reset the retry count"),
                               (int) job->retry_count, (int) job->max_retries);
      return FALSE;
    }
  return TRUE;
}

/**
 * wd_retry_candidate_new:
 * @self: a retry
 * @job: the row
 * @cancellable: (nullable): a cancellable
 *
 * Returns: (transfer full) (nullable): what may be tried as far as the row tells; %NULL after
 *   refusing it. Worker.
 */
WdRetryCandidate *
wd_retry_candidate_new (WdRetry *self, WdJob *job, GCancellable *cancellable)
{
  const WdQueueMapping *mapping
      = wd_profile_get_mapping (wd_lane_get_profile (self->lane), job->job_type);
  g_autoptr (GPtrArray) owner
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_retry_candidate_free);
  WdRetryCandidate *candidate;
  const GError *problem;

  if (!is_retryable (self, job))
    return NULL;
  if (self->uses_queue && mapping == NULL)
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_REFUSED,
                               _("No queue is known for jobs of type “%s”"), job->job_type);
      return NULL;
    }
  candidate = g_new0 (WdRetryCandidate, 1);
  g_ptr_array_add (owner, candidate);
  candidate->job = wd_job_ref (job);
  if (!self->uses_queue)
    return g_ptr_array_steal_index (owner, 0);

  if (!wd_bullmq_job_id_split (job->job_id, mapping->queue, &candidate->queue, &candidate->id))
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_REFUSED,
                               _("“%s” cannot be the id of a BullMQ job"), job->job_id);
      return NULL;
    }
  candidate->automatic = !wd_bullmq_job_id_may_return (job->job_id, candidate->id);
  candidate->options = wd_delivery_make_options (mapping, wd_retry_read_priority (job),
                                                 self->request->reset, !candidate->automatic);
  problem = check_queue (self, candidate->queue, cancellable);
  if (problem != NULL && self->frozen != NULL
      && !g_error_matches (problem, WD_ERROR, WD_ERROR_LAYOUT))
    {
      if (self->pause == NULL)
        self->pause = g_error_copy (problem);
      return NULL;
    }
  if (problem != NULL)
    {
      wd_action_result_refuse_error (self->result, job->id, problem);
      return NULL;
    }
  return g_ptr_array_steal_index (owner, 0);
}

/* Whether a job in that state may be tried; refuses otherwise. A completed one goes on, and one in
 * no list: the script refuses both, and that sets the row of the former right. */
static gboolean
check_state (WdRetry *self, const WdRetryCandidate *candidate, const char *state)
{
  g_autofree char *word = NULL;

  switch (wd_retry_judge (state, candidate->automatic, candidate->job->data != NULL))
    {
    case WD_RETRY_AUTOMATIC:
      wd_action_result_refuse (self->result, candidate->job->id, WD_ERROR_REFUSED,
                               _("Its queue no longer holds job %s, or gave that id to another "
                                 "job since: dispatch a new job instead"), candidate->id);
      return FALSE;
    case WD_RETRY_NO_DATA:
      wd_action_result_refuse (self->result, candidate->job->id, WD_ERROR_REFUSED,
                               _("Its queue no longer holds it, and its row has no data to queue "
                                 "it with: dispatch a new job instead"));
      return FALSE;
    case WD_RETRY_BY_ITSELF:
      /* Its work needs not be done by another one of the same order either, not even when it is
       * done and gone by then. */
      wd_retry_take (self, candidate->job);
      word = wd_queue_state_in_text (state);
      wd_action_result_refuse (self->result, candidate->job->id, WD_ERROR_NOT_FAILED,
                               _("In its queue the job is %s: BullMQ runs it by itself"), word);
      return FALSE;
    case WD_RETRY_GOES:
    case WD_RETRY_COMPLETED:
    case WD_RETRY_NOWHERE:
    default:
      return TRUE;
    }
}

static void
add_subject (const WdRetryCandidate *candidate, GPtrArray *ids, GArray *births)
{
  WdBullmqBirth birth = wd_job_birth_of (candidate->job->job_id, candidate->id,
                                         candidate->job->created_at);

  g_ptr_array_add (ids, candidate->id);
  g_array_append_val (births, birth);
}

static int
compare_queues (gconstpointer a, gconstpointer b)
{
  const WdRetryCandidate *one = *(WdRetryCandidate *const *) a;
  const WdRetryCandidate *other = *(WdRetryCandidate *const *) b;

  return g_strcmp0 (one->queue, other->queue);
}

/**
 * wd_retry_check_queues:
 * @self: a retry
 * @candidates: (element-type WdRetryCandidate): put in order of their queues
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Asks the queues, and takes out and refuses those whose job is not to be tried. Worker.
 */
gboolean
wd_retry_check_queues (WdRetry *self, GPtrArray *candidates, GCancellable *cancellable,
                       GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (self->lane);
  WdRedisConnection *redis = wd_lane_get_redis (self->lane, cancellable, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) births = g_array_new (FALSE, FALSE, sizeof (WdBullmqBirth));
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  if (redis == NULL)
    return FALSE;
  g_ptr_array_sort (candidates, compare_queues);
  for (guint from = 0, to; from < candidates->len; from = to)
    {
      WdRetryCandidate *first = candidates->pdata[from];
      g_autoptr (GPtrArray) states = NULL;

      g_ptr_array_set_size (ids, 0);
      g_array_set_size (births, 0);
      for (to = from; to < candidates->len
                      && strcmp (((WdRetryCandidate *) candidates->pdata[to])->queue,
                                 first->queue) == 0;
           to++)
        add_subject (candidates->pdata[to], ids, births);
      states = wd_bullmq_states (redis, &(WdBullmqQueue) { profile->prefix, first->queue },
                                 (const char *const *) ids->pdata,
                                 (const WdBullmqBirth *) births->data, ids->len,
                                 wd_deadline_in (WD_WRITE_MS), cancellable, error);
      if (states == NULL)
        return FALSE;
      for (guint i = 0; i < states->len; i++)
        g_ptr_array_add (all, g_strdup (states->pdata[i]));
    }
  for (guint i = candidates->len; i-- > 0;)
    if (!check_state (self, candidates->pdata[i], all->pdata[i]))
      g_ptr_array_remove_index (candidates, i);
  for (guint i = candidates->len; i-- > 0;)
    if (wd_retry_refuse_repeated (self, ((WdRetryCandidate *) candidates->pdata[i])->job))
      g_ptr_array_remove_index (candidates, i);
  return TRUE;
}
