/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs that stand in the database and may or may not be in their queue. Each is shown with what
 * both stores say of it; an admin sends or discards it, one at a time, knowing what that means. */

#include "app/actions/wd-review-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-review-items.h"
#include "app/actions/wd-review-row.h"
#include "app/actions/wd-review-text.h"
#include "app/actions/wd-sending-row.h"
#include "app/common/wd-banner.h"
#include "app/common/wd-confirm.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdReviewDialog {
  AdwWindow parent_instance;

  WdWindow *window;          /* (weak) (nullable) */
  WdWorkspace *workspace;    /* (owned) (nullable): %NULL once closed */
  GListStore *items;         /* (owned) (element-type WdReviewItem) */
  GSimpleActionGroup *actions;   /* (owned) */
  GCancellable *reading;     /* (owned) (nullable) */
  GCancellable *settling;    /* (owned) (nullable): while something is sent or discarded */
  gboolean stopping;
  gboolean asking;           /* a question is on screen */
  gboolean discards;         /* what is asked or settled */
  char *subject;             /* (owned) (nullable): the entry of that; %NULL for all safe ones */
  WdOutboxState asked_state; /* what was known of @subject when that was asked */
  gboolean asked_would_know;
  gboolean read;
  GError *error;             /* (owned) (nullable): of the last request */
  gboolean error_of_write;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  WdSendingRow *sending;
  WdBanner *banner;
  GtkStack *stack;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (WdReviewDialog, wd_review_dialog, ADW_TYPE_WINDOW)

static void
enable (WdReviewDialog *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_banner (WdReviewDialog *self)
{
  g_autofree char *details = NULL;

  if (self->error == NULL)
    {
      wd_banner_hide (self->banner);
      return;
    }
  details = wd_format_visible (self->error->message, 1024);
  wd_banner_show (self->banner,
                  wd_review_text_trouble (self->error_of_write ? self->error : NULL,
                                          self->subject != NULL, self->discards),
                  details, self->error_of_write);
}

/* State to widgets. */
static void
update_dialog (WdReviewDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  gboolean free_to_act = self->settling == NULL && !self->asking && self->workspace != NULL
                         && !wd_workspace_get_profile (self->workspace)->read_only;

  gtk_stack_set_visible_child_name (self->stack,
                                    n > 0 ? "entries" : self->read ? "empty" : "loading");
  enable (self, "send", free_to_act);
  enable (self, "discard", free_to_act);
  enable (self, "send-safe", free_to_act && wd_review_items_count_safe (self->items) > 0);
  enable (self, "stop", self->settling != NULL && !self->stopping);
  update_banner (self);
  wd_sending_row_set_text (self->sending, wd_review_text_progress (self->stopping, self->discards));
}

static void
set_error (WdReviewDialog *self, GError *error, gboolean of_write)
{
  g_clear_error (&self->error);
  self->error = error;
  self->error_of_write = of_write;
}

static void
entries_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdReviewDialog) self = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) entries = wd_backend_list_outbox_finish (WD_BACKEND (source), result,
                                                                 &error);

  if (wd_error_is_cancelled (error))
    {
      g_error_free (error);
      return;
    }
  g_clear_object (&self->reading);
  if (entries != NULL)
    {
      self->read = TRUE;
      wd_review_items_take (self->items, entries);
    }
  /* What a write said stays until the next one. */
  if (error != NULL || !self->error_of_write)
    set_error (self, error, FALSE);
  update_dialog (self);
}

static void
read_entries (WdReviewDialog *self)
{
  if (self->reading != NULL || self->settling != NULL || self->workspace == NULL)
    return;
  self->reading = g_cancellable_new ();
  wd_backend_list_outbox_async (wd_workspace_get_backend (self->workspace), self->reading,
                                entries_cb, g_object_ref (self));
}

