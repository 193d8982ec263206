/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is about to be done with the jobs of a queue: each is listed before, their number confirms,
 * and what came of it is told. Jobs that come after the listing are not touched. */

#include "app/queues/wd-queue-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-banner.h"
#include "app/common/wd-confirm.h"
#include "app/common/wd-text.h"
#include "app/queues/wd-queue-lines.h"
#include "app/queues/wd-queue-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdQueueDialog {
  AdwWindow parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable): %NULL once closed */
  WdQueueOrder *order;       /* (owned) */
  WdQueuePlan *plan;         /* (owned) (nullable): what is listed */
  WdTime listed_at;
  GError *error;             /* (owned) (nullable): why nothing is, or what went wrong */
  GCancellable *listing;     /* (owned) (nullable): while the jobs are looked up */
  GCancellable *question;    /* (owned) (nullable): while a question is on screen */
  GCancellable *running;     /* (owned) (nullable): while it is done */
  WdOutboxReport *report;    /* (owned) (nullable): once it is */
  GSimpleActionGroup *actions;   /* (owned) */

  AdwWindowTitle *title;
  GtkButton *cancel;
  GtkButton *go;
  WdBanner *banner;
  GtkWidget *options;
  AdwComboRow *which;
  AdwComboRow *age;
  GtkWidget *delayed_row;
  GtkSwitch *delayed;
  GtkSpinner *spinner;
  GtkLabel *summary;
  GtkLabel *meaning;
  GtkLabel *listed;
  GtkProgressBar *progress;
  WdQueueLines *lines;
};

G_DEFINE_FINAL_TYPE (WdQueueDialog, wd_queue_dialog, ADW_TYPE_WINDOW)

/* Beside the choices of how long ago. */
static const gint64 ages[] = { 3600, 24 * 3600, 7 * 24 * 3600, 30 * 24 * 3600, 0 };

static void
enable (WdQueueDialog *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* What is left, or else what is listed. */
static void
update_lines (WdQueueDialog *self)
{
  if (self->report != NULL)
    wd_queue_lines_show_left (self->lines, self->report);
  else
    wd_queue_lines_show_plan (self->lines, self->plan);
}

static char *
describe (WdQueueDialog *self)
{
  if (self->report != NULL)
    return wd_queue_text_report (self->order->action, self->report);
  if (self->listing != NULL)
    return g_strdup (_("Looking up the jobs…"));
  return self->plan != NULL ? wd_queue_text_summary (self->plan)
                            : g_strdup (_("No job was looked up, and nothing is done."));
}

static void
update_banner (WdQueueDialog *self)
{
  g_autofree char *details = self->error != NULL ? wd_format_visible (self->error->message, 1024)
                                                 : NULL;

  if (details == NULL)
    wd_banner_hide (self->banner);
  else
    wd_banner_show (self->banner,
                    self->plan != NULL ? _("Nothing was done.")
                                       : _("The jobs cannot be looked up now."), details, TRUE);
}

static void
update_go (WdQueueDialog *self)
{
  guint n = self->plan != NULL ? self->plan->items->len : 0;
  g_autofree char *go = wd_queue_text_go (self->order->action, n);

  gtk_button_set_label (self->go, go);
  gtk_widget_set_visible (GTK_WIDGET (self->go), self->report == NULL);
  enable (self, "go", n > 0 && self->listing == NULL && self->question == NULL
                        && self->running == NULL);
  enable (self, "list", self->listing == NULL && self->running == NULL);
  gtk_button_set_label (self->cancel, self->report != NULL    ? _("_Close")
                                      : self->running != NULL ? _("_Stop") : _("_Cancel"));
}

/* State to widgets. */
static void
update (WdQueueDialog *self)
{
  gboolean busy = self->listing != NULL || self->running != NULL;
  g_autofree char *summary = describe (self);
  g_autofree char *clock = wd_text_clock (self->listed_at);
  g_autofree char *listed = g_strdup_printf (_("As of %s. Jobs that come later are not touched; "
                                               "those that are elsewhere by then are left."),
                                             clock);

  gtk_label_set_text (self->summary, summary);
  gtk_label_set_text (self->listed, listed);
  gtk_label_set_text (self->meaning,
                      wd_queue_text_meaning (self->order->action,
                                             self->plan != NULL ? self->plan->items->len : 2));
  gtk_widget_set_visible (GTK_WIDGET (self->listed),
                          self->plan != NULL && self->plan->items->len > 0
                            && self->report == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->meaning), self->report == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), self->running != NULL);
  gtk_widget_set_visible (self->options,
                          self->report == NULL && self->order->action != WD_QUEUE_PROMOTE);
  gtk_widget_set_sensitive (self->options, self->running == NULL);
  update_go (self);
  update_banner (self);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdQueueDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdQueuePlan) plan = wd_backend_plan_queue_finish (WD_BACKEND (source), result,
                                                               &error);

  if (self->listing == NULL || self->listing != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->listing);
  self->plan = g_steal_pointer (&plan);
  self->error = g_steal_pointer (&error);
  self->listed_at = wd_time_now ();
  update_lines (self);
  update (self);
}

static void
stop (GCancellable **request)
{
  if (*request != NULL)
    g_cancellable_cancel (*request);
  g_clear_object (request);
}

static void
look_up (WdQueueDialog *self)
{
  stop (&self->listing);
  g_clear_error (&self->error);
  g_clear_pointer (&self->plan, wd_queue_plan_unref);
  self->listing = g_cancellable_new ();
  wd_backend_plan_queue_async (wd_workspace_get_backend (self->workspace), self->order,
                               self->listing, listed_cb, g_object_ref (self));
  update_lines (self);
  update (self);
}

static void
list_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  look_up (data);
}

