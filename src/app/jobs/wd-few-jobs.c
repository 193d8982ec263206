/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The newest few of some jobs, read anew whenever asked for, and the whole list that they are the
 * beginning of for whoever goes on from one of them. Errors are not reported: whatever shows them
 * reads something else at the same time, which has the same ones. */

#include "app/jobs/wd-few-jobs.h"

#include "base/wd-error.h"

struct _WdFewJobs {
  GObject parent_instance;

  guint n;
  WdBackend *backend;        /* (owned) (nullable): who was asked last */
  WdJobFilter *filter;       /* (owned) (nullable): for what */
  GCancellable *request;     /* (owned) (nullable) */
};

enum {
  SIGNAL_READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdFewJobs, wd_few_jobs, G_TYPE_OBJECT)

static void
jobs_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdFewJobs) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPage) page = wd_backend_list_jobs_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  if (page != NULL)
    g_signal_emit (self, signals[SIGNAL_READ], 0, page->items);
}

static void
wd_few_jobs_dispose (GObject *object)
{
  wd_few_jobs_cancel (WD_FEW_JOBS (object));
  G_OBJECT_CLASS (wd_few_jobs_parent_class)->dispose (object);
}

static void
wd_few_jobs_finalize (GObject *object)
{
  WdFewJobs *self = WD_FEW_JOBS (object);

  g_clear_object (&self->backend);
  g_clear_pointer (&self->filter, wd_job_filter_free);
  G_OBJECT_CLASS (wd_few_jobs_parent_class)->finalize (object);
}

static void
wd_few_jobs_class_init (WdFewJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_few_jobs_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_few_jobs_finalize;

  /**
   * WdFewJobs::read:
   * @jobs: (element-type WdJob): newest first
   */
  signals[SIGNAL_READ] =
    g_signal_new ("read", WD_TYPE_FEW_JOBS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
wd_few_jobs_init (WdFewJobs *self)
{
}

/**
 * wd_few_jobs_new:
 * @n: how many at the most
 *
 * Returns: (transfer full): reads nothing yet
 */
WdFewJobs *
wd_few_jobs_new (guint n)
{
  WdFewJobs *self = g_object_new (WD_TYPE_FEW_JOBS, NULL);

  self->n = n;
  return self;
}

/**
 * wd_few_jobs_read:
 * @self: few jobs
 * @backend: whom to ask
 * @filter: for which; copied
 *
 * Asks for the newest that pass @filter, unless an answer is being waited for already.
 */
void
wd_few_jobs_read (WdFewJobs *self, WdBackend *backend, const WdJobFilter *filter)
{
  g_autoptr (WdPageRequest) page = NULL;

  g_return_if_fail (WD_IS_FEW_JOBS (self));

  if (self->request != NULL)
    return;
  g_set_object (&self->backend, backend);
  g_clear_pointer (&self->filter, wd_job_filter_free);
  self->filter = wd_job_filter_copy (filter);
  page = wd_page_request_new ();
  page->limit = self->n;
  page->with_total = FALSE;
  self->request = g_cancellable_new ();
  wd_backend_list_jobs_async (backend, self->filter, page, self->request, jobs_cb,
                              g_object_ref (self));
}

/**
 * wd_few_jobs_cancel:
 * @self: few jobs
 *
 * Waits for no answer any more.
 */
void
wd_few_jobs_cancel (WdFewJobs *self)
{
  g_return_if_fail (WD_IS_FEW_JOBS (self));

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

/**
 * wd_few_jobs_open_list:
 * @self: few jobs that were read
 *
 * Returns: (transfer full): all jobs that pass the filter, newest first; being read
 */
WdPagedList *
wd_few_jobs_open_list (WdFewJobs *self)
{
  WdPagedList *list;

  g_return_val_if_fail (WD_IS_FEW_JOBS (self), NULL);
  g_return_val_if_fail (self->filter != NULL, NULL);

  list = wd_paged_list_new (wd_list_kind_jobs (), self->backend);
  wd_paged_list_set_query (list, self->filter, WD_SORT_CREATED, FALSE);
  return list;
}