static void
tell_report (WdReviewDialog *self, const WdOutboxReport *report)
{
  /* Whoever asked for the safe ones knows that others stay. */
  if (self->subject != NULL && report->left->len > 0)
    set_error (self, g_error_copy (((WdRefusal *) report->left->pdata[0])->error), TRUE);
  else if (report->failure != NULL)
    set_error (self, g_error_copy (report->failure), TRUE);
  if (report->done->len > 0)
    {
      g_autofree char *text = wd_review_text_done (report->done->len, self->discards,
                                                    report->perhaps->len > 0);

      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
    }
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdReviewDialog) self = data;
  GError *error = NULL;
  g_autoptr (WdOutboxReport) report
    = self->discards ? wd_backend_discard_outbox_finish (WD_BACKEND (source), result, &error)
                     : wd_backend_send_outbox_finish (WD_BACKEND (source), result, &error);

  g_clear_object (&self->settling);
  self->stopping = FALSE;
  if (self->workspace == NULL)
    {
      g_clear_error (&error);
      return;
    }
  wd_sending_row_end (self->sending);
  if (wd_error_is_cancelled (error))
    g_clear_error (&error);
  set_error (self, error, error != NULL);
  if (report != NULL)
    tell_report (self, report);
  update_dialog (self);
  read_entries (self);
  wd_workspace_refresh (self->workspace);
}

static void
settle (WdReviewDialog *self)
{
  const char *ids[] = { self->subject, NULL };
  WdBackend *backend = wd_workspace_get_backend (self->workspace);

  set_error (self, NULL, FALSE);
  /* What is being read now would be older than what is about to be done. */
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->settling = g_cancellable_new ();
  wd_sending_row_begin (self->sending);
  if (self->discards)
    wd_backend_discard_outbox_async (backend, ids, self->settling, settled_cb, g_object_ref (self));
  else
    wd_backend_send_outbox_async (backend, self->subject != NULL ? ids : NULL, 0, self->settling,
                                  settled_cb, g_object_ref (self));
  update_dialog (self);
}

/* What is sent on an order is sent whatever is known of it: the yes has to be about that. */
static gboolean
is_still_meant (WdReviewDialog *self)
{
  WdReviewItem *item;

  if (self->subject == NULL)
    return TRUE;
  item = wd_review_items_find (self->items, self->subject);
  return item != NULL && wd_review_item_get_entry (item)->state == self->asked_state
         && wd_review_item_get_entry (item)->would_know == self->asked_would_know;
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdReviewDialog) self = data;

  self->asking = FALSE;
  if (self->workspace == NULL)
    return;
  if (wd_confirm_finish (result, NULL) && self->settling == NULL)
    {
      if (is_still_meant (self))
        settle (self);
      else
        set_error (self, wd_confirm_error_changed (), TRUE);
    }
  update_dialog (self);
}

static void
ask (WdReviewDialog *self, const char *id, gboolean discards)
{
  WdReviewItem *item = id != NULL ? wd_review_items_find (self->items, id) : NULL;
  const WdOutboxEntry *entry = item != NULL ? wd_review_item_get_entry (item) : NULL;
  guint n = entry != NULL ? 1 : wd_review_items_count_safe (self->items);
  gboolean production = wd_workspace_get_profile (self->workspace)->production;
  g_autofree char *typed = production && n > WD_CONFIRM_FREELY ? wd_confirm_number (n) : NULL;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  gboolean grave;

  if ((id != NULL && entry == NULL) || self->asking || self->settling != NULL)
    return;
  grave = wd_review_text_question (entry, n, discards, &heading, &body);
  g_free (self->subject);
  self->subject = g_strdup (id);
  self->asked_state = entry != NULL ? entry->state : WD_OUTBOX_SENDABLE;
  self->asked_would_know = entry == NULL || entry->would_know;
  self->discards = discards;
  self->asking = TRUE;
  wd_confirm_async (GTK_WINDOW (self),
                    &(WdConfirmSpec) { heading, body, discards ? _("_Discard") : _("_Send"), grave,
                                       typed },
                    NULL, confirmed_cb, g_object_ref (self));
  update_dialog (self);
}

