/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the dialogs share that do something to wallets or jobs: the list of them, the button that
 * begins, the question a production connection asks first, progress, and what became of each.
 *
 * The button works once: from the press on, nothing can be pressed until every request has said
 * what it did. What was done, or may have been, is never sent again from the same dialog. */

#include "app/actions/wd-action-dialog.h"

#include "app/actions/wd-action-dialog-private.h"
#include "app/actions/wd-subject-row.h"
#include "app/common/wd-focus.h"
#include "base/wd-format.h"

G_DEFINE_TYPE_WITH_PRIVATE (WdActionDialog, wd_action_dialog, ADW_TYPE_WINDOW)

/**
 * wd_action_dialog_get_private:
 * @self: a dialog
 *
 * Returns: (transfer none): its state
 */
WdActionDialogPrivate *
wd_action_dialog_get_private (WdActionDialog *self)
{
  return wd_action_dialog_get_instance_private (self);
}

static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  wd_action_dialog_begin (data);
}

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdActionDialog *self = data;
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  if (priv->run == NULL)
    return;
  priv->stopping = TRUE;
  wd_action_run_stop (priv->run);
  wd_action_dialog_update (self);
}

/* A job is looked at in the window below. */
static void
show_job_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdActionDialog *self = data;
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  g_autoptr (WdWindow) window = priv->window != NULL ? g_object_ref (priv->window) : NULL;
  g_autoptr (GVariant) target = g_variant_ref (parameter);

  if (priv->run != NULL || window == NULL)
    return;
  wd_action_dialog_leave (self);
  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.show-job", target);
}

static void
remove_cb (GSimpleAction *action, GVariant *key, gpointer data)
{
  WdActionDialog *self = data;
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  WdSubject *subject = wd_action_dialog_find_subject (self, g_variant_get_string (key, NULL));
  guint position;

  if (subject == NULL || !wd_subject_is_removable (subject)
      || !g_list_store_find (priv->subjects, subject, &position))
    return;
  g_signal_handlers_disconnect_by_data (subject, self);
  g_hash_table_remove (priv->by_key, wd_subject_get_key (subject));
  g_list_store_remove (priv->subjects, position);
  WD_ACTION_DIALOG_GET_CLASS (self)->removed (self);
  wd_action_dialog_update (self);
}

/* While something is under way there is an answer to wait for. */
static gboolean
wd_action_dialog_close_request (GtkWindow *window)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (WD_ACTION_DIALOG (window));

  if (priv->run != NULL)
    return TRUE;
  wd_action_dialog_tell_done (WD_ACTION_DIALOG (window), priv);
  return GTK_WINDOW_CLASS (wd_action_dialog_parent_class)->close_request (window);
}

static void
wd_action_dialog_dispose (GObject *object)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (WD_ACTION_DIALOG (object));

  if (priv->question != NULL)
    g_cancellable_cancel (priv->question);
  g_clear_object (&priv->question);
  g_clear_pointer (&priv->asked, g_ptr_array_unref);
  wd_action_dialog_stop_reading (WD_ACTION_DIALOG (object));
  /* Goes on to its end: what was sent is delivered. */
  g_clear_object (&priv->run);
  g_clear_object (&priv->workspace);
  g_clear_weak_pointer (&priv->window);
  G_OBJECT_CLASS (wd_action_dialog_parent_class)->dispose (object);
}

static void
wd_action_dialog_finalize (GObject *object)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (WD_ACTION_DIALOG (object));

  g_hash_table_unref (priv->by_key);
  g_clear_object (&priv->subjects);
  g_clear_object (&priv->actions);
  g_clear_error (&priv->error);
  g_clear_error (&priv->read_error);
  g_free (priv->done_job);
  g_free (priv->trouble);
  g_free (priv->trouble_details);
  G_OBJECT_CLASS (wd_action_dialog_parent_class)->finalize (object);
}

static void
wd_action_dialog_class_init (WdActionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_action_dialog_dispose;
  object_class->finalize = wd_action_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_action_dialog_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  g_type_ensure (WD_TYPE_SENDING_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/actions/wd-action-dialog.ui");
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, title);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, cancel);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, go);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, sending);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, banner);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, body);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, summary);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, view);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, scroller);
}

