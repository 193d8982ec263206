/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All there is to know about one job; reads itself again while it is on screen. */

#include "app/jobs/wd-job-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-field-list.h"
#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "app/jobs/wd-queue-view.h"
#include "app/jobs/wd-timeline.h"
#include "base/wd-error.h"
#include "base/wd-format.h"
#include "base/wd-json-pretty.h"
#include "model/wd-job-type.h"

struct _WdJobPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) */
  char *id;                  /* (owned) */
  WdJobDetail *detail;       /* (owned) (nullable) */
  GCancellable *request;     /* (owned) (nullable) */

  GtkWidget *stack;
  AdwStatusPage *message;
  GtkWidget *content;
  GtkLabel *title;
  GtkWidget *status;
  GtkLabel *age;
  WdTimeline *timeline;
  GtkWidget *error_title;
  WdTextBlock *error;
  WdFieldList *fields;
  GtkWidget *data_title;
  WdTextBlock *data;
  WdQueueView *queue;
};

G_DEFINE_FINAL_TYPE (WdJobPage, wd_job_page, GTK_TYPE_WIDGET)

static void
set_field (WdJobPage *self, const char *caption, const char *value, WdFieldFlags flags)
{
  g_autofree char *visible = value != NULL ? wd_format_visible (value, 2048) : NULL;

  wd_field_list_set (self->fields, caption, visible, flags);
}

static void
set_count (WdJobPage *self, const char *caption, gint64 count)
{
  g_autofree char *text = count != WD_INT_NONE ? g_strdup_printf ("%" G_GINT64_FORMAT, count)
                                               : NULL;

  wd_field_list_set (self->fields, caption, text, WD_FIELD_PLAIN);
}

static void
set_time (WdJobPage *self, const char *caption, WdTime time)
{
  g_autofree char *text = time != WD_TIME_NONE ? wd_text_time (time) : NULL;

  wd_field_list_set (self->fields, caption, text, WD_FIELD_PLAIN);
}

static void
update_fields (WdJobPage *self, const WdJob *job)
{
  set_field (self, _("Wallet"), job->wallet_address, WD_FIELD_IDENTITY);
  set_field (self, _("User"), job->user_id, WD_FIELD_IDENTITY);
  set_field (self, _("Job id"), job->job_id, WD_FIELD_IDENTITY);
  set_field (self, _("Row id"), job->id, WD_FIELD_IDENTITY);
  set_field (self, _("Type"), job->job_type, WD_FIELD_PLAIN);
  set_field (self, _("Status"), job->status, WD_FIELD_PLAIN);
  set_field (self, _("Triggered by"),
             job->triggered_by != NULL ? wd_trigger_label (job->triggered_by) : NULL,
             WD_FIELD_PLAIN);
  set_count (self, _("Retries made"), job->retry_count);
  set_count (self, _("Retries allowed"), job->max_retries);
  set_time (self, _("Last changed"), job->updated_at);
}

static void
update_blocks (WdJobPage *self, const WdJob *job)
{
  g_autofree char *error = wd_text_block (job->error_message != NULL ? job->error_message : "");
  g_autofree char *pretty = job->data != NULL ? wd_json_pretty (job->data) : NULL;
  g_autofree char *data = wd_text_block (pretty != NULL ? pretty : "");

  wd_text_block_set_text (self->error, error);
  gtk_widget_set_visible (self->error_title, *error != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->error), *error != '\0');
  wd_text_block_set_text (self->data, data);
  gtk_widget_set_visible (self->data_title, *data != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->data), *data != '\0');
}

static void
update_ages (WdJobPage *self)
{
  WdTime now = wd_time_now ();

  if (self->detail == NULL)
    return;
  wd_timeline_update (self->timeline, self->detail->job, now);
  wd_queue_view_update (self->queue, self->detail, now);
}

static void
update_page (WdJobPage *self)
{
  const WdJob *job = self->detail->job;
  g_autofree char *title = wd_format_visible (wd_job_type_label (job->job_type), 64);
  g_autofree char *status = wd_format_visible (wd_job_status_label (job->status), 64);
  g_autofree char *clock = wd_text_clock (wd_time_now ());
  g_autofree char *age = g_strdup_printf (_("as of %s"), clock);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (GTK_LABEL (self->status), status);
  wd_tone_set (self->status, wd_tone_of_job_status (job->status));
  gtk_label_set_text (self->age, age);
  update_fields (self, job);
  update_blocks (self, job);
  update_ages (self);
  gtk_widget_remove_css_class (self->content, "old");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "job");
}

/* What was read before stays, marked as old; the window's banner says why. */
static void
show_error (WdJobPage *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (self->detail != NULL && !g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND))
    {
      gtk_widget_add_css_class (self->content, "old");
      return;
    }
  text = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->message, text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "message");
}

static void
detail_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdJobPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdJobDetail) detail = wd_backend_load_job_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  wd_workspace_report (self->workspace, WD_FEED_JOB, error);
  if (detail == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->detail, wd_job_detail_unref);
  self->detail = g_steal_pointer (&detail);
  update_page (self);
}

static void
refresh_cb (WdJobPage *self)
{
  if (self->request != NULL)
    return;
  self->request = g_cancellable_new ();
  wd_backend_load_job_async (wd_workspace_get_backend (self->workspace), self->id, self->request,
                             detail_cb, g_object_ref (self));
}

static void
wd_job_page_dispose (GObject *object)
{
  WdJobPage *self = WD_JOB_PAGE (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  if (self->workspace != NULL)
    wd_workspace_report (self->workspace, WD_FEED_JOB, NULL);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_job_page_parent_class)->dispose (object);
}

static void
wd_job_page_finalize (GObject *object)
{
  WdJobPage *self = WD_JOB_PAGE (object);

  g_clear_pointer (&self->detail, wd_job_detail_unref);
  g_free (self->id);
  G_OBJECT_CLASS (wd_job_page_parent_class)->finalize (object);
}

static void
wd_job_page_class_init (WdJobPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_job_page_dispose;
  object_class->finalize = wd_job_page_finalize;

  g_type_ensure (WD_TYPE_FIELD_LIST);
  g_type_ensure (WD_TYPE_TEXT_BLOCK);
  g_type_ensure (WD_TYPE_TIMELINE);
  g_type_ensure (WD_TYPE_QUEUE_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-job-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, message);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, content);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, title);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, status);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, age);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, error_title);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, error);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, fields);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, data_title);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, data);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, queue);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_job_page_init (WdJobPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Job"),
                                  -1);
  wd_text_block_set_name (self->error, _("Error"));
  wd_text_block_set_name (self->data, _("Data"));
}

/**
 * wd_job_page_new:
 * @workspace: where the job is
 * @id: the row's UUID or its `job_id`
 *
 * Returns: (transfer floating): a page that reads the job
 */
WdJobPage *
wd_job_page_new (WdWorkspace *workspace, const char *id)
{
  WdJobPage *self = g_object_new (WD_TYPE_JOB_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->id = g_strdup (id);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (update_ages), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  refresh_cb (self);
  return self;
}

/**
 * wd_job_page_is_ready:
 * @self: a page
 *
 * Returns: whether the job is on screen
 */
gboolean
wd_job_page_is_ready (WdJobPage *self)
{
  g_return_val_if_fail (WD_IS_JOB_PAGE (self), FALSE);

  return self->detail != NULL;
}
