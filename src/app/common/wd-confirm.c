/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One question before something that cannot be taken back, and where it matters most one word that
 * has to be typed: a hand that confirms by habit stops there.
 *
 * The answer comes when the question is gone, in an iteration of the main loop of its own. Whoever
 * asked may then destroy the window behind it, which is not to happen amid the toolkit's handling
 * of a button; and a question that is taken back ends while its cancellable tells so, which must
 * not be disconnected from within that. */

#include "app/common/wd-confirm.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-message-dialog.h"
#include "base/wd-error.h"

/* What a question is about, until it is answered. */
typedef struct {
  AdwMessageDialog *dialog;   /* (weak): until it is answered */
  char *typed;                /* (owned) (nullable) */
  gboolean answered;
  gboolean yes;
  GCancellable *cancellable;  /* (owned) (nullable) */
  gulong cancel_handler;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  if (question->cancellable != NULL)
    g_cancellable_disconnect (question->cancellable, question->cancel_handler);
  g_clear_object (&question->cancellable);
  g_clear_weak_pointer (&question->dialog);
  g_free (question->typed);
  g_free (question);
}

static void
typed_cb (GtkEditable *entry, GTask *task)
{
  Question *question = g_task_get_task_data (task);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (question->dialog != NULL)
    adw_message_dialog_set_response_enabled (question->dialog, "go",
                                             g_strcmp0 (text, question->typed) == 0);
}

static gboolean
answer_cb (gpointer data)
{
  const Question *question = g_task_get_task_data (data);

  g_task_return_boolean (data, question->yes);
  return G_SOURCE_REMOVE;
}

/* Only the first answer counts. */
static void
answer (GTask *task, gboolean yes)
{
  Question *question = g_task_get_task_data (task);

  if (question->answered)
    return;
  question->answered = TRUE;
  question->yes = yes;
  g_clear_weak_pointer (&question->dialog);
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, g_object_ref (task), g_object_unref);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  answer (task, g_strcmp0 (response, "go") == 0);
}

/* Also without a word, with the window behind it. */
static void
destroyed_cb (AdwMessageDialog *dialog, GTask *task)
{
  answer (task, FALSE);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  const Question *question = data;

  if (question->dialog != NULL)
    gtk_window_close (GTK_WINDOW (question->dialog));
}

static void
unref_task (gpointer task, GClosure *closure)
{
  g_object_unref (task);
}

static void
add_entry (AdwMessageDialog *dialog, const char *typed, GTask *task)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *text = g_strdup_printf (_("Type %s to confirm"), typed);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  adw_message_dialog_set_extra_child (dialog, box);
  adw_message_dialog_set_response_enabled (dialog, "go", FALSE);
  g_signal_connect (entry, "changed", G_CALLBACK (typed_cb), task);
}

/**
 * wd_confirm_async:
 * @parent: whose question it is
 * @spec: what to ask; read at once
 * @cancellable: (nullable): takes the question back, as a no
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_confirm_async (GtkWindow *parent, const WdConfirmSpec *spec, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (parent, NULL, callback, data);
  GtkWidget *dialog = wd_message_dialog_new (parent, spec->heading, spec->body);
  Question *question = g_new0 (Question, 1);

  g_set_weak_pointer (&question->dialog, ADW_MESSAGE_DIALOG (dialog));
  question->typed = g_strdup (spec->typed);
  g_task_set_source_tag (task, wd_confirm_async);
  g_task_set_task_data (task, question, free_question);
  gtk_window_set_title (GTK_WINDOW (dialog), spec->heading);
  adw_message_dialog_add_responses (question->dialog, "cancel", _("_Cancel"), "go", spec->action,
                                    NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "go",
                                              spec->destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                                : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog,
                                           spec->destructive && spec->typed == NULL ? "cancel"
                                                                                    : "go");
  if (spec->typed != NULL)
    add_entry (question->dialog, spec->typed, task);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_object_ref (task),
                         unref_task, 0);
  g_signal_connect_data (dialog, "destroy", G_CALLBACK (destroyed_cb), g_object_ref (task),
                         unref_task, 0);
  if (cancellable != NULL)
    {
      question->cancellable = g_object_ref (cancellable);
      question->cancel_handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                        question, NULL);
    }
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * wd_confirm_finish:
 * @result: of the question
 * @error: never set
 *
 * Returns: whether the answer is yes
 */
gboolean
wd_confirm_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wd_confirm_number:
 * @n_subjects: how many wallets or jobs
 *
 * Returns: (transfer full): what is to be typed for so many: the number, in plain digits
 */
char *
wd_confirm_number (guint n_subjects)
{
  return g_strdup_printf ("%u", n_subjects);
}

/**
 * wd_confirm_tell:
 * @parent: a window
 * @heading: what happened
 * @body: all of it, plain text
 *
 * For what is too long or too grave for a toast; there is nothing to choose.
 */
void
wd_confirm_tell (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = wd_message_dialog_new (parent, heading, body);

  gtk_window_set_title (GTK_WINDOW (dialog), heading);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;

  if (wd_confirm_finish (result, NULL))
    gtk_window_destroy (window);
}

/**
 * wd_confirm_discard:
 * @window: where something was typed and not saved
 *
 * Asks whether it may go, and destroys @window if so.
 */
void
wd_confirm_discard (GtkWindow *window)
{
  const WdConfirmSpec spec = {
    _("Discard Changes?"), _("What was typed is not saved."), _("_Discard"), TRUE, NULL,
  };

  wd_confirm_async (window, &spec, NULL, discarded_cb, g_object_ref (window));
}

/**
 * wd_confirm_error_changed:
 *
 * Returns: (transfer full): %WD_ERROR_REFUSED, for a yes to what is no longer so
 */
GError *
wd_confirm_error_changed (void)
{
  return g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED,
                              _("What the question was about has changed meanwhile. "
                                "Look at it again."));
}
