/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs that ran last for the wallet of a job. Its rows are made once and change in place. Its
 * errors are not reported: the job, read at the same time, has the same ones. */

#include "app/jobs/wd-other-jobs.h"

#include "app/jobs/wd-job-line.h"
#include "base/wd-error.h"

#define N_ROWS 10

struct _WdOtherJobs {
  GtkWidget parent_instance;

  char *id;                  /* (owned) (nullable): of the row that is left out */
  char *wallet;              /* (owned) (nullable) */
  GCancellable *request;     /* (owned) (nullable) */
  WdJobLine *lines[N_ROWS];

  GtkWidget *box;
  GtkActionable *more;
  GtkWidget *none;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WdOtherJobs, wd_other_jobs, GTK_TYPE_WIDGET)

static void
show_page (WdOtherJobs *self, WdPage *page)
{
  WdTime now = wd_time_now ();
  guint n = 0;

  for (guint i = 0; i < page->items->len && n < N_ROWS; i++)
    {
      WdJob *job = page->items->pdata[i];

      if (g_strcmp0 (job->id, self->id) != 0)
        wd_job_line_set_job (self->lines[n++], job, now);
    }
  for (guint i = 0; i < N_ROWS; i++)
    gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->lines[i])), i < n);
  gtk_widget_set_visible (self->none, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
jobs_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdOtherJobs) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPage) page = wd_backend_list_jobs_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  if (page != NULL)
    show_page (self, page);
}

static void
cancel (WdOtherJobs *self)
{
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

static void
row_activated_cb (WdOtherJobs *self, GtkListBoxRow *row)
{
  const WdJob *job = wd_job_line_get_job (WD_JOB_LINE (gtk_list_box_row_get_child (row)));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", job->id);
}

static void
wd_other_jobs_dispose (GObject *object)
{
  WdOtherJobs *self = WD_OTHER_JOBS (object);

  cancel (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_other_jobs_parent_class)->dispose (object);
}

static void
wd_other_jobs_finalize (GObject *object)
{
  WdOtherJobs *self = WD_OTHER_JOBS (object);

  g_free (self->id);
  g_free (self->wallet);
  G_OBJECT_CLASS (wd_other_jobs_parent_class)->finalize (object);
}

static void
wd_other_jobs_class_init (WdOtherJobsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_other_jobs_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_other_jobs_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-other-jobs.ui");
  gtk_widget_class_bind_template_child (widget_class, WdOtherJobs, box);
  gtk_widget_class_bind_template_child (widget_class, WdOtherJobs, more);
  gtk_widget_class_bind_template_child (widget_class, WdOtherJobs, none);
  gtk_widget_class_bind_template_child (widget_class, WdOtherJobs, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
wd_other_jobs_init (WdOtherJobs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_ROWS; i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *line = wd_job_line_new ();

      self->lines[i] = WD_JOB_LINE (line);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
      gtk_widget_set_visible (row, FALSE);
      gtk_list_box_append (self->list, row);
    }
}

/**
 * wd_other_jobs_load:
 * @self: a list
 * @backend: whom to ask
 * @job: whose wallet's jobs, except itself; a job without a wallet has no others
 *
 * Asks for them. What is shown stays until the answer, unless it is another wallet's.
 */
void
wd_other_jobs_load (WdOtherJobs *self, WdBackend *backend, const WdJob *job)
{
  g_autoptr (WdJobFilter) filter = NULL;
  g_autoptr (WdPageRequest) page = NULL;

  g_return_if_fail (WD_IS_OTHER_JOBS (self));

  if (g_strcmp0 (self->id, job->id) != 0)
    {
      cancel (self);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      g_free (self->id);
      self->id = g_strdup (job->id);
      g_free (self->wallet);
      self->wallet = g_strdup (job->wallet_address);
    }
  if (self->wallet == NULL || self->request != NULL)
    return;
  gtk_actionable_set_action_target (self->more, "s", self->wallet);
  gtk_actionable_set_action_name (self->more, "win.show-wallet");
  filter = wd_job_filter_new ();
  filter->wallet = g_strdup (self->wallet);
  page = wd_page_request_new ();
  page->limit = N_ROWS + 1;
  page->with_total = FALSE;
  self->request = g_cancellable_new ();
  wd_backend_list_jobs_async (backend, filter, page, self->request, jobs_cb, g_object_ref (self));
}

/**
 * wd_other_jobs_tell:
 * @self: a list
 * @now: the present
 *
 * Tells anew what changes with time alone.
 */
void
wd_other_jobs_tell (WdOtherJobs *self, WdTime now)
{
  g_return_if_fail (WD_IS_OTHER_JOBS (self));

  for (guint i = 0; i < N_ROWS; i++)
    wd_job_line_tell (self->lines[i], now);
}
