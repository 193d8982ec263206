/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job as its queue holds it, which need not have a row; reads itself again while it is on
 * screen. */

#include "app/queues/wd-queue-job-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "app/jobs/wd-data-view.h"
#include "app/jobs/wd-flow-view.h"
#include "app/jobs/wd-queue-view.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdQueueJobPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  char *queue;               /* (owned) */
  char *id;                  /* (owned): of the job there */
  WdJobDetail *detail;       /* (owned) (nullable): as read last */
  GCancellable *request;     /* (owned) (nullable) */

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *status;
  GtkLabel *age;
  GtkWidget *open_row;
  GtkStack *stack;
  AdwStatusPage *message;
  GtkLabel *note;
  WdDataView *data;
  GtkWidget *returned_box;
  WdTextBlock *returned;
  WdQueueView *view;
  WdFlowView *flow;
};

G_DEFINE_FINAL_TYPE (WdQueueJobPage, wd_queue_job_page, GTK_TYPE_WIDGET)

/* Returns: (transfer full): whether it has a row, and what of it is not shown */
static char *
describe (const WdJobDetail *detail)
{
  const WdQueueJob *job = detail->queue_job;
  GString *text = g_string_new (NULL);

  if (detail->row_error != NULL)
    g_string_append (text, detail->row_error);
  else if (detail->job == NULL)
    g_string_append (text, _("No row in job_logs is about this job: it is known to its queue "
                             "alone."));
  if (!job->has_record)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            _("Its id stands in the queue, but its record is gone."));
  if (job->data != NULL && (gint64) strlen (job->data) < job->data_size)
    {
      g_autofree char *size = g_format_size ((guint64) job->data_size);

      g_string_append_printf (text, "%s", text->len > 0 ? "\n" : "");
      g_string_append_printf (text, _("Its data is cut: it has %s."), size);
    }
  return g_string_free (text, FALSE);
}

static void
update_row (WdQueueJobPage *self)
{
  const WdJob *row = self->detail->job;
  g_autofree char *note = describe (self->detail);
  g_autofree char *text = wd_text_block (note);

  gtk_label_set_text (self->note, text);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *text != '\0');
  gtk_widget_set_visible (self->open_row, row != NULL);
  if (row == NULL)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_row), "s", row->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open_row), "win.show-job");
}

static void
update_returned (WdQueueJobPage *self)
{
  const char *value = self->detail->queue_job->return_value;
  g_autofree char *text = wd_text_block (value != NULL ? value : "");

  wd_text_block_set_text (self->returned, text);
  gtk_widget_set_visible (self->returned_box, *text != '\0' && strcmp (text, "null") != 0);
}

/* State to widgets, all of it. */
static void
update_page (WdQueueJobPage *self, WdTime now)
{
  const WdQueueJob *job = self->detail->queue_job;
  g_autofree char *title = wd_format_visible (job->name != NULL ? job->name : job->id, 64);
  g_autofree char *age = wd_text_as_of (now);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->status, wd_queue_state_label (job->state));
  wd_tone_set (GTK_WIDGET (self->status), wd_tone_of_queue_state (job->state));
  gtk_widget_set_visible (GTK_WIDGET (self->status), TRUE);
  gtk_label_set_text (self->age, age);
  update_row (self);
  wd_data_view_set_json (self->data, job->data);
  gtk_widget_set_visible (GTK_WIDGET (self->data), job->data != NULL);
  update_returned (self);
  wd_queue_view_update (self->view, self->detail, TRUE, now);
  wd_flow_view_load (self->flow, wd_workspace_get_backend (self->workspace), job);
  gtk_widget_remove_css_class (self->box, "old");
  gtk_stack_set_visible_child_name (self->stack, "job");
}

