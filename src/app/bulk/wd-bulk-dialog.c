/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is about to be done to many, before anything is: how many exactly, of which types and
 * networks, what will be refused and why. What it shows is frozen: what matches later is not
 * touched, and what changes meanwhile is refused. Another option is another question, so the set is
 * frozen anew; what nobody goes on with is discarded. */

#include "app/bulk/wd-bulk-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/bulk/wd-bulk-question.h"
#include "app/bulk/wd-bulk-table.h"
#include "app/bulk/wd-bulk-text.h"
#include "app/common/wd-banner.h"
#include "app/common/wd-confirm.h"
#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdBulkDialog {
  AdwWindow parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable): %NULL once closed */
  WdBulkRequest *request;    /* (owned) */
  WdBulkRun *run;            /* (owned) (nullable): what is frozen now */
  WdTime frozen_at;
  GError *error;             /* (owned) (nullable): why nothing is */
  GCancellable *freezing;    /* (owned) (nullable): while it is being frozen */
  GCancellable *question;    /* (owned) (nullable): while a question is on screen */
  GSimpleActionGroup *actions;   /* (owned) */

  AdwWindowTitle *title;
  GtkButton *go;
  WdBanner *banner;
  GtkWidget *options;
  GtkWidget *reset_row;
  GtkSwitch *reset;
  AdwComboRow *priority;
  GtkSpinner *spinner;
  GtkLabel *summary;
  GtkLabel *meaning;
  GtkLabel *frozen;
  GtkLabel *not_asked;
  WdBulkTable *refused;
  WdBulkTable *counts;
};

G_DEFINE_FINAL_TYPE (WdBulkDialog, wd_bulk_dialog, ADW_TYPE_WINDOW)

static gint64
count_refused (const WdBulkRun *run)
{
  gint64 n = 0;

  for (guint i = 0; run->forecast != NULL && i < run->forecast->len; i++)
    n += ((WdBulkForecast *) run->forecast->pdata[i])->n;
  return n;
}

static gint64
count_going (WdBulkDialog *self)
{
  return self->run != NULL ? self->run->total - count_refused (self->run) : 0;
}

