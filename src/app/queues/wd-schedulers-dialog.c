/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What makes jobs again and again in a queue, as it was when it was looked up: rows that moved by
 * themselves would not be the ones that were pointed at. */

#include "app/queues/wd-schedulers-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-banner.h"
#include "app/common/wd-text.h"
#include "app/queues/wd-scheduler-removal.h"
#include "app/queues/wd-scheduler-table.h"
#include "app/queues/wd-scheduler-view.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

/* Further ones are left out: nobody looks through more. */
#define MOST_SHOWN 5000
#define PAGE_LENGTH 500

struct _WdSchedulersDialog {
  AdwWindow parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable): %NULL once closed */
  char *queue;               /* (owned) */
  GCancellable *request;     /* (owned) (nullable): while they are looked up */
  GCancellable *removal;     /* (owned) (nullable): while one is removed */
  GError *error;             /* (owned) (nullable): why they are not */
  WdSchedulerPage *page;     /* (owned) (nullable): the last one */
  GSimpleActionGroup *actions;            /* (owned) */

  AdwWindowTitle *title;
  GtkWidget *remove;
  WdBanner *banner;
  GtkStack *stack;
  AdwStatusPage *failure;
  GtkLabel *summary;
  GtkSpinner *spinner;
  WdSchedulerTable *table;
  GtkWidget *details;
  WdSchedulerView *scheduler;
};

G_DEFINE_FINAL_TYPE (WdSchedulersDialog, wd_schedulers_dialog, ADW_TYPE_WINDOW)

static void load_more (WdSchedulersDialog *self);

static void
enable (WdSchedulersDialog *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static char *
describe (WdSchedulersDialog *self)
{
  guint n = wd_scheduler_table_get_length (self->table);
  guint n_odd = self->page != NULL ? wd_scheduler_table_count_odd (self->table, self->page) : 0;
  gint64 total = self->page != NULL ? MAX (self->page->total, n) : 0;
  g_autofree char *number = wd_text_count (total), *shown = wd_text_count (n);
  g_autofree char *clock = wd_text_clock (self->page != NULL ? self->page->now : wd_time_now ());
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%s scheduler", "%s schedulers", (gulong) total), number);
  if (n < total && self->request == NULL)
    g_string_append_printf (text, _(" · the first %s are shown"), shown);
  if (n_odd > 0)
    {
      g_autofree char *odd = wd_text_count (n_odd);

      g_string_append_printf (text, ngettext (" · %s needs a look", " · %s need a look", n_odd),
                              odd);
    }
  g_string_append_printf (text, _(" · as of %s"), clock);
  return g_string_free (text, FALSE);
}

static const char *
choose_view (WdSchedulersDialog *self)
{
  if (wd_scheduler_table_get_length (self->table) > 0)
    return "schedulers";
  if (self->request != NULL)
    return "waiting";
  return self->error != NULL ? "error" : "empty";
}

static void
update_error (WdSchedulersDialog *self)
{
  g_autofree char *reason = self->error != NULL ? wd_text_block (self->error->message) : NULL;
  g_autofree char *markup = NULL;

  if (reason == NULL || wd_scheduler_table_get_length (self->table) == 0)
    wd_banner_hide (self->banner);
  else
    wd_banner_show (self->banner, _("Not all schedulers could be looked up."), reason, TRUE);
  markup = g_markup_escape_text (reason != NULL ? reason : "", -1);
  adw_status_page_set_description (self->failure, markup);
}

static void
update_selected (WdSchedulersDialog *self)
{
  const WdScheduler *scheduler = wd_scheduler_table_get_selected (self->table);
  gboolean read_only = wd_workspace_get_profile (self->workspace)->read_only;
  const char *layout = self->page != NULL ? self->page->layout : NULL;

  gtk_widget_set_visible (self->details, scheduler != NULL);
  if (scheduler != NULL)
    wd_scheduler_view_show (self->scheduler, scheduler, self->page);
  enable (self, "remove", scheduler != NULL && !read_only && layout == NULL
                            && self->removal == NULL);
  gtk_widget_set_tooltip_text (self->remove, read_only ? _("This connection is read-only")
                                                       : layout);
}

/* State to widgets. */
static void
update (WdSchedulersDialog *self)
{
  gboolean busy = self->request != NULL || self->removal != NULL;
  g_autofree char *summary = describe (self);

  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_stack_set_visible_child_name (self->stack, choose_view (self));
  enable (self, "look", !busy);
  update_error (self);
  update_selected (self);
}

static void
selected_cb (WdSchedulersDialog *self)
{
  if (self->workspace != NULL)
    update_selected (self);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdSchedulersDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdSchedulerPage) page = wd_backend_list_schedulers_finish (WD_BACKEND (source), result,
                                                                        &error);

  if (wd_error_is_cancelled (error) || self->workspace == NULL
      || self->request != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->request);
  if (page != NULL)
    {
      g_clear_pointer (&self->page, wd_scheduler_page_unref);
      self->page = wd_scheduler_page_ref (page);
      wd_scheduler_table_add (self->table, page, MOST_SHOWN);
    }
  self->error = g_steal_pointer (&error);
  if (page != NULL && page->cursor != NULL
      && wd_scheduler_table_get_length (self->table) < MOST_SHOWN)
    load_more (self);
  update (self);
}

