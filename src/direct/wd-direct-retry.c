/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Retry, exactly once: the same three steps as a dispatch, with a row that exists.
 *
 * The queue is asked first, so that a job BullMQ is about to retry itself is refused without a
 * write; the script asks again, because in between it may have changed. */

#include "direct/wd-direct-retry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-job.h"
#include "direct/wd-delivery.h"
#include "direct/wd-direct-write.h"
#include "postgres/wd-pg-jobs.h"
#include "postgres/wd-pg-retry.h"

#define SLICE 500

/* One retry on its way through its slices. */
typedef struct {
  WdLane *lane;
  const WdRetryRequest *request;
  gboolean uses_queue;
  WdBullmqSite *site;      /* (owned) (nullable) */
  GHashTable *writable;    /* (owned) queue to nullable #GError: why it is not to be written */
  WdActionResult *result;
} Retry;

/* A job that passed the checks so far. */
typedef struct {
  WdJob *job;              /* (owned) */
  char *queue;             /* (owned) */
  char *id;                /* (owned) in the queue */
  char *options;           /* (owned) */
  gboolean automatic;      /* BullMQ made the id itself */
} Candidate;

static void
candidate_free (Candidate *self)
{
  wd_job_unref (self->job);
  g_free (self->queue);
  g_free (self->id);
  g_free (self->options);
  g_free (self);
}

static void
error_free0 (gpointer error)
{
  if (error != NULL)
    g_error_free (error);
}

/* The seed's priority a job was dispatched with; 0 where its data does not say. */
static int
read_priority (const WdJob *job)
{
  g_autoptr (GRegex) pattern = g_regex_new ("\"priority\"\\s*:\\s*(10|5|1)\\s*[,}]", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *digits = NULL;

  if (job->data == NULL || !g_regex_match (pattern, job->data, 0, &match))
    return 0;
  digits = g_match_info_fetch (match, 1);
  return (int) g_ascii_strtoll (digits, NULL, 10);
}

/* Whether @queue may be written; asked once for each queue. */
static const GError *
check_queue (Retry *self, const char *queue, GCancellable *cancellable)
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

static gboolean
is_retryable (Retry *self, const WdJob *job)
{
  if (wd_job_status_from_string (job->status) != WD_JOB_STATUS_FAILED)
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_NOT_FAILED,
                               _("Only failed jobs can be retried: this one is %s"), job->status);
      return FALSE;
    }
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

/* Returns NULL after refusing. */
static Candidate *
make_candidate (Retry *self, WdJob *job, GCancellable *cancellable)
{
  const WdQueueMapping *mapping
      = wd_profile_get_mapping (wd_lane_get_profile (self->lane), job->job_type);
  g_autoptr (GPtrArray) owner = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  Candidate *candidate;
  const GError *problem;

  if (!is_retryable (self, job))
    return NULL;
  if (self->uses_queue && mapping == NULL)
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_REFUSED,
                               _("No queue is known for jobs of type “%s”"), job->job_type);
      return NULL;
    }
  candidate = g_new0 (Candidate, 1);
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
  candidate->automatic = strcmp (candidate->id, job->job_id) != 0;
  candidate->options = wd_delivery_make_options (mapping, read_priority (job), self->request->reset,
                                                 !candidate->automatic);
  problem = check_queue (self, candidate->queue, cancellable);
  if (problem != NULL)
    {
      wd_action_result_refuse_error (self->result, job->id, problem);
      return NULL;
    }
  return g_ptr_array_steal_index (owner, 0);
}

/* Whether a job in that state may be tried; refuses otherwise. A completed one goes on: the script
 * refuses it, and that sets its row right. */
static gboolean
check_state (Retry *self, const Candidate *candidate, const char *state)
{
  if (state == NULL && candidate->automatic)
    {
      wd_action_result_refuse (self->result, candidate->job->id, WD_ERROR_REFUSED,
                               _("Its queue no longer holds job %s, whose id BullMQ made itself: "
                                 "dispatch a new job instead"), candidate->id);
      return FALSE;
    }
  if (state == NULL || strcmp (state, "failed") == 0 || strcmp (state, "completed") == 0
      || strcmp (state, "unknown") == 0)
    return TRUE;
  wd_action_result_refuse (self->result, candidate->job->id, WD_ERROR_NOT_FAILED,
                           _("In its queue the job is %s: BullMQ runs it by itself"), state);
  return FALSE;
}

