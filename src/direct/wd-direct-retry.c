/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Retry, exactly once: the same three steps as a dispatch, with a row that exists.
 *
 * The queue is asked first, so that a job BullMQ is about to retry itself is refused without a
 * write; the script asks again, because in between it may have changed. */

#include "direct/wd-direct-retry.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "direct/wd-direct-replay.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-lost-jobs.h"
#include "direct/wd-retry-candidate.h"
#include "direct/wd-retry-memory.h"
#include "direct/wd-siblings.h"
#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-jobs.h"
#include "postgres/wd-pg-retry.h"

#define SLICE 500

static void
error_free0 (gpointer error)
{
  if (error != NULL)
    g_error_free (error);
}

/* Rows that changed between our look and our write, of those that were not refused by it. */
static void
refuse_changed (WdRetry *self, GPtrArray *candidates, GPtrArray *rows, guint first)
{
  g_autoptr (GHashTable) settled = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (settled, ((WdJob *) rows->pdata[i])->id);
  for (guint i = first; i < self->result->refused->len; i++)
    g_hash_table_add (settled, ((WdRefusal *) self->result->refused->pdata[i])->subject);
  for (guint i = 0; i < candidates->len; i++)
    {
      const WdRetryCandidate *candidate = candidates->pdata[i];

      if (!g_hash_table_contains (settled, candidate->job->id))
        wd_action_result_refuse (self->result, candidate->job->id, WD_ERROR_NOT_FAILED,
                                 _("Somebody else changed it meanwhile: it is no longer failed, or "
                                   "has failed again"));
    }
}

static WdPgRetryJob *
make_jobs (WdRetry *self, GPtrArray *candidates)
{
  WdPgRetryJob *jobs = g_new0 (WdPgRetryJob, candidates->len);

  for (guint i = 0; i < candidates->len; i++)
    {
      const WdRetryCandidate *candidate = candidates->pdata[i];
      const WdBulkItem *item = self->frozen != NULL
                               ? g_hash_table_lookup (self->frozen, candidate->job->id) : NULL;

      jobs[i] = (WdPgRetryJob) { .id = candidate->job->id, .n = item != NULL ? item->n : 0,
                                 .retry_count = candidate->job->retry_count,
                                 .queue = candidate->queue, .options = candidate->options,
                                 .guarded = wd_retry_is_guarded (candidate->job) ? candidate->job
                                                                                 : NULL,
                                 .was_busy = item != NULL && g_strcmp0 (item->forecast,
                                                                       WD_PG_BULK_UNDER_WAY) == 0 };
    }
  return jobs;
}

static void
deliver (WdRetry *self, const char *identity, GPtrArray *rows, GPtrArray *entries)
{
  if (rows->len == 0)
    return;
  if (!self->uses_queue)
    for (guint i = 0; i < rows->len; i++)
      wd_action_result_add_job (self->result, wd_job_ref (rows->pdata[i]), TRUE);
  else if (self->pipe != NULL)
    wd_direct_pipe_send (self->pipe, identity, rows, entries, self->result);
  else
    wd_direct_deliver (self->lane, self->site, rows, entries, self->result);
}