static void
changed_cb (WdQueueDialog *self)
{
  guint age = adw_combo_row_get_selected (self->age);

  if (self->workspace == NULL || self->running != NULL || self->report != NULL)
    return;
  self->order->failed = adw_combo_row_get_selected (self->which) == 1;
  self->order->older_than = age < G_N_ELEMENTS (ages) ? ages[age] * G_USEC_PER_SEC : 0;
  self->order->with_delayed = gtk_switch_get_active (self->delayed);
  look_up (self);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdQueueDialog) self = data;

  g_clear_object (&self->running);
  self->report = wd_backend_run_queue_finish (WD_BACKEND (source), result, &self->error);
  if (self->workspace == NULL)
    return;
  wd_workspace_refresh (self->workspace);
  update_lines (self);
  update (self);
}

static void
progress_cb (gint64 done, gint64 refused, gint64 total, gpointer data)
{
  WdQueueDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress,
                                 total > 0 ? (double) (done + refused) / (double) total : 0);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdQueueDialog) self = data;
  gboolean yes = wd_confirm_finish (result, NULL);

  g_clear_object (&self->question);
  if (self->workspace == NULL)
    return;
  if (yes && self->plan != NULL)
    {
      self->running = g_cancellable_new ();
      gtk_progress_bar_set_fraction (self->progress, 0);
      wd_backend_run_queue_async (wd_workspace_get_backend (self->workspace), self->plan,
                                  progress_cb, self, self->running, done_cb, g_object_ref (self));
    }
  update (self);
}

/* Whatever takes jobs away asks for their number; what lets them run does so in production. */
static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdQueueDialog *self = data;
  WdQueueAction wanted = self->order->action;
  guint n = self->plan->items->len;
  gboolean typed = wanted != WD_QUEUE_PROMOTE
                   || (wd_workspace_get_profile (self->workspace)->production
                       && n > WD_CONFIRM_FREELY);
  g_autofree char *heading = wd_queue_text_question (wanted, n, self->order->queue);
  g_autofree char *go = wd_queue_text_go (wanted, n);
  g_autofree char *number = typed ? wd_confirm_number (n) : NULL;
  WdConfirmSpec spec = { heading, wd_queue_text_meaning (wanted, n), go,
                         wanted != WD_QUEUE_PROMOTE, number };

  self->question = g_cancellable_new ();
  update (self);
  wd_confirm_async (GTK_WINDOW (self), &spec, self->question, confirmed_cb, g_object_ref (self));
}

/* While it is done, this stops it; what is done then is told. */
static gboolean
wd_queue_dialog_close_request (GtkWindow *window)
{
  WdQueueDialog *self = WD_QUEUE_DIALOG (window);

  if (self->running != NULL)
    {
      g_cancellable_cancel (self->running);
      return TRUE;
    }
  stop (&self->listing);
  if (self->question != NULL)
    g_cancellable_cancel (self->question);
  g_clear_object (&self->workspace);
  return GTK_WINDOW_CLASS (wd_queue_dialog_parent_class)->close_request (window);
}

static void
wd_queue_dialog_dispose (GObject *object)
{
  WdQueueDialog *self = WD_QUEUE_DIALOG (object);

  stop (&self->listing);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_queue_dialog_parent_class)->dispose (object);
}

static void
wd_queue_dialog_finalize (GObject *object)
{
  WdQueueDialog *self = WD_QUEUE_DIALOG (object);

  g_clear_pointer (&self->order, wd_queue_order_unref);
  g_clear_pointer (&self->plan, wd_queue_plan_unref);
  g_clear_pointer (&self->report, wd_outbox_report_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->question);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (wd_queue_dialog_parent_class)->finalize (object);
}

static void
wd_queue_dialog_class_init (WdQueueDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_queue_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queue_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_queue_dialog_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  g_type_ensure (WD_TYPE_QUEUE_LINES);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/queues/wd-queue-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, go);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, options);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, which);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, age);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, delayed_row);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, delayed);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, meaning);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, listed);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, WdQueueDialog, lines);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
wd_queue_dialog_init (WdQueueDialog *self)
{
  static const GActionEntry entries[] = {
    { .name = "go", .activate = go_cb },
    { .name = "list", .activate = list_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dialog", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_banner_set_button (self->banner, _("Try Again"), "dialog.list");
}

/**
 * wd_queue_dialog_new:
 * @window: the window it belongs to
 * @workspace: whose queue
 * @queue: its name
 * @action: what is to be done with its jobs
 *
 * Returns: (transfer none): a dialog that looks up which jobs that is about
 */
GtkWidget *
wd_queue_dialog_new (GtkWindow *window, WdWorkspace *workspace, const char *queue,
                     WdQueueAction action)
{
  WdQueueDialog *self = g_object_new (WD_TYPE_QUEUE_DIALOG, "transient-for", window, NULL);
  const char *title = wd_queue_text_title (action);
  g_autofree char *visible = wd_format_visible (queue, 128);

  self->order = wd_queue_order_new ();
  self->order->queue = g_strdup (queue);
  self->order->action = action;
  self->order->older_than = ages[adw_combo_row_get_selected (self->age)] * G_USEC_PER_SEC;
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, visible);
  gtk_widget_set_visible (GTK_WIDGET (self->which), action == WD_QUEUE_CLEAN);
  gtk_widget_set_visible (GTK_WIDGET (self->age), action == WD_QUEUE_CLEAN);
  gtk_widget_set_visible (self->delayed_row, action == WD_QUEUE_DRAIN);
  gtk_widget_add_css_class (GTK_WIDGET (self->go), action == WD_QUEUE_PROMOTE
                                                     ? "suggested-action"
                                                     : "destructive-action");
  self->workspace = g_object_ref (workspace);
  look_up (self);
  return GTK_WIDGET (self);
}
