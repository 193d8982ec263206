/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks what a view is to be called; a name that cannot be says why while it is typed. */

#include "app/views/wd-view-name.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-message-dialog.h"

typedef struct {
  WdSavedViews *views;        /* (owned) */
  char *before;               /* (owned) (nullable): what it was called */
  AdwMessageDialog *dialog;   /* not owned: the task ends with it */
  GtkEditable *entry;         /* not owned: the dialog's */
  GtkLabel *problem;          /* not owned: the dialog's */
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_object_unref (question->views);
  g_free (question->before);
  g_free (question);
}

static char *
read_name (Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));
}

static void
changed_cb (Question *question)
{
  g_autofree char *name = read_name (question);
  g_autofree char *taken = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good = wd_saved_view_check_name (name, &error);

  if (good && g_strcmp0 (name, question->before) != 0
      && wd_saved_views_find (question->views, name, NULL) != NULL)
    {
      taken = g_strdup_printf (_("There is a view named “%s” already"), name);
      good = FALSE;
    }
  adw_message_dialog_set_response_enabled (question->dialog, "go", good);
  /* Nothing was typed wrong yet while nothing was typed. */
  gtk_label_set_text (question->problem, good || *name == '\0' ? ""
                                         : taken != NULL ? taken : error->message);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  Question *question = g_task_get_task_data (task);

  if (g_strcmp0 (response, "go") == 0)
    g_task_return_pointer (task, read_name (question), g_free);
  else
    g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

static GtkWidget *
make_entry (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *problem = gtk_label_new ("");

  question->entry = GTK_EDITABLE (entry);
  question->problem = GTK_LABEL (problem);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the view"), -1);
  gtk_label_set_wrap (question->problem, TRUE);
  gtk_label_set_xalign (question->problem, 0);
  gtk_widget_add_css_class (problem, "caption");
  gtk_widget_add_css_class (problem, "error");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), problem);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), question);
  return box;
}

/**
 * wd_view_name_ask_async:
 * @parent: whose question it is
 * @views: those whose names are taken
 * @heading: the question
 * @before: (nullable): what the view is called until now; %NULL for a new one
 * @suggestion: what a new one might be called
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_view_name_ask_async (GtkWindow *parent, WdSavedViews *views, const char *heading,
                        const char *before, const char *suggestion,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (parent, NULL, callback, data);
  Question *question = g_new0 (Question, 1);

  question->views = g_object_ref (views);
  question->before = g_strdup (before);
  question->dialog = ADW_MESSAGE_DIALOG (wd_message_dialog_new (parent, heading, NULL));
  g_task_set_source_tag (task, wd_view_name_ask_async);
  g_task_set_task_data (task, question, free_question);
  gtk_window_set_title (GTK_WINDOW (question->dialog), heading);
  adw_message_dialog_add_responses (question->dialog, "cancel", _("_Cancel"), "go",
                                    before != NULL ? _("_Rename") : _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "go", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog, "go");
  adw_message_dialog_set_extra_child (question->dialog, make_entry (question));
  gtk_editable_set_text (question->entry, before != NULL ? before : suggestion);
  changed_cb (question);
  g_signal_connect (question->dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (question->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (question->entry));
}

/**
 * wd_view_name_ask_finish:
 * @result: of the question
 *
 * Returns: (transfer full) (nullable): the name, which a view can have; %NULL for none
 */
char *
wd_view_name_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
