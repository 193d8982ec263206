/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs that ran last for the wallet of a job. Its rows are made once and change in place. */

#include "app/jobs/wd-other-jobs.h"

#include "app/jobs/wd-few-jobs.h"
#include "app/jobs/wd-job-line.h"

#define N_ROWS 10

struct _WdOtherJobs {
  GtkWidget parent_instance;

  char *id;                  /* (owned) (nullable): of the row that is left out */
  char *wallet;              /* (owned) (nullable) */
  WdFewJobs *jobs;           /* (owned) */
  WdJobLine *lines[N_ROWS];

  GtkWidget *box;
  GtkActionable *more;
  GtkWidget *none;
  GtkListBox *list;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdOtherJobs, wd_other_jobs, GTK_TYPE_WIDGET)

static void
read_cb (WdOtherJobs *self, GPtrArray *jobs)
{
  WdTime now = wd_time_now ();
  guint n = 0;

  for (guint i = 0; i < jobs->len && n < N_ROWS; i++)
    {
      WdJob *job = jobs->pdata[i];

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
row_activated_cb (WdOtherJobs *self, GtkListBoxRow *row)
{
  const WdJob *job = wd_job_line_get_job (WD_JOB_LINE (gtk_list_box_row_get_child (row)));
  g_autoptr (WdPagedList) list = wd_few_jobs_open_list (self->jobs);

  g_signal_emit (self, signals[SIGNAL_JOB_ACTIVATED], 0, job->id, list);
}

static void
wd_other_jobs_dispose (GObject *object)
{
  WdOtherJobs *self = WD_OTHER_JOBS (object);

  wd_few_jobs_cancel (self->jobs);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_other_jobs_parent_class)->dispose (object);
}

static void
wd_other_jobs_finalize (GObject *object)
{
  WdOtherJobs *self = WD_OTHER_JOBS (object);

  g_object_unref (self->jobs);
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

  /**
   * WdOtherJobs::job-activated:
   * @id: of its row
   * @list: the #WdPagedList it is in
   */
  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_OTHER_JOBS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, WD_TYPE_PAGED_LIST);

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
  /* One of them may be the one that is left out. */
  self->jobs = wd_few_jobs_new (N_ROWS + 1);
  g_signal_connect_object (self->jobs, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
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

  g_return_if_fail (WD_IS_OTHER_JOBS (self));

  if (g_strcmp0 (self->id, job->id) != 0)
    {
      wd_few_jobs_cancel (self->jobs);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      g_free (self->id);
      self->id = g_strdup (job->id);
      g_free (self->wallet);
      self->wallet = g_strdup (job->wallet_address);
    }
  if (self->wallet == NULL)
    return;
  gtk_actionable_set_action_target (self->more, "s", self->wallet);
  gtk_actionable_set_action_name (self->more, "win.show-wallet");
  filter = wd_job_filter_new ();
  filter->wallet = g_strdup (self->wallet);
  wd_few_jobs_read (self->jobs, backend, filter);
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