static gboolean
write_candidates (WdRetry *self, GPtrArray *candidates, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (self->lane, cancellable, error);
  WdPgRetry order = { .prefix = wd_lane_get_profile (self->lane)->prefix,
                      .uses_queue = self->uses_queue,
                      .identity = self->site != NULL ? wd_bullmq_site_get_identity (self->site)
                                                     : NULL,
                      .reset = self->request->reset,
                      .force = self->request->force,
                      .oldest = self->request->all_failed != NULL,
                      .runner = self->runner,
                      .look = self->uses_queue ? wd_siblings_look_back : NULL,
                      .look_data = self->lane,
                      .origin = self->request->origin };
  g_autofree WdPgRetryJob *jobs = make_jobs (self, candidates);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_outbox_entry_unref);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  guint first = self->result->refused->len;
  guint first_done = self->result->done->len;

  wd_fault_point ("retry:begin");
  if (postgres == NULL
      || !wd_pg_retry (postgres, &order, jobs, candidates->len, self->result, rows, entries,
                       conflicts, wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return FALSE;
  if (self->uses_queue && conflicts->len > 0)
    wd_lost_jobs_name (self->lane, conflicts, self->result,
                       self->result->refused->len - conflicts->len, cancellable);
  refuse_changed (self, candidates, rows, first);
  deliver (self, order.identity, rows, entries);
  /* Until the pipe has delivered the result is its; a bulk run needs no memory of it. */
  if (self->pipe == NULL)
    wd_retry_remember (self, rows, first_done, first, conflicts);
  return TRUE;
}

/* Before each transaction it is asked again which Redis answers: one that went away meanwhile
 * leaves the rest as it is. */
static gboolean
renew_site (WdRetry *self, GCancellable *cancellable, GError **error)
{
  g_clear_pointer (&self->site, wd_bullmq_site_free);
  self->site = wd_lane_read_site (self->lane, TRUE, cancellable, error);
  return self->site != NULL;
}

/* FALSE: none of @jobs was written. */
static gboolean
retry_slice (WdRetry *self, GPtrArray *jobs, guint from, guint to, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) candidates
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_retry_candidate_free);

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || (self->uses_queue && !renew_site (self, cancellable, error)))
    return FALSE;
  for (guint i = from; i < to; i++)
    {
      WdRetryCandidate *candidate = wd_retry_candidate_new (self, jobs->pdata[i], cancellable);

      if (candidate != NULL)
        g_ptr_array_add (candidates, candidate);
    }
  if (self->pause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->pause));
      return FALSE;
    }
  return candidates->len == 0
         || ((!self->uses_queue || wd_retry_check_queues (self, candidates, cancellable, error))
             && (candidates->len == 0 || write_candidates (self, candidates, cancellable, error)));
}

/* What a failure half way leaves: the done ones stand, the others are refused with the reason,
 * those of later slices as not begun. @has_more: there are others behind @jobs. */
static gboolean
retry_jobs (WdRetry *self, GPtrArray *jobs, gboolean has_more, GCancellable *cancellable,
            GError **error)
{
  for (guint from = 0; from < jobs->len; from += SLICE)
    {
      g_autoptr (GError) local = NULL;
      guint to = MIN (from + SLICE, jobs->len);

      if (retry_slice (self, jobs, from, to, cancellable, &local))
        continue;
      if (!wd_direct_must_tell_each (self->result, local, to < jobs->len || has_more))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      for (guint i = from; i < to; i++)
        wd_action_result_refuse_error (self->result, ((WdJob *) jobs->pdata[i])->id, local);
      for (guint i = to; i < jobs->len; i++)
        wd_action_result_refuse_untried (self->result, ((WdJob *) jobs->pdata[i])->id, local);
      self->stopped = TRUE;
      return TRUE;
    }
  return TRUE;
}

static void
refuse_missing (WdRetry *self, GPtrArray *missing)
{
  for (guint i = 0; i < missing->len; i++)
    wd_action_result_refuse (self->result, missing->pdata[i], WD_ERROR_NOT_FOUND,
                             _("Job not found"));
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  return wd_retry_compare_newest (*(WdJob *const *) a, *(WdJob *const *) b);
}

/* Of several that do the same work the newest goes, also where they are of several slices. */
static gboolean
retry_named (WdRetry *self, GCancellable *cancellable, GError **error)
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
  refuse_missing (self, missing);
  g_ptr_array_sort (jobs, compare_newest);
  return retry_jobs (self, jobs, FALSE, cancellable, error);
}

/* One slice, as its caller made it. */
static gboolean
retry_frozen (WdRetry *self, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (self->lane, cancellable, error);
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  if (postgres == NULL)
    return FALSE;
  jobs = wd_pg_jobs_find_rows (postgres, (const char *const *) self->request->ids,
                               g_strv_length (self->request->ids), &missing,
                               wd_deadline_in (WD_READ_MS), cancellable, error);
  if (jobs == NULL)
    return FALSE;
  refuse_missing (self, missing);
  return retry_slice (self, jobs, 0, jobs->len, cancellable, error);
}

/* A page that cannot be read ends the run, as does a failure that says the same of all; what was
 * done before it stands and is said. */
static gboolean
stop_early (WdRetry *self, GError **error)
{
  if (self->result->done->len == 0)
    return FALSE;
  wd_action_result_refuse_untried (self->result, _("the remaining failed jobs"), *error);
  g_clear_error (error);
  return TRUE;
}

