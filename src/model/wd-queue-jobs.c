/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-queue-jobs.h"

static void
wd_queue_jobs_request_clear (gpointer data)
{
  WdQueueJobsRequest *self = data;

  g_free (self->queue);
  g_free (self->state);
}

WD_DEFINE_RECORD (WdQueueJobsRequest, wd_queue_jobs_request, wd_queue_jobs_request_clear)

/**
 * wd_queue_jobs_request_create:
 * @queue: its name
 * @state: one of wd_queue_state_words()
 * @offset: how many to pass over
 * @limit: how many at most, up to %WD_QUEUE_JOBS_MAX
 *
 * Returns: (transfer full): a request; immutable
 */
WdQueueJobsRequest *
wd_queue_jobs_request_create (const char *queue, const char *state, gint64 offset, guint limit)
{
  WdQueueJobsRequest *self = wd_queue_jobs_request_new ();

  self->queue = g_strdup (queue);
  self->state = g_strdup (state);
  self->offset = MAX (offset, 0);
  self->limit = CLAMP (limit, 1, WD_QUEUE_JOBS_MAX);
  return self;
}

static void
wd_queue_job_entry_clear (gpointer data)
{
  WdQueueJobEntry *self = data;

  g_clear_pointer (&self->job, wd_queue_job_unref);
  g_clear_pointer (&self->row, wd_job_unref);
}

WD_DEFINE_RECORD (WdQueueJobEntry, wd_queue_job_entry, wd_queue_job_entry_clear)

/**
 * wd_queue_job_entry_create:
 * @job: (transfer full): as its queue sees it
 *
 * Returns: (transfer full): an entry whose row is not known yet
 */
WdQueueJobEntry *
wd_queue_job_entry_create (WdQueueJob *job)
{
  WdQueueJobEntry *self = wd_queue_job_entry_new ();

  self->job = job;
  return self;
}

static gboolean
equal_rows (const WdJob *a, const WdJob *b)
{
  return a == b || (a != NULL && b != NULL && wd_job_equal (a, b));
}

/**
 * wd_queue_job_entry_equal:
 * @a: an entry
 * @b: another one
 *
 * Returns: whether a list shows the same of both
 */
gboolean
wd_queue_job_entry_equal (const WdQueueJobEntry *a, const WdQueueJobEntry *b)
{
  const WdQueueJob *x = a->job, *y = b->job;

  return g_strcmp0 (x->id, y->id) == 0 && g_strcmp0 (x->state, y->state) == 0
         && g_strcmp0 (x->name, y->name) == 0 && g_strcmp0 (x->data, y->data) == 0
         && x->attempts_made == y->attempts_made && x->attempts_started == y->attempts_started
         && x->attempts == y->attempts && x->priority == y->priority && x->due == y->due
         && x->timestamp == y->timestamp && x->processed_on == y->processed_on
         && x->finished_on == y->finished_on && x->n_children == y->n_children
         && (x->lock_ms >= 0) == (y->lock_ms >= 0) && x->has_record == y->has_record
         && g_strcmp0 (x->progress, y->progress) == 0 && g_strcmp0 (x->worker, y->worker) == 0
         && g_strcmp0 (x->failed_reason, y->failed_reason) == 0 && equal_rows (a->row, b->row)
         && a->is_row_known == b->is_row_known;
}

static void
wd_queue_jobs_clear (gpointer data)
{
  WdQueueJobs *self = data;

  g_clear_pointer (&self->request, wd_queue_jobs_request_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->counts, wd_queue_counts_unref);
  g_free (self->rows_error);
}

WD_DEFINE_RECORD (WdQueueJobs, wd_queue_jobs, wd_queue_jobs_clear)