static int
compare_queues (gconstpointer a, gconstpointer b)
{
  const Candidate *one = *(Candidate *const *) a, *other = *(Candidate *const *) b;

  return g_strcmp0 (one->queue, other->queue);
}

/* Asks the queues about @candidates, sorted by queue, and takes out those not to be tried. */
static gboolean
check_states (Retry *self, GPtrArray *candidates, GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (self->lane);
  WdRedisConnection *redis = wd_lane_get_redis (self->lane, cancellable, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  if (redis == NULL)
    return FALSE;
  for (guint from = 0, to; from < candidates->len; from = to)
    {
      Candidate *first = candidates->pdata[from];
      g_autoptr (GPtrArray) states = NULL;

      g_ptr_array_set_size (ids, 0);
      for (to = from; to < candidates->len
                      && strcmp (((Candidate *) candidates->pdata[to])->queue, first->queue) == 0;
           to++)
        g_ptr_array_add (ids, ((Candidate *) candidates->pdata[to])->id);
      states = wd_bullmq_states (redis, &(WdBullmqQueue) { profile->prefix, first->queue },
                                 (const char *const *) ids->pdata, ids->len,
                                 wd_deadline_in (WD_WRITE_MS), cancellable, error);
      if (states == NULL)
        return FALSE;
      for (guint i = 0; i < states->len; i++)
        g_ptr_array_add (all, g_strdup (states->pdata[i]));
    }
  for (guint i = candidates->len; i-- > 0;)
    if (!check_state (self, candidates->pdata[i], all->pdata[i]))
      g_ptr_array_remove_index (candidates, i);
  return TRUE;
}

/* Rows that changed between our look and our write. */
static void
refuse_changed (Retry *self, GPtrArray *candidates, GPtrArray *rows)
{
  g_autoptr (GHashTable) changed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (changed, ((WdJob *) rows->pdata[i])->id);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = candidates->pdata[i];

      if (!g_hash_table_contains (changed, candidate->job->id))
        wd_action_result_refuse (self->result, candidate->job->id, WD_ERROR_NOT_FAILED,
                                 _("Somebody else changed it meanwhile: it is no longer failed"));
    }
}

static gboolean
write_candidates (Retry *self, GPtrArray *candidates, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (self->lane, cancellable, error);
  WdPgRetry order = { .prefix = wd_lane_get_profile (self->lane)->prefix,
                      .uses_queue = self->uses_queue,
                      .identity = self->site != NULL ? self->site->identity : NULL,
                      .reset = self->request->reset };
  g_autofree WdPgRetryJob *jobs = g_new (WdPgRetryJob, candidates->len);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_outbox_entry_unref);

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = candidates->pdata[i];

      jobs[i] = (WdPgRetryJob) { candidate->job->id, candidate->queue, candidate->options };
    }
  if (postgres == NULL
      || !wd_pg_retry (postgres, &order, jobs, candidates->len, rows, entries,
                       wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return FALSE;
  refuse_changed (self, candidates, rows);
  if (self->uses_queue)
    {
      if (rows->len > 0)
        wd_direct_deliver (self->lane, self->site, rows, entries, self->result);
    }
  else
    for (guint i = 0; i < rows->len; i++)
      wd_action_result_add_job (self->result, wd_job_ref (rows->pdata[i]), TRUE);
  return TRUE;
}

/* FALSE: none of @jobs was written. */
static gboolean
retry_slice (Retry *self, GPtrArray *jobs, guint from, guint to, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) candidates
      = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = from; i < to; i++)
    {
      Candidate *candidate = make_candidate (self, jobs->pdata[i], cancellable);

      if (candidate != NULL)
        g_ptr_array_add (candidates, candidate);
    }
  g_ptr_array_sort (candidates, compare_queues);
  return candidates->len == 0
         || ((!self->uses_queue || check_states (self, candidates, cancellable, error))
             && (candidates->len == 0 || write_candidates (self, candidates, cancellable, error)));
}