static void
load_more (WdSchedulersDialog *self)
{
  self->request = g_cancellable_new ();
  wd_backend_list_schedulers_async (wd_workspace_get_backend (self->workspace), self->queue,
                                    self->page != NULL ? self->page->cursor : NULL, PAGE_LENGTH,
                                    self->request, listed_cb, g_object_ref (self));
}

static void
stop (GCancellable **request)
{
  if (*request != NULL)
    g_cancellable_cancel (*request);
  g_clear_object (request);
}

static void
load (WdSchedulersDialog *self)
{
  stop (&self->request);
  g_clear_error (&self->error);
  g_clear_pointer (&self->page, wd_scheduler_page_unref);
  wd_scheduler_table_clear (self->table);
  load_more (self);
  update (self);
}

static void
look_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  load (data);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdSchedulersDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean changed = wd_scheduler_remove_finish (result, &error);

  g_clear_object (&self->removal);
  if (self->workspace == NULL || wd_error_is_cancelled (error))
    return;
  if (changed)
    {
      wd_workspace_refresh (self->workspace);
      load (self);
    }
  update (self);
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdSchedulersDialog *self = data;
  const WdScheduler *scheduler = wd_scheduler_table_get_selected (self->table);

  if (scheduler == NULL || self->removal != NULL)
    return;
  self->removal = g_cancellable_new ();
  wd_scheduler_remove_async (GTK_WINDOW (self), self->workspace, self->queue, scheduler->key,
                             self->removal, removed_cb, g_object_ref (self));
  update (self);
}

static void
tick_cb (WdSchedulersDialog *self)
{
  wd_scheduler_table_tick (self->table, wd_time_now ());
}

static gboolean
wd_schedulers_dialog_close_request (GtkWindow *window)
{
  WdSchedulersDialog *self = WD_SCHEDULERS_DIALOG (window);

  stop (&self->request);
  if (self->removal != NULL)
    g_cancellable_cancel (self->removal);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);
  return GTK_WINDOW_CLASS (wd_schedulers_dialog_parent_class)->close_request (window);
}

static void
wd_schedulers_dialog_dispose (GObject *object)
{
  WdSchedulersDialog *self = WD_SCHEDULERS_DIALOG (object);

  stop (&self->request);
  if (self->removal != NULL)
    g_cancellable_cancel (self->removal);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_schedulers_dialog_parent_class)->dispose (object);
}

static void
wd_schedulers_dialog_finalize (GObject *object)
{
  WdSchedulersDialog *self = WD_SCHEDULERS_DIALOG (object);

  g_clear_object (&self->removal);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->page, wd_scheduler_page_unref);
  g_clear_error (&self->error);
  g_free (self->queue);
  G_OBJECT_CLASS (wd_schedulers_dialog_parent_class)->finalize (object);
}

static void
wd_schedulers_dialog_class_init (WdSchedulersDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_schedulers_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_schedulers_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_schedulers_dialog_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  g_type_ensure (WD_TYPE_SCHEDULER_TABLE);
  g_type_ensure (WD_TYPE_SCHEDULER_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/queues/wd-schedulers-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, remove);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, table);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, details);
  gtk_widget_class_bind_template_child (widget_class, WdSchedulersDialog, scheduler);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
wd_schedulers_dialog_init (WdSchedulersDialog *self)
{
  static const GActionEntry entries[] = {
    { .name = "look", .activate = look_cb },
    { .name = "remove", .activate = remove_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dialog", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_banner_set_button (self->banner, _("Try Again"), "dialog.look");
}

/**
 * wd_schedulers_dialog_new:
 * @window: the window it belongs to
 * @workspace: whose queue
 * @queue: its name
 *
 * Returns: (transfer none): a dialog that looks up its schedulers
 */
GtkWidget *
wd_schedulers_dialog_new (GtkWindow *window, WdWorkspace *workspace, const char *queue)
{
  WdSchedulersDialog *self = g_object_new (WD_TYPE_SCHEDULERS_DIALOG, "transient-for", window,
                                           NULL);
  g_autofree char *visible = wd_format_visible (queue, 128);

  self->queue = g_strdup (queue);
  self->workspace = g_object_ref (workspace);
  adw_window_title_set_subtitle (self->title, visible);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}