static void
enable (WdBulkDialog *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* Nobody waits for it: what it leaves behind does nothing by itself. */
static void
discard (WdBackend *backend, const WdBulkRun *run)
{
  wd_backend_discard_bulk_async (backend, run->id, NULL, NULL, NULL);
}

static void
forget_run (WdBulkDialog *self)
{
  if (self->run != NULL)
    discard (wd_workspace_get_backend (self->workspace), self->run);
  g_clear_pointer (&self->run, wd_bulk_run_unref);
}

static char *
describe_summary (WdBulkDialog *self)
{
  g_autofree char *subjects = NULL;
  g_autofree char *refused = NULL;

  if (self->freezing != NULL)
    return g_strdup (_("Counting…"));
  if (self->run == NULL)
    return g_strdup (_("Nothing was counted, and nothing is done."));
  if (self->run->total == 0)
    return g_strdup (self->request->operation == WD_BULK_RETRY ? _("No failed job matches.")
                                                               : _("No wallet matches."));
  subjects = wd_bulk_text_subjects (self->request, self->run->total);
  if (count_refused (self->run) == 0)
    return g_steal_pointer (&subjects);
  refused = wd_text_count (count_refused (self->run));
  /* TRANSLATORS: such as “1 200 jobs, of which 12 will be refused” */
  return g_strdup_printf (ngettext ("%s, of which %s will be refused",
                                    "%s, of which %s will be refused",
                                    (gulong) count_refused (self->run)), subjects, refused);
}

static char *
describe_frozen (WdBulkDialog *self)
{
  g_autofree char *clock = wd_text_clock (self->frozen_at);

  return g_strdup_printf (self->request->operation == WD_BULK_RETRY
                            ? _("As of %s. Jobs that fail later are not touched; those that "
                                "change before it is their turn are refused and listed.")
                            : _("As of %s. Wallets that match later are not touched; those that "
                                "change before it is their turn are refused and listed."), clock);
}

static void
update_tables (WdBulkDialog *self)
{
  wd_bulk_table_clear (self->counts);
  wd_bulk_table_clear (self->refused);
  if (self->run == NULL)
    return;
  wd_bulk_table_show_counts (self->counts, self->run);
  for (guint i = 0; self->run->forecast != NULL && i < self->run->forecast->len; i++)
    {
      const WdBulkForecast *forecast = self->run->forecast->pdata[i];

      wd_bulk_table_add (self->refused, forecast->reason, NULL, forecast->n);
    }
}

static void
update_banner (WdBulkDialog *self)
{
  g_autofree char *details = NULL;

  if (self->error == NULL)
    {
      wd_banner_hide (self->banner);
      return;
    }
  details = wd_format_visible (self->error->message, 1024);
  wd_banner_show (self->banner, _("What this is about cannot be looked up now."), details, TRUE);
}

/* State to widgets. */
static void
update (WdBulkDialog *self)
{
  gint64 n = count_going (self);
  gboolean known = self->run != NULL && self->run->total > 0;
  g_autofree char *go = wd_bulk_text_go (self->request, n);
  g_autofree char *summary = describe_summary (self);
  g_autofree char *meaning = wd_bulk_text_meaning (self->request);
  g_autofree char *frozen = describe_frozen (self);
  g_autofree char *not_asked = wd_bulk_text_not_asked (self->run);

  gtk_button_set_label (self->go, go);
  gtk_label_set_text (self->summary, summary);
  gtk_label_set_text (self->meaning, meaning);
  gtk_label_set_text (self->frozen, frozen);
  gtk_widget_set_visible (GTK_WIDGET (self->frozen), known);
  gtk_label_set_text (self->not_asked, not_asked != NULL ? not_asked : "");
  gtk_widget_set_visible (GTK_WIDGET (self->not_asked), not_asked != NULL);
  gtk_spinner_set_spinning (self->spinner, self->freezing != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->freezing != NULL);
  enable (self, "go", n > 0 && self->freezing == NULL && self->question == NULL);
  enable (self, "freeze", self->freezing == NULL);
  update_tables (self);
  update_banner (self);
}

static void
frozen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_freeze_bulk_finish (WD_BACKEND (source), result, &error);
  gboolean wanted = self->freezing == g_task_get_cancellable (G_TASK (result));

  if (!wanted && run != NULL)
    discard (WD_BACKEND (source), run);
  if (!wanted)
    return;
  g_clear_object (&self->freezing);
  self->run = g_steal_pointer (&run);
  self->error = g_steal_pointer (&error);
  self->frozen_at = wd_time_now ();
  update (self);
}

static void
stop_freezing (WdBulkDialog *self)
{
  if (self->freezing != NULL)
    g_cancellable_cancel (self->freezing);
  g_clear_object (&self->freezing);
}

static void
freeze (WdBulkDialog *self)
{
  stop_freezing (self);
  forget_run (self);
  g_clear_error (&self->error);
  self->freezing = g_cancellable_new ();
  wd_backend_freeze_bulk_async (wd_workspace_get_backend (self->workspace), self->request,
                                self->freezing, frozen_cb, g_object_ref (self));
  update (self);
}

static void
freeze_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  freeze (data);
}

/* Beside the choices. */
static const WdPriority priorities[] = { WD_PRIORITY_LOW, WD_PRIORITY_NORMAL, WD_PRIORITY_HIGH };

static void
changed_cb (WdBulkDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->priority);

  if (self->workspace == NULL)
    return;
  self->request->reset = gtk_switch_get_active (self->reset);
  if (selected < G_N_ELEMENTS (priorities))
    self->request->priority = priorities[selected];
  freeze (self);
}

static gboolean
close_cb (gpointer data)
{
  gtk_window_close (data);
  return G_SOURCE_REMOVE;
}

/* From here on the run is its row's. GTK may still be at the key that said yes in the question,
 * which goes with this. */
