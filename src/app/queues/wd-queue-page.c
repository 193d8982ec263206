/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One queue: how it is, and its jobs of one state, a page at a time. It reads itself again while it
 * is on screen, but spends no more than a part of the time on that. */

#include "app/queues/wd-queue-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-rest.h"
#include "app/common/wd-text.h"
#include "app/queues/wd-queue-findings.h"
#include "app/queues/wd-queue-jobs-view.h"
#include "app/queues/wd-queue-page-text.h"
#include "app/queues/wd-queue-states.h"
#include "app/queues/wd-queue-status.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

#define PAGE_SIZE    50
#define REST_FACTOR  10
/* Queues that the profile does not name tell nothing. */
#define STRANGERS_US (5 * G_USEC_PER_SEC)

struct _WdQueuePage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  char *queue;               /* (owned): its name */
  gint64 offset;             /* of the page wanted */
  WdQueueJobs *jobs;         /* (owned) (nullable): the page on screen */
  GError *error;             /* (owned) (nullable): of the last request */
  gboolean arriving;         /* another page is wanted than the one on screen */
  GCancellable *request;     /* (owned) (nullable) */
  gboolean again;            /* something has changed while it was read */
  WdRest rest;

  GtkWidget *box;
  GtkLabel *title;
  GtkWidget *stuck;
  GtkLabel *status;
  GtkLabel *age;
  WdQueueFindings *findings;
  GtkLabel *note;
  WdQueueStates *states;
  GtkStack *stack;
  AdwStatusPage *empty;
  AdwStatusPage *failure;
  WdQueueJobsView *table;
  GtkLabel *range;
  GtkWidget *previous;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (WdQueuePage, wd_queue_page, GTK_TYPE_WIDGET)

static void load (WdQueuePage *self);

/* @error: (nullable): where nothing else tells of it */
static void
update_note (WdQueuePage *self, const GError *error)
{
  g_autofree char *text = wd_queue_page_text_note (self->jobs, error);

  gtk_label_set_text (self->note, text);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *text != '\0');
}

static void
show_failure (WdQueuePage *self)
{
  g_autofree char *reason = wd_text_block (self->error->message);
  g_autofree char *markup = g_markup_escape_text (reason, -1);

  adw_status_page_set_description (self->failure, markup);
}

static const char *
choose_view (WdQueuePage *self)
{
  if (self->error != NULL && (self->jobs == NULL || self->arriving))
    return "error";
  if (self->jobs == NULL || self->arriving)
    return "waiting";
  return self->jobs->entries->len > 0 ? "jobs" : "empty";
}

static void
update_page (WdQueuePage *self)
{
  const char *view = choose_view (self);
  gboolean shows = g_str_equal (view, "jobs");
  const GError *error = g_str_equal (view, "error") ? NULL : self->error;
  g_autofree char *range = shows ? wd_queue_page_text_range (self->jobs) : g_strdup ("");

  if (self->error != NULL)
    show_failure (self);
  if (self->jobs != NULL)
    update_note (self, error);
  if (error != NULL)
    gtk_widget_add_css_class (self->box, "old");
  else
    gtk_widget_remove_css_class (self->box, "old");
  adw_status_page_set_title (
    self->empty, wd_queue_page_text_nothing (wd_queue_states_get_chosen (self->states)));
  gtk_label_set_text (self->range, range);
  gtk_widget_set_sensitive (self->previous, self->offset > 0);
  gtk_widget_set_sensitive (self->next, shows && self->offset + PAGE_SIZE < self->jobs->total);
  gtk_stack_set_visible_child_name (self->stack, view);
}

static void
show_jobs (WdQueuePage *self, WdQueueJobs *jobs)
{
  g_autofree char *age = wd_text_as_of (jobs->read_at);

  g_clear_pointer (&self->jobs, wd_queue_jobs_unref);
  self->jobs = wd_queue_jobs_ref (jobs);
  self->arriving = FALSE;
  gtk_label_set_text (self->age, age);
  wd_queue_status_show (self->status, jobs->counts);
  gtk_widget_set_visible (GTK_WIDGET (self->status), TRUE);
  wd_queue_states_set_counts (self->states, jobs->counts);
  wd_queue_jobs_view_show (self->table, jobs);
}

/* It got shorter than where we are: there is a last page. That may be empty, too, where signs of
 * old versions are counted that are no jobs. */
static gboolean
is_past_end (const WdQueueJobs *jobs)
{
  return jobs->total > 0 && jobs->request->offset >= jobs->total;
}

static void
jobs_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdQueuePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdQueueJobs) jobs = wd_backend_list_queue_jobs_finish (WD_BACKEND (source), result,
                                                                    &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  wd_rest_begin (&self->rest, REST_FACTOR, 0);
  if (jobs != NULL && is_past_end (jobs))
    {
      self->offset = (jobs->total - 1) / PAGE_SIZE * PAGE_SIZE;
      load (self);
      return;
    }
  if (jobs != NULL)
    show_jobs (self, jobs);
  update_page (self);
}

static void
load (WdQueuePage *self)
{
  g_autoptr (WdQueueJobsRequest) request = NULL;

  if (self->request != NULL)
    return;
  request = wd_queue_jobs_request_create (self->queue, wd_queue_states_get_chosen (self->states),
                                          self->offset, PAGE_SIZE);
  self->again = FALSE;
  self->request = g_cancellable_new ();
  wd_rest_ask (&self->rest);
  wd_backend_list_queue_jobs_async (wd_workspace_get_backend (self->workspace), request,
                                    self->request, jobs_cb, g_object_ref (self));
}