static void
show_message (WdQueueJobPage *self, const char *icon_name, const char *title, const char *text)
{
  g_autofree char *visible = wd_text_block (text);
  g_autofree char *escaped = g_markup_escape_text (visible, -1);

  adw_status_page_set_icon_name (self->message, icon_name);
  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->status), FALSE);
  gtk_widget_set_visible (self->open_row, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

/* What was read before stays, marked as old, unless the job is gone. */
static void
show_error (WdQueueJobPage *self, const GError *error)
{
  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND))
    show_message (self, "edit-find-symbolic",
                  self->detail == NULL ? _("There Is No Such Job") : _("This Job Is Gone"),
                  error->message);
  else if (self->detail == NULL)
    show_message (self, "dialog-error-symbolic", _("The Job Could Not Be Read"), error->message);
  else
    gtk_widget_add_css_class (self->box, "old");
}

static void
detail_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdQueueJobPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdJobDetail) detail = wd_backend_load_queue_job_finish (WD_BACKEND (source), result,
                                                                     &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  if (detail == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->detail, wd_job_detail_unref);
  self->detail = g_steal_pointer (&detail);
  update_page (self, wd_time_now ());
}

static void
load (WdQueueJobPage *self)
{
  if (self->request != NULL)
    return;
  self->request = g_cancellable_new ();
  wd_backend_load_queue_job_async (wd_workspace_get_backend (self->workspace), self->queue,
                                   self->id, self->request, detail_cb, g_object_ref (self));
}

static void
refresh_cb (WdQueueJobPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

static void
tick_cb (WdQueueJobPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->detail != NULL)
    wd_queue_view_tell (self->view, self->detail, wd_time_now ());
}

static void
wd_queue_job_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_queue_job_page_parent_class)->map (widget);
  load (WD_QUEUE_JOB_PAGE (widget));
}

static void
wd_queue_job_page_dispose (GObject *object)
{
  WdQueueJobPage *self = WD_QUEUE_JOB_PAGE (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_queue_job_page_parent_class)->dispose (object);
}

static void
wd_queue_job_page_finalize (GObject *object)
{
  WdQueueJobPage *self = WD_QUEUE_JOB_PAGE (object);

  g_clear_pointer (&self->detail, wd_job_detail_unref);
  g_free (self->queue);
  g_free (self->id);
  G_OBJECT_CLASS (wd_queue_job_page_parent_class)->finalize (object);
}

static void
wd_queue_job_page_class_init (WdQueueJobPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_queue_job_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queue_job_page_finalize;
  widget_class->map = wd_queue_job_page_map;

  g_type_ensure (WD_TYPE_DATA_VIEW);
  g_type_ensure (WD_TYPE_FLOW_VIEW);
  g_type_ensure (WD_TYPE_QUEUE_VIEW);
  g_type_ensure (WD_TYPE_TEXT_BLOCK);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/queues/wd-queue-job-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, box);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, title);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, status);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, age);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, open_row);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, message);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, note);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, data);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, returned_box);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, returned);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, view);
  gtk_widget_class_bind_template_child (widget_class, WdQueueJobPage, flow);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_queue_job_page_init (WdQueueJobPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Job of a Queue"), -1);
  wd_text_block_set_name (self->returned, _("Returned"));
}

/**
 * wd_queue_job_page_new:
 * @workspace: where the queue is
 * @queue: its name
 * @id: of a job there
 *
 * Returns: (transfer floating): a page that reads the job once it is seen
 */
WdQueueJobPage *
wd_queue_job_page_new (WdWorkspace *workspace, const char *queue, const char *id)
{
  WdQueueJobPage *self = g_object_new (WD_TYPE_QUEUE_JOB_PAGE, NULL);
  g_autofree char *visible = wd_format_visible (id, 64);

  self->workspace = g_object_ref (workspace);
  self->queue = g_strdup (queue);
  self->id = g_strdup (id);
  gtk_label_set_text (self->title, visible);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_queue_job_page_is_ready:
 * @self: a page
 *
 * Returns: whether the job is on screen, or why it cannot be
 */
gboolean
wd_queue_job_page_is_ready (WdQueueJobPage *self)
{
  g_return_val_if_fail (WD_IS_QUEUE_JOB_PAGE (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "loading") != 0;
}
