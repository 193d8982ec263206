/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All there is to know about one job; reads itself again while it is on screen, and may go on to
 * the next one of the list it was chosen in. */

#include "app/jobs/wd-job-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "app/jobs/wd-data-view.h"
#include "app/jobs/wd-flow-view.h"
#include "app/jobs/wd-job-fields.h"
#include "app/jobs/wd-job-header.h"
#include "app/jobs/wd-other-jobs.h"
#include "app/jobs/wd-queue-view.h"
#include "app/jobs/wd-timeline.h"
#include "base/wd-error.h"

struct _WdJobPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  char *id;                  /* (owned): of the job wanted */
  WdJobDetail *detail;       /* (owned) (nullable): of the job on screen */
  WdTime read_at;            /* when that was */
  gboolean arriving;         /* another job is wanted than the one on screen */
  GCancellable *request;     /* (owned) (nullable) */

  GtkWidget *box;
  WdJobHeader *header;
  GtkWidget *stack;
  AdwStatusPage *message;
  GtkScrolledWindow *scroller;
  GtkWidget *content;
  WdTimeline *timeline;
  GtkWidget *error_box;
  WdTextBlock *error;
  WdFieldList *fields;
  WdDataView *data;
  WdQueueView *queue;
  WdFlowView *flow;
  WdOtherJobs *others;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdJobPage, wd_job_page, GTK_TYPE_WIDGET)

static void
update_error (WdJobPage *self, const WdJob *job)
{
  g_autofree char *error = wd_text_block (job->error_message != NULL ? job->error_message : "");

  wd_text_block_set_text (self->error, error);
  gtk_widget_set_visible (self->error_box, *error != '\0');
}

/* Where the row has none, what the queue has is what the worker gets. */
static void
update_data (WdJobPage *self, const WdJobDetail *detail)
{
  const char *data = detail->job->data;

  if (data == NULL && detail->queue_job != NULL)
    data = detail->queue_job->data;
  wd_data_view_set_json (self->data, data);
  gtk_widget_set_visible (GTK_WIDGET (self->data), data != NULL);
}

static void
update_ages (WdJobPage *self)
{
  WdTime now = wd_time_now ();

  if (self->detail == NULL)
    return;
  wd_timeline_update (self->timeline, self->detail->job, now);
  wd_queue_view_tell (self->queue, self->detail, now);
  wd_other_jobs_tell (self->others, now);
}

static void
tick_cb (WdJobPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_ages (self);
}

/* State to widgets, all of it. */
static void
update_page (WdJobPage *self)
{
  const WdProfile *profile = wd_workspace_get_profile (self->workspace);
  const WdJob *job = self->detail->job;

  wd_job_header_show_job (self->header, job, self->read_at);
  wd_job_fields_update (self->fields, job);
  update_error (self, job);
  update_data (self, self->detail);
  wd_queue_view_update (self->queue, self->detail, profile->redis_url != NULL, self->read_at);
  update_ages (self);
  gtk_widget_remove_css_class (self->box, "old");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "job");
}

static void
show_message (WdJobPage *self, const char *icon_name, const char *title, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (self->message, icon_name);
  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "message");
  wd_job_header_show_none (self->header, self->id);
}

/* Rows of the log may be deleted at any time, also of a job that somebody looks at. */
static void
show_gone (WdJobPage *self, const GError *error)
{
  g_autofree char *clock = NULL;
  g_autofree char *text = NULL;

  if (self->detail == NULL || self->arriving)
    {
      show_message (self, "edit-find-symbolic", _("There Is No Such Job"), error->message);
      return;
    }
  clock = wd_text_clock (self->read_at);
  text = g_strdup_printf (_("It was read last at %s. Since then its row was deleted from the "
                            "database."), clock);
  show_message (self, "edit-delete-symbolic", _("This Job Is Gone"), text);
}

/* What was read before stays, marked as old; the window's banner says why. */
static void
show_error (WdJobPage *self, const GError *error)
{
  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND))
    show_gone (self, error);
  else if (self->detail != NULL && !self->arriving)
    gtk_widget_add_css_class (self->box, "old");
  else
    show_message (self, "dialog-error-symbolic", _("The Job Could Not Be Read"), error->message);
}

static void
show_detail (WdJobPage *self, WdJobDetail *detail)
{
  gboolean is_other = self->arriving || self->detail == NULL;

  g_clear_pointer (&self->detail, wd_job_detail_unref);
  self->detail = wd_job_detail_ref (detail);
  self->read_at = wd_time_now ();
  self->arriving = FALSE;
  wd_job_header_set_job (self->header, detail->job->id);
  wd_flow_view_load (self->flow, wd_workspace_get_backend (self->workspace), detail->queue_job);
  wd_other_jobs_load (self->others, wd_workspace_get_backend (self->workspace), detail->job);
  update_page (self);
  if (is_other)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
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
  if (detail != NULL)
    show_detail (self, detail);
  else
    show_error (self, error);
}