static void
wd_action_dialog_init (WdActionDialog *self)
{
  static const GActionEntry entries[] = {
    { .name = "go", .activate = go_cb },
    { .name = "stop", .activate = stop_cb },
    { .name = "show-job", .activate = show_job_cb, .parameter_type = "s" },
    { .name = "remove", .activate = remove_cb, .parameter_type = "s" },
  };
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  GtkListItemFactory *factory;

  priv->subjects = g_list_store_new (WD_TYPE_SUBJECT);
  priv->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  priv->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (priv->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dialog", G_ACTION_GROUP (priv->actions));
  wd_banner_set_button (priv->banner, NULL, NULL);
  factory = wd_subject_row_factory ();
  gtk_list_view_set_factory (priv->view, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (
    priv->view, GTK_SELECTION_MODEL (gtk_no_selection_new (
                  g_object_ref (G_LIST_MODEL (priv->subjects)))));
  g_object_unref (gtk_list_view_get_model (priv->view));
  wd_focus_one_stop (GTK_WIDGET (priv->view));
}

/**
 * wd_action_dialog_set_up:
 * @self: a new dialog, with its title
 * @window: the window it belongs to
 * @workspace: what it acts upon
 */
void
wd_action_dialog_set_up (WdActionDialog *self, WdWindow *window, WdWorkspace *workspace)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  g_autofree char *name = wd_format_visible (wd_workspace_get_profile (workspace)->name, 64);

  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (window));
  g_set_weak_pointer (&priv->window, window);
  priv->workspace = g_object_ref (workspace);
  adw_window_title_set_title (priv->title, gtk_window_get_title (GTK_WINDOW (self)));
  adw_window_title_set_subtitle (priv->title, name);
  if (wd_workspace_get_profile (workspace)->production)
    gtk_widget_add_css_class (GTK_WIDGET (self), "production");
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (wd_action_dialog_refresh), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wd_action_dialog_get_workspace:
 * @self: a dialog
 *
 * Returns: (transfer none) (nullable): what it acts upon; %NULL once it is closed
 */
WdWorkspace *
wd_action_dialog_get_workspace (WdActionDialog *self)
{
  return wd_action_dialog_get_private (self)->workspace;
}

/**
 * wd_action_dialog_set_controls:
 * @self: a dialog
 * @controls: what stands above the list
 */
void
wd_action_dialog_set_controls (WdActionDialog *self, GtkWidget *controls)
{
  gtk_box_prepend (wd_action_dialog_get_private (self)->body, controls);
}

static void
subject_cb (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  /* A run settles many at once and updates by itself. */
  if (priv->run == NULL && priv->workspace != NULL && !priv->updating)
    wd_action_dialog_update (self);
}

/**
 * wd_action_dialog_add_subject:
 * @self: a dialog
 * @subject: (transfer full): with a key that is not there yet
 */
void
wd_action_dialog_add_subject (WdActionDialog *self, WdSubject *subject)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  g_hash_table_insert (priv->by_key, (gpointer) wd_subject_get_key (subject), subject);
  g_list_store_append (priv->subjects, subject);
  g_signal_connect_object (subject, "changed", G_CALLBACK (subject_cb), self, G_CONNECT_SWAPPED);
  g_object_unref (subject);
}

/**
 * wd_action_dialog_find_subject:
 * @self: a dialog
 * @key: of a subject
 *
 * Returns: (transfer none) (nullable): the subject with that key, if there is one
 */
WdSubject *
wd_action_dialog_find_subject (WdActionDialog *self, const char *key)
{
  return g_hash_table_lookup (wd_action_dialog_get_private (self)->by_key, key);
}

/**
 * wd_action_dialog_get_subjects:
 * @self: a dialog
 *
 * Returns: (transfer none): a #GListStore of #WdSubject, which grows as subjects are added
 */
GListModel *
wd_action_dialog_get_subjects (WdActionDialog *self)
{
  return G_LIST_MODEL (wd_action_dialog_get_private (self)->subjects);
}

/**
 * wd_action_dialog_set_trouble:
 * @self: a dialog
 * @text: (nullable): why nothing can be sent now
 * @details: (nullable): what the servers said
 */
void
wd_action_dialog_set_trouble (WdActionDialog *self, const char *text, const char *details)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  g_free (priv->trouble);
  g_free (priv->trouble_details);
  priv->trouble = g_strdup (text);
  priv->trouble_details = g_strdup (details);
}

/**
 * wd_action_dialog_set_summary:
 * @self: a dialog
 * @summary: (nullable): what is about to be done, in words; %NULL hides it
 */
void
wd_action_dialog_set_summary (WdActionDialog *self, const char *summary)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  gtk_label_set_text (priv->summary, summary != NULL ? summary : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->summary), summary != NULL);
}

/**
 * wd_action_dialog_set_list_name:
 * @self: a dialog
 * @name: of the list, translated, for those who cannot see it
 */
void
wd_action_dialog_set_list_name (WdActionDialog *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (wd_action_dialog_get_private (self)->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * wd_action_dialog_is_running:
 * @self: a dialog
 *
 * Returns: whether requests are under way
 */
gboolean
wd_action_dialog_is_running (WdActionDialog *self)
{
  return wd_action_dialog_get_private (self)->run != NULL;
}
