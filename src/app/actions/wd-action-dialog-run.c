/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The requests of a dialog that does something to wallets or jobs: the question before them, what
 * each answer says of its subjects, and what is told at the end. */

#include "app/actions/wd-action-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-confirm.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

/**
 * wd_action_dialog_tell_done:
 * @self: a dialog
 * @priv: its state
 *
 * Tells in the window below what was done, once that can be seen.
 */
void
wd_action_dialog_tell_done (WdActionDialog *self, WdActionDialogPrivate *priv)
{
  WdActionDialogClass *klass = WD_ACTION_DIALOG_GET_CLASS (self);
  gboolean is_one = priv->n_done == 1 && priv->done_job != NULL;
  g_autofree char *text = NULL;
  GVariant *target;

  if (priv->n_done == 0 || priv->window == NULL)
    return;
  text = klass->describe_done (self, priv->n_done, priv->n_undelivered);
  target = is_one ? g_variant_new_string (priv->done_job)
                  : g_variant_new ("(ss)",
                                   klass->get_job_type != NULL ? klass->get_job_type (self) : "",
                                   "");
  wd_window_toast_done (priv->window, text, priv->workspace,
                        is_one ? "win.show-job" : "win.show-jobs", target);
}

/**
 * wd_action_dialog_leave:
 * @self: a dialog
 *
 * Tells what was done, and closes it.
 */
void
wd_action_dialog_leave (WdActionDialog *self)
{
  wd_action_dialog_tell_done (self, wd_action_dialog_get_private (self));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
settle_failed (WdActionDialogPrivate *priv, const GError *error)
{
  gboolean unknown = g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);
  char **keys = wd_action_run_get_failed (priv->run);

  for (; keys != NULL && *keys != NULL; keys++)
    {
      WdSubject *subject = g_hash_table_lookup (priv->by_key, *keys);

      if (subject == NULL || wd_subject_get_state (subject) != WD_SUBJECT_SENDING)
        continue;
      if (unknown)
        wd_subject_settle (subject, WD_SUBJECT_UNKNOWN, _("Not known whether it was written"),
                           NULL);
      else
        wd_subject_settle (subject, WD_SUBJECT_READY, NULL, NULL);
    }
}

/* Whatever a run did not come to is as before. */
static void
reopen_rest (WdActionDialogPrivate *priv)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdSubject) subject = g_list_model_get_item (G_LIST_MODEL (priv->subjects), i);

      if (wd_subject_get_state (subject) == WD_SUBJECT_SENDING)
        wd_subject_settle (subject, WD_SUBJECT_READY, NULL, NULL);
    }
}

static void
finished_cb (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  const GError *error = wd_action_run_get_error (priv->run);
  gboolean whole = error == NULL && priv->n_refused == 0
                   && wd_action_run_get_n_tried (priv->run)
                        == wd_action_run_get_n_subjects (priv->run);

  g_clear_error (&priv->error);
  if (error != NULL && !wd_error_is_cancelled (error))
    priv->error = g_error_copy (error);
  if (error != NULL)
    settle_failed (priv, error);
  reopen_rest (priv);
  g_signal_handlers_disconnect_by_data (priv->run, self);
  g_clear_object (&priv->run);
  priv->stopping = FALSE;
  wd_workspace_refresh (priv->workspace);
  if (whole && priv->n_done > 0)
    wd_action_dialog_leave (self);
  else
    wd_action_dialog_update (self);
}

static void
settle_job (WdSubject *subject, const WdJobOutcome *outcome)
{
  const char *written = _("Written, but not known to be in its queue: it stands under Undelivered "
                          "Jobs. Do not send it again.");
  g_autofree char *note = outcome->note != NULL ? wd_format_visible (outcome->note, 512) : NULL;
  g_autofree char *both = note != NULL ? g_strdup_printf ("%s (%s)", written, note) : NULL;

  if (outcome->delivered)
    wd_subject_settle (subject, WD_SUBJECT_DONE, note != NULL ? note : _("Queued"),
                       outcome->job->id);
  else
    wd_subject_settle (subject, WD_SUBJECT_UNDELIVERED, both != NULL ? both : written,
                       outcome->job->id);
}