static void
begin (WdBulkDialog *self)
{
  wd_bulk_runs_begin (wd_workspace_get_bulk (self->workspace), self->run);
  g_clear_pointer (&self->run, wd_bulk_run_unref);
  g_clear_object (&self->workspace);
  enable (self, "go", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_idle_add_full (G_PRIORITY_DEFAULT, close_cb, g_object_ref (self), g_object_unref);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkDialog) self = data;
  gboolean yes = wd_confirm_finish (result, NULL);

  g_clear_object (&self->question);
  if (self->workspace == NULL)
    return;
  if (yes && self->run != NULL)
    begin (self);
  else
    update (self);
}

static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdBulkDialog *self = data;
  const WdProfile *profile = wd_workspace_get_profile (self->workspace);
  gint64 n = count_going (self);

  if (!wd_bulk_question_is_needed (profile, self->run, n))
    {
      begin (self);
      return;
    }
  self->question = g_cancellable_new ();
  update (self);
  wd_bulk_question_ask (GTK_WINDOW (self), profile, self->request, n, self->question, confirmed_cb,
                        g_object_ref (self));
}

static gboolean
wd_bulk_dialog_close_request (GtkWindow *window)
{
  WdBulkDialog *self = WD_BULK_DIALOG (window);

  stop_freezing (self);
  if (self->workspace != NULL)
    forget_run (self);
  if (self->question != NULL)
    g_cancellable_cancel (self->question);
  g_clear_object (&self->workspace);
  return GTK_WINDOW_CLASS (wd_bulk_dialog_parent_class)->close_request (window);
}

static void
wd_bulk_dialog_dispose (GObject *object)
{
  WdBulkDialog *self = WD_BULK_DIALOG (object);

  stop_freezing (self);
  if (self->workspace != NULL)
    forget_run (self);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_bulk_dialog_parent_class)->dispose (object);
}

static void
wd_bulk_dialog_finalize (GObject *object)
{
  WdBulkDialog *self = WD_BULK_DIALOG (object);

  g_clear_pointer (&self->request, wd_bulk_request_free);
  g_clear_error (&self->error);
  g_clear_object (&self->question);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (wd_bulk_dialog_parent_class)->finalize (object);
}

static void
wd_bulk_dialog_class_init (WdBulkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_bulk_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_bulk_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_bulk_dialog_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  g_type_ensure (WD_TYPE_BULK_TABLE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/bulk/wd-bulk-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, go);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, options);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, reset_row);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, reset);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, priority);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, meaning);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, frozen);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, not_asked);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, refused);
  gtk_widget_class_bind_template_child (widget_class, WdBulkDialog, counts);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
wd_bulk_dialog_init (WdBulkDialog *self)
{
  static const GActionEntry entries[] = {
    { .name = "go", .activate = go_cb },
    { .name = "freeze", .activate = freeze_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dialog", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_banner_set_button (self->banner, _("Try Again"), "dialog.freeze");
  wd_bulk_table_set_title (self->refused, _("Will be refused"));
}

/**
 * wd_bulk_dialog_new:
 * @window: the window it belongs to
 * @workspace: whose jobs or wallets
 * @request: what is to be done; copied
 *
 * Returns: (transfer none): a dialog that counts what that is about
 */
GtkWidget *
wd_bulk_dialog_new (GtkWindow *window, WdWorkspace *workspace, const WdBulkRequest *request)
{
  WdBulkDialog *self = g_object_new (WD_TYPE_BULK_DIALOG, "transient-for", window, NULL);
  g_autofree char *title = wd_bulk_text_dialog (request);

  self->request = wd_bulk_request_copy (request);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  gtk_widget_set_visible (self->reset_row, request->operation == WD_BULK_RETRY);
  gtk_widget_set_visible (GTK_WIDGET (self->priority), request->operation == WD_BULK_DISPATCH);
  gtk_widget_set_visible (self->options, request->operation != WD_BULK_SET_FLAGS);
  wd_bulk_table_set_title (self->counts, request->operation == WD_BULK_SET_FLAGS
                                           ? _("By network") : _("By type and network"));
  self->workspace = g_object_ref (workspace);
  freeze (self);
  return GTK_WIDGET (self);
}