static void
load (WdJobPage *self)
{
  if (self->request != NULL)
    return;
  self->request = g_cancellable_new ();
  wd_backend_load_job_async (wd_workspace_get_backend (self->workspace), self->id, self->request,
                             detail_cb, g_object_ref (self));
}

static void
refresh_cb (WdJobPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

static void
cancel (WdJobPage *self)
{
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

/* The job on screen stays until the other one has come. */
static void
step_cb (WdJobPage *self, const char *id)
{
  cancel (self);
  g_free (self->id);
  self->id = g_strdup (id);
  self->arriving = TRUE;
  wd_job_header_set_job (self->header, id);
  load (self);
}

static void
job_activated_cb (WdJobPage *self, const char *id, WdPagedList *list)
{
  g_signal_emit (self, signals[SIGNAL_JOB_ACTIVATED], 0, id, list);
}

static gboolean
step_binding_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  wd_job_header_step (WD_JOB_PAGE (widget)->header, g_variant_get_int32 (args));
  return TRUE;
}

static void
wd_job_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_job_page_parent_class)->map (widget);
  update_ages (WD_JOB_PAGE (widget));
  load (WD_JOB_PAGE (widget));
}

/* What nobody looks at is no trouble. */
static void
wd_job_page_unmap (GtkWidget *widget)
{
  WdJobPage *self = WD_JOB_PAGE (widget);

  if (self->workspace != NULL)
    wd_workspace_report (self->workspace, WD_FEED_JOB, NULL);
  GTK_WIDGET_CLASS (wd_job_page_parent_class)->unmap (widget);
}

static void
wd_job_page_dispose (GObject *object)
{
  WdJobPage *self = WD_JOB_PAGE (object);

  cancel (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->workspace);
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
bind_children (GtkWidgetClass *widget_class)
{
  g_type_ensure (WD_TYPE_DATA_VIEW);
  g_type_ensure (WD_TYPE_FIELD_LIST);
  g_type_ensure (WD_TYPE_FLOW_VIEW);
  g_type_ensure (WD_TYPE_JOB_HEADER);
  g_type_ensure (WD_TYPE_OTHER_JOBS);
  g_type_ensure (WD_TYPE_QUEUE_VIEW);
  g_type_ensure (WD_TYPE_TEXT_BLOCK);
  g_type_ensure (WD_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-job-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, box);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, header);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, message);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, content);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, error_box);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, error);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, fields);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, data);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, queue);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, flow);
  gtk_widget_class_bind_template_child (widget_class, WdJobPage, others);
  gtk_widget_class_bind_template_callback (widget_class, step_cb);
  gtk_widget_class_bind_template_callback (widget_class, job_activated_cb);
}

static void
wd_job_page_class_init (WdJobPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct {
    guint key;
    GdkModifierType modifiers;
    int direction;
  } keys[] = {
    { GDK_KEY_Up, GDK_ALT_MASK, -1 },
    { GDK_KEY_Down, GDK_ALT_MASK, 1 },
    { GDK_KEY_Page_Up, GDK_CONTROL_MASK, -1 },
    { GDK_KEY_Page_Down, GDK_CONTROL_MASK, 1 },
  };

  object_class->dispose = wd_job_page_dispose;
  object_class->finalize = wd_job_page_finalize;
  widget_class->map = wd_job_page_map;
  widget_class->unmap = wd_job_page_unmap;

  /**
   * WdJobPage::job-activated:
   * @id: of its row
   * @list: the #WdPagedList it is in
   */
  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_JOB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, WD_TYPE_PAGED_LIST);

  bind_children (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, step_binding_cb,
                                  "i", keys[i].direction);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_job_page_init (WdJobPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Job"),
                                  -1);
  wd_text_block_set_name (self->error, _("Error"));
}

/**
 * wd_job_page_new:
 * @workspace: where the job is
 * @id: the row's UUID or its `job_id`
 * @list: (nullable): where it was chosen, whose jobs before and after it can be gone to
 *
 * Returns: (transfer floating): a page that reads the job
 */
WdJobPage *
wd_job_page_new (WdWorkspace *workspace, const char *id, WdPagedList *list)
{
  WdJobPage *self = g_object_new (WD_TYPE_JOB_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->id = g_strdup (id);
  wd_job_header_set_list (self->header, list);
  wd_job_header_set_job (self->header, id);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  load (self);
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

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "loading") != 0;
}