static void
cancel (WdQueuePage *self)
{
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

static void
go_to (WdQueuePage *self, gint64 offset)
{
  cancel (self);
  self->offset = MAX (offset, 0);
  self->arriving = TRUE;
  g_clear_error (&self->error);
  load (self);
}

static void
chosen_cb (WdQueuePage *self)
{
  go_to (self, 0);
  update_page (self);
}

static void
previous_cb (WdQueuePage *self)
{
  if (gtk_widget_is_sensitive (self->previous))
    go_to (self, self->offset - PAGE_SIZE);
}

static void
next_cb (WdQueuePage *self)
{
  if (gtk_widget_is_sensitive (self->next))
    go_to (self, self->offset + PAGE_SIZE);
}

static gboolean
step_binding_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  if (g_variant_get_int32 (args) < 0)
    previous_cb (WD_QUEUE_PAGE (widget));
  else
    next_cb (WD_QUEUE_PAGE (widget));
  return TRUE;
}

static gboolean
may_load (WdQueuePage *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self)) && self->request == NULL
         && (self->error != NULL || wd_rest_is_over (&self->rest));
}

static void
refresh_cb (WdQueuePage *self)
{
  if (may_load (self))
    load (self);
  else
    self->again = TRUE;
}

static gboolean
is_overdue (WdQueuePage *self)
{
  const WdProfile *profile = wd_workspace_get_profile (self->workspace);

  return wd_profile_get_job_type (profile, self->queue) == NULL
         && !wd_workspace_get_paused (self->workspace)
         && wd_rest_get_age (&self->rest) > STRANGERS_US;
}

static void
tick_cb (WdQueuePage *self)
{
  WdTime now = wd_time_now ();

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  wd_queue_jobs_view_tick (self->table, now);
  wd_queue_findings_tick (self->findings, now);
  if (may_load (self) && (self->again || is_overdue (self)))
    load (self);
}

static void
wd_queue_page_map (GtkWidget *widget)
{
  WdQueuePage *self = WD_QUEUE_PAGE (widget);

  GTK_WIDGET_CLASS (wd_queue_page_parent_class)->map (widget);
  wd_health_watch_hold (wd_workspace_get_health (self->workspace));
  load (self);
}

static void
wd_queue_page_unmap (GtkWidget *widget)
{
  WdQueuePage *self = WD_QUEUE_PAGE (widget);

  if (self->workspace != NULL)
    wd_health_watch_release (wd_workspace_get_health (self->workspace));
  GTK_WIDGET_CLASS (wd_queue_page_parent_class)->unmap (widget);
}

static void
wd_queue_page_dispose (GObject *object)
{
  WdQueuePage *self = WD_QUEUE_PAGE (object);

  cancel (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_queue_page_parent_class)->dispose (object);
}

static void
wd_queue_page_finalize (GObject *object)
{
  WdQueuePage *self = WD_QUEUE_PAGE (object);

  g_clear_pointer (&self->jobs, wd_queue_jobs_unref);
  g_clear_error (&self->error);
  g_free (self->queue);
  G_OBJECT_CLASS (wd_queue_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  g_type_ensure (WD_TYPE_QUEUE_FINDINGS);
  g_type_ensure (WD_TYPE_QUEUE_JOBS_VIEW);
  g_type_ensure (WD_TYPE_QUEUE_STATES);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/queues/wd-queue-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, box);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, title);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, stuck);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, status);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, age);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, findings);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, note);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, states);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, empty);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, failure);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, table);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, range);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, previous);
  gtk_widget_class_bind_template_child (widget_class, WdQueuePage, next);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
wd_queue_page_class_init (WdQueuePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_queue_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queue_page_finalize;
  widget_class->map = wd_queue_page_map;
  widget_class->unmap = wd_queue_page_unmap;
  bind_children (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, step_binding_cb,
                                "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, step_binding_cb,
                                "i", 1);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_queue_page_init (WdQueuePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_queue_page_new:
 * @workspace: where the queue is
 * @queue: its name
 * @state: of the jobs shown first, one of wd_queue_state_words()
 *
 * Returns: (transfer floating): a page that reads them once it is seen
 */
WdQueuePage *
wd_queue_page_new (WdWorkspace *workspace, const char *queue, const char *state)
{
  WdQueuePage *self = g_object_new (WD_TYPE_QUEUE_PAGE, NULL);
  g_autofree char *visible = wd_format_visible (queue, 128);

  self->queue = g_strdup (queue);
  g_signal_handlers_block_by_func (self->states, chosen_cb, self);
  wd_queue_states_choose (self->states, state);
  g_signal_handlers_unblock_by_func (self->states, chosen_cb, self);
  self->workspace = g_object_ref (workspace);
  gtk_label_set_text (self->title, visible);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, visible,
                                  -1);
  wd_queue_findings_set_up (self->findings, queue, wd_workspace_get_health (workspace),
                            self->stuck);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_queue_page_is_ready:
 * @self: a page
 *
 * Returns: whether it shows what was read, or why it cannot
 */
gboolean
wd_queue_page_is_ready (WdQueuePage *self)
{
  g_return_val_if_fail (WD_IS_QUEUE_PAGE (self), FALSE);

  return !self->arriving && (self->jobs != NULL || self->error != NULL);
}
