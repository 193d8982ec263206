/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The few jobs that failed last. Its rows are made once and change in place. */

#include "app/overview/wd-latest-failures.h"

#include "app/common/wd-lack.h"
#include "app/jobs/wd-few-jobs.h"
#include "app/overview/wd-failure-row.h"

#define N_ROWS 4

struct _WdLatestFailures {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  WdFewJobs *jobs;           /* (owned) */
  WdFailureRow *rows[N_ROWS];

  GtkWidget *box;
  GtkListBox *list;
  GtkWidget *by_error;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdLatestFailures, wd_latest_failures, GTK_TYPE_WIDGET)

static void
read_cb (WdLatestFailures *self, GPtrArray *jobs)
{
  for (guint i = 0; i < N_ROWS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), i < jobs->len);
      if (i < jobs->len)
        wd_failure_row_set_job (self->rows[i], jobs->pdata[i]);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), jobs->len > 0);
}

static void
refresh_cb (WdLatestFailures *self)
{
  static const char *const failed[] = { "failed", NULL };
  g_autoptr (WdJobFilter) filter = NULL;

  if (!gtk_widget_get_mapped (gtk_widget_get_parent (GTK_WIDGET (self))))
    return;
  filter = wd_job_filter_new ();
  filter->statuses = g_strdupv ((char **) failed);
  wd_few_jobs_read (self->jobs, wd_workspace_get_backend (self->workspace), filter);
}

static void
tick_cb (WdLatestFailures *self)
{
  WdTime now = wd_time_now ();

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < N_ROWS; i++)
    wd_failure_row_tick (self->rows[i], now);
}

static void
row_activated_cb (WdLatestFailures *self, GtkListBoxRow *row)
{
  g_autoptr (WdPagedList) list = wd_few_jobs_open_list (self->jobs);

  g_signal_emit (self, signals[SIGNAL_JOB_ACTIVATED], 0,
                 wd_failure_row_get_job (WD_FAILURE_ROW (row))->id, list);
}

static void
wd_latest_failures_dispose (GObject *object)
{
  WdLatestFailures *self = WD_LATEST_FAILURES (object);

  wd_few_jobs_cancel (self->jobs);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_latest_failures_parent_class)->dispose (object);
}

static void
wd_latest_failures_finalize (GObject *object)
{
  g_object_unref (WD_LATEST_FAILURES (object)->jobs);
  G_OBJECT_CLASS (wd_latest_failures_parent_class)->finalize (object);
}

static void
wd_latest_failures_class_init (WdLatestFailuresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_latest_failures_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_latest_failures_finalize;

  /**
   * WdLatestFailures::job-activated:
   * @id: of its row
   * @list: the #WdPagedList it is in
   */
  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_LATEST_FAILURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, WD_TYPE_PAGED_LIST);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/overview/wd-latest-failures.ui");
  gtk_widget_class_bind_template_child (widget_class, WdLatestFailures, box);
  gtk_widget_class_bind_template_child (widget_class, WdLatestFailures, list);
  gtk_widget_class_bind_template_child (widget_class, WdLatestFailures, by_error);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
wd_latest_failures_init (WdLatestFailures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->jobs = wd_few_jobs_new (N_ROWS);
  g_signal_connect_object (self->jobs, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < N_ROWS; i++)
    {
      GtkWidget *row = wd_failure_row_new ();

      self->rows[i] = WD_FAILURE_ROW (row);
      gtk_widget_set_visible (row, FALSE);
      gtk_list_box_append (self->list, row);
    }
}

/**
 * wd_latest_failures_set_workspace:
 * @self: a list without one
 * @workspace: whose failures
 *
 * Stays hidden until there is one.
 */
void
wd_latest_failures_set_workspace (WdLatestFailures *self, WdWorkspace *workspace)
{
  g_return_if_fail (WD_IS_LATEST_FAILURES (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  wd_lack_follow (self->by_error, workspace, WD_ABILITY_ERRORS);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  /* Behind the statistics, which everything waits for. */
  g_signal_connect_object (workspace, "stats-changed", G_CALLBACK (refresh_cb), self,
                           G_CONNECT_SWAPPED);
}