/* What a failure half way leaves: the done ones stand, the others are refused with the reason. */
static gboolean
retry_jobs (Retry *self, GPtrArray *jobs, GCancellable *cancellable, GError **error)
{
  for (guint from = 0; from < jobs->len; from += SLICE)
    {
      g_autoptr (GError) local = NULL;

      if (retry_slice (self, jobs, from, MIN (from + SLICE, jobs->len), cancellable, &local))
        continue;
      if (self->result->done->len == 0)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      for (guint i = from; i < jobs->len; i++)
        wd_action_result_refuse_error (self->result, ((WdJob *) jobs->pdata[i])->id, local);
      return TRUE;
    }
  return TRUE;
}

static gboolean
retry_named (Retry *self, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (self->lane, cancellable, error);
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  if (postgres == NULL)
    return FALSE;
  jobs = wd_pg_jobs_find (postgres, (const char *const *) self->request->ids,
                          g_strv_length (self->request->ids), &missing, wd_deadline_in (WD_READ_MS),
                          cancellable, error);
  if (jobs == NULL)
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    wd_action_result_refuse (self->result, missing->pdata[i], WD_ERROR_NOT_FOUND,
                             _("Job not found"));
  return retry_jobs (self, jobs, cancellable, error);
}

/* A page that cannot be read ends the run; what was done before it stands and is said. */
static gboolean
stop_early (Retry *self, GError **error)
{
  if (self->result->done->len == 0)
    return FALSE;
  wd_action_result_refuse_error (self->result, _("the remaining failed jobs"), *error);
  g_clear_error (error);
  return TRUE;
}

/* Pages go from old to new and end with what existed at the start, so each row comes by once even
 * if it fails again meanwhile. */
static gboolean
retry_all_failed (Retry *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_copy (self->request->all_failed);
  g_autoptr (WdPageRequest) request = wd_page_request_new ();

  g_strfreev (filter->statuses);
  filter->statuses = g_strsplit ("failed", ",", -1);
  if (filter->to == WD_TIME_NONE)
    filter->to = wd_time_now () + 60 * G_USEC_PER_SEC;
  request->ascending = TRUE;
  request->limit = WD_PAGE_LIMIT_MAX;
  request->with_total = FALSE;
  request->with_data = TRUE;
  do
    {
      WdPgConnection *postgres = wd_lane_get_postgres (self->lane, cancellable, error);
      g_autoptr (WdPage) page = NULL;

      if (postgres != NULL)
        page = wd_pg_jobs_list (postgres, filter, request, wd_deadline_in (WD_READ_MS), cancellable,
                                error);
      if (page == NULL || !retry_jobs (self, page->items, cancellable, error))
        return stop_early (self, error);
      g_free (request->cursor);
      request->cursor = g_strdup (page->next_cursor);
    }
  while (request->cursor != NULL);
  return TRUE;
}

/**
 * wd_direct_retry:
 * @lane: the lane of writes
 * @request: which jobs, and how
 * @cancellable: (nullable): stops between two slices; what was written is delivered
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Worker.
 *
 * Returns: (transfer full): what is retried and what was refused
 */
WdActionResult *
wd_direct_retry (WdLane *lane, const WdRetryRequest *request, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  Retry self = { .lane = lane, .request = request, .result = result };
  gboolean ok;

  if (!wd_retry_request_validate (request, error)
      || !wd_lane_check_writable (lane, cancellable, error)
      || !wd_direct_agree_delivery (lane, &self.uses_queue, cancellable, error))
    return NULL;
  if (self.uses_queue)
    {
      self.site = wd_lane_read_site (lane, TRUE, cancellable, error);
      if (self.site == NULL)
        return NULL;
    }
  self.writable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, error_free0);
  ok = request->all_failed != NULL ? retry_all_failed (&self, cancellable, error)
                                   : retry_named (&self, cancellable, error);
  g_hash_table_unref (self.writable);
  g_clear_pointer (&self.site, wd_bullmq_site_free);
  if (!ok)
    return NULL;
  wd_direct_describe (result);
  return g_steal_pointer (&result);
}
