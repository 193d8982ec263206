/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The few jobs that failed last. Its rows are made once and change in place. Its errors are not
 * reported: the statistics, read at the same time, have the same ones. */

#include "app/overview/wd-latest-failures.h"

#include "app/overview/wd-failure-row.h"
#include "base/wd-error.h"

#define N_ROWS 4

struct _WdLatestFailures {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  GCancellable *request;     /* (owned) (nullable) */
  WdFailureRow *rows[N_ROWS];

  GtkWidget *box;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WdLatestFailures, wd_latest_failures, GTK_TYPE_WIDGET)

static void
show_page (WdLatestFailures *self, WdPage *page)
{
  for (guint i = 0; i < N_ROWS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), i < page->items->len);
      if (i < page->items->len)
        wd_failure_row_set_job (self->rows[i], page->items->pdata[i]);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), page->items->len > 0);
}

static void
jobs_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdLatestFailures) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPage) page = wd_backend_list_jobs_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  if (page != NULL)
    show_page (self, page);
}

static void
refresh_cb (WdLatestFailures *self)
{
  static const char *const failed[] = { "failed", NULL };
  g_autoptr (WdJobFilter) filter = NULL;
  g_autoptr (WdPageRequest) page = NULL;

  if (self->request != NULL
      || !gtk_widget_get_mapped (gtk_widget_get_parent (GTK_WIDGET (self))))
    return;
  filter = wd_job_filter_new ();
  filter->statuses = g_strdupv ((char **) failed);
  page = wd_page_request_new ();
  page->limit = N_ROWS;
  page->with_total = FALSE;
  self->request = g_cancellable_new ();
  wd_backend_list_jobs_async (wd_workspace_get_backend (self->workspace), filter, page,
                              self->request, jobs_cb, g_object_ref (self));
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
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s",
                              wd_failure_row_get_job (WD_FAILURE_ROW (row))->id);
}

static void
wd_latest_failures_dispose (GObject *object)
{
  WdLatestFailures *self = WD_LATEST_FAILURES (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_latest_failures_parent_class)->dispose (object);
}

static void
wd_latest_failures_class_init (WdLatestFailuresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_latest_failures_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/overview/wd-latest-failures.ui");
  gtk_widget_class_bind_template_child (widget_class, WdLatestFailures, box);
  gtk_widget_class_bind_template_child (widget_class, WdLatestFailures, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
wd_latest_failures_init (WdLatestFailures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  /* Behind the statistics, which everything waits for. */
  g_signal_connect_object (workspace, "stats-changed", G_CALLBACK (refresh_cb), self,
                           G_CONNECT_SWAPPED);
}