static void
result_cb (WdActionDialog *self, gpointer data)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  WdActionDialogClass *klass = WD_ACTION_DIALOG_GET_CLASS (self);
  const WdActionResult *result = data;

  for (guint i = 0; i < result->done->len; i++)
    {
      const WdJobOutcome *outcome = result->done->pdata[i];
      WdSubject *subject = g_hash_table_lookup (priv->by_key, klass->get_key (outcome->job));

      priv->n_done++;
      priv->n_undelivered += !outcome->delivered;
      g_free (priv->done_job);
      priv->done_job = g_strdup (outcome->job->id);
      if (subject != NULL)
        settle_job (subject, outcome);
    }
  for (guint i = 0; i < result->refused->len; i++)
    {
      const WdRefusal *refusal = result->refused->pdata[i];
      WdSubject *subject = g_hash_table_lookup (priv->by_key, refusal->subject);
      g_autofree char *text = wd_format_visible (refusal->error->message, 512);
      gboolean unknown = g_error_matches (refusal->error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);

      priv->n_refused++;
      if (subject != NULL)
        wd_subject_settle (subject, unknown ? WD_SUBJECT_UNKNOWN : WD_SUBJECT_REFUSED, text,
                           refusal->job_log_id);
    }
  wd_action_dialog_update (self);
}

static void
start (WdActionDialog *self, GPtrArray *subjects)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  g_clear_error (&priv->error);
  /* GTK's entries complain when they cannot be typed into while they have the focus. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  priv->n_refused = 0;
  priv->run = wd_action_run_new (wd_workspace_get_backend (priv->workspace));
  g_signal_connect_object (priv->run, "result", G_CALLBACK (result_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->run, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  WD_ACTION_DIALOG_GET_CLASS (self)->add_requests (self, priv->run, subjects);
  for (guint i = 0; i < subjects->len; i++)
    wd_subject_settle (subjects->pdata[i], WD_SUBJECT_SENDING, NULL, NULL);
  wd_sending_row_begin (priv->sending);
  wd_action_dialog_update (self);
  wd_action_run_start (priv->run);
}

/* Who typed a number meant the subjects it stood for, and what was known of them. */
static gboolean
is_still_meant (WdActionDialogPrivate *priv, GPtrArray *asked)
{
  g_autoptr (GPtrArray) subjects = wd_action_dialog_collect (priv);

  if (subjects->len != asked->len || priv->read_error != NULL || priv->trouble != NULL)
    return FALSE;
  for (guint i = 0; i < subjects->len; i++)
    if (!g_ptr_array_find (asked, subjects->pdata[i], NULL))
      return FALSE;
  return TRUE;
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdActionDialog) self = WD_ACTION_DIALOG (data);
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  gboolean yes = wd_confirm_finish (result, NULL);
  g_autoptr (GPtrArray) asked = g_steal_pointer (&priv->asked);

  if (priv->workspace == NULL)
    return;
  priv->asking = FALSE;
  g_clear_object (&priv->question);
  if (yes && priv->run == NULL && is_still_meant (priv, asked)
      && WD_ACTION_DIALOG_GET_CLASS (self)->is_ready (self))
    {
      start (self, asked);
      return;
    }
  if (yes)
    {
      g_clear_error (&priv->error);
      priv->error = wd_confirm_error_changed ();
    }
  wd_action_dialog_update (self);
}

/* @subjects: (transfer full) */
static void
ask (WdActionDialog *self, GPtrArray *subjects)
{
  guint n_subjects = subjects->len;
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  WdActionDialogClass *klass = WD_ACTION_DIALOG_GET_CLASS (self);
  g_autofree char *typed = wd_confirm_number (n_subjects);
  g_autofree char *heading = klass->describe_question (self, n_subjects);
  g_autofree char *action = klass->describe_go (self, n_subjects);
  g_autofree char *name
    = wd_format_visible (wd_workspace_get_profile (priv->workspace)->name, 64);
  g_autofree char *body = g_strdup_printf (_("“%s” is a production connection."), name);

  priv->asking = TRUE;
  priv->asked = subjects;
  priv->question = g_cancellable_new ();
  wd_confirm_async (GTK_WINDOW (self),
                    &(WdConfirmSpec) { heading, body, action, FALSE, typed },
                    priv->question, confirmed_cb, g_object_ref (self));
  wd_action_dialog_update (self);
}

/**
 * wd_action_dialog_begin:
 * @self: a dialog
 *
 * Sends requests for what the button is about, after a question where the connection asks one.
 */
void
wd_action_dialog_begin (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);
  g_autoptr (GPtrArray) subjects = wd_action_dialog_collect (priv);

  if (subjects->len == 0 || priv->run != NULL || priv->asking)
    return;
  if (wd_workspace_get_profile (priv->workspace)->production && subjects->len > WD_CONFIRM_FREELY)
    ask (self, g_steal_pointer (&subjects));
  else
    start (self, subjects);
}