static void
send_cb (GSimpleAction *action, GVariant *id, gpointer data)
{
  ask (data, g_variant_get_string (id, NULL), FALSE);
}

static void
discard_cb (GSimpleAction *action, GVariant *id, gpointer data)
{
  ask (data, g_variant_get_string (id, NULL), TRUE);
}

static void
send_safe_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask (data, NULL, FALSE);
}

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdReviewDialog *self = data;

  if (self->settling == NULL)
    return;
  self->stopping = TRUE;
  g_cancellable_cancel (self->settling);
  update_dialog (self);
}

static void
show_job_cb (GSimpleAction *action, GVariant *id, gpointer data)
{
  WdReviewDialog *self = data;
  g_autoptr (WdWindow) window = self->window != NULL ? g_object_ref (self->window) : NULL;
  g_autoptr (GVariant) target = g_variant_ref (id);

  if (self->settling != NULL || window == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.show-job", target);
}

static gboolean
wd_review_dialog_close_request (GtkWindow *window)
{
  if (WD_REVIEW_DIALOG (window)->settling != NULL)
    return TRUE;
  return GTK_WINDOW_CLASS (wd_review_dialog_parent_class)->close_request (window);
}

static void
wd_review_dialog_dispose (GObject *object)
{
  WdReviewDialog *self = WD_REVIEW_DIALOG (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->workspace);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (wd_review_dialog_parent_class)->dispose (object);
}

static void
wd_review_dialog_finalize (GObject *object)
{
  WdReviewDialog *self = WD_REVIEW_DIALOG (object);

  g_clear_object (&self->settling);
  g_clear_object (&self->items);
  g_clear_object (&self->actions);
  g_clear_error (&self->error);
  g_free (self->subject);
  G_OBJECT_CLASS (wd_review_dialog_parent_class)->finalize (object);
}

static void
wd_review_dialog_class_init (WdReviewDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_review_dialog_dispose;
  object_class->finalize = wd_review_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_review_dialog_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  g_type_ensure (WD_TYPE_SENDING_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/actions/wd-review-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdReviewDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, WdReviewDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WdReviewDialog, sending);
  gtk_widget_class_bind_template_child (widget_class, WdReviewDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, WdReviewDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WdReviewDialog, view);
}

static void
wd_review_dialog_init (WdReviewDialog *self)
{
  static const GActionEntry entries[] = {
    { .name = "send", .activate = send_cb, .parameter_type = "s" },
    { .name = "discard", .activate = discard_cb, .parameter_type = "s" },
    { .name = "send-safe", .activate = send_safe_cb },
    { .name = "stop", .activate = stop_cb },
    { .name = "show-job", .activate = show_job_cb, .parameter_type = "s" },
  };
  g_autoptr (GtkNoSelection) model = NULL;

  self->items = g_list_store_new (WD_TYPE_REVIEW_ITEM);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dialog", G_ACTION_GROUP (self->actions));
  wd_banner_set_button (self->banner, NULL, NULL);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  wd_review_row_set_up (self->view);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (model));
}

/**
 * wd_review_dialog_new:
 * @window: the window it belongs to
 * @workspace: whose outbox
 *
 * Returns: (transfer none): a dialog that reads the outbox
 */
WdReviewDialog *
wd_review_dialog_new (WdWindow *window, WdWorkspace *workspace)
{
  WdReviewDialog *self = g_object_new (WD_TYPE_REVIEW_DIALOG, NULL);
  g_autofree char *name = wd_format_visible (wd_workspace_get_profile (workspace)->name, 64);

  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (window));
  g_set_weak_pointer (&self->window, window);
  self->workspace = g_object_ref (workspace);
  adw_window_title_set_title (self->title, gtk_window_get_title (GTK_WINDOW (self)));
  adw_window_title_set_subtitle (self->title, name);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (read_entries), self,
                           G_CONNECT_SWAPPED);
  read_entries (self);
  update_dialog (self);
  return self;
}