static const GError *
last_refusal (const WdActionResult *result)
{
  return ((const WdRefusal *) result->refused->pdata[result->refused->len - 1])->error;
}

/* Pages go from old to new and end with what existed at the start, so each row comes by once even
 * if it fails again meanwhile. */
static gboolean
retry_all_failed (WdRetry *self, GCancellable *cancellable, GError **error)
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
      if (page == NULL
          || !retry_jobs (self, page->items, page->next_cursor != NULL, cancellable, error))
        return stop_early (self, error);
      g_free (request->cursor);
      request->cursor = g_strdup (page->next_cursor);
    }
  while (request->cursor != NULL && !self->stopped);
  if (request->cursor != NULL)
    wd_action_result_refuse_untried (self->result, _("the remaining failed jobs"),
                                     last_refusal (self->result));
  return TRUE;
}

static WdActionResult *
run (WdRetry *self, GCancellable *cancellable, GError **error)
{
  gboolean ok;

  if (!wd_retry_request_validate (self->request, error)
      || !wd_lane_check_writable (self->lane, cancellable, error)
      || !wd_direct_agree_delivery (self->lane, &self->uses_queue, cancellable, error))
    return NULL;
  self->writable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, error_free0);
  if (self->frozen == NULL)
    {
      self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self->in_the_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }
  if (self->frozen != NULL)
    ok = retry_frozen (self, cancellable, error);
  else
    ok = self->request->all_failed != NULL ? retry_all_failed (self, cancellable, error)
                                           : retry_named (self, cancellable, error);
  g_clear_pointer (&self->taken, g_hash_table_unref);
  g_clear_pointer (&self->in_the_way, g_hash_table_unref);
  g_hash_table_unref (self->writable);
  g_clear_pointer (&self->site, wd_bullmq_site_free);
  if (!ok)
    return NULL;
  if (self->frozen == NULL)
    {
      wd_action_result_tell_siblings (self->result);
      wd_direct_describe (self->result, self->uses_queue);
    }
  return wd_action_result_ref (self->result);
}

/**
 * wd_direct_retry:
 * @lane: the lane of writes
 * @request: which jobs, and how
 * @cancellable: (nullable): stops between two slices; what was written is delivered
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * What was done under the request's key before is not done again, but said again. Worker.
 *
 * Returns: (transfer full): what is retried and what was refused
 */
WdActionResult *
wd_direct_retry (WdLane *lane, const WdRetryRequest *request, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (WdActionResult) nothing = wd_action_result_create ();
  g_autoptr (WdActionResult) result = NULL;
  WdRetry self = { .lane = lane, .request = request, .result = nothing };

  if (!wd_direct_replay (lane, request->origin, &result, cancellable, error))
    return NULL;
  if (result == NULL)
    result = run (&self, cancellable, error);
  return result != NULL ? wd_direct_look_again (lane, request->origin, result, cancellable) : NULL;
}

/**
 * wd_direct_retry_frozen:
 * @lane: a lane of its own
 * @pipe: delivers
 * @runner: who runs a bulk run
 * @items: (element-type WdBulkItem): which jobs, as they were
 * @cancellable: (nullable): stops before it is begun
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME; %WD_ERROR_BUSY where somebody has
 *   taken the run over
 *
 * Those that changed are refused; those that are retried are marked as done in the same
 * transaction. Worker.
 *
 * Returns: (transfer full): what is retried and what was refused; the pipe's until it has delivered
 */
WdActionResult *
wd_direct_retry_frozen (WdLane *lane, WdDirectPipe *pipe, const WdPgBulkRunner *runner,
                        GPtrArray *items, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  g_autoptr (WdRetryRequest) request = wd_retry_request_new ();
  g_autoptr (GHashTable) frozen = g_hash_table_new (g_str_hash, g_str_equal);
  WdRetry self = { .lane = lane, .request = request, .result = result, .runner = runner,
                   .pipe = pipe, .frozen = frozen };

  request->ids = g_new0 (char *, items->len + 1);
  request->reset = runner->run->request->reset;
  request->force = runner->run->request->force;
  for (guint i = 0; i < items->len; i++)
    {
      WdBulkItem *item = items->pdata[i];

      request->ids[i] = g_strdup (item->job_log_id);
      g_hash_table_insert (frozen, item->job_log_id, item);
    }
  return run (&self, cancellable, error);
}
