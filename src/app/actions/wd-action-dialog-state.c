/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* State of a dialog that does something to wallets or jobs, to its widgets. */

#include "app/actions/wd-action-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

static WdSubject *
peek_subject (WdActionDialogPrivate *priv, guint i)
{
  g_autoptr (WdSubject) subject = g_list_model_get_item (G_LIST_MODEL (priv->subjects), i);

  /* The store holds it. */
  return subject;
}

/**
 * wd_action_dialog_collect:
 * @priv: state of a dialog
 *
 * Returns: (transfer full) (element-type WdSubject): those the button is about now
 */
GPtrArray *
wd_action_dialog_collect (WdActionDialogPrivate *priv)
{
  GPtrArray *subjects = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects));

  for (guint i = 0; i < n; i++)
    if (wd_subject_may_go (peek_subject (priv, i)))
      g_ptr_array_add (subjects, g_object_ref (peek_subject (priv, i)));
  return subjects;
}

static guint
count_open (WdActionDialogPrivate *priv)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects));
  guint n_open = 0;

  for (guint i = 0; i < n; i++)
    n_open += wd_subject_is_open (peek_subject (priv, i));
  return n_open;
}

static void
enable (WdActionDialogPrivate *priv, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (priv->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * wd_action_dialog_update_progress:
 * @priv: state of a dialog
 *
 * How far its requests are, once there is something to say about that.
 */
void
wd_action_dialog_update_progress (WdActionDialogPrivate *priv)
{
  g_autofree char *tried = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  if (priv->run == NULL)
    {
      wd_sending_row_end (priv->sending);
      return;
    }
  tried = wd_text_count (wd_action_run_get_n_tried (priv->run));
  all = wd_text_count (wd_action_run_get_n_subjects (priv->run));
  if (priv->stopping)
    text = g_strdup (_("Stopping: waiting to learn what was done"));
  else if (wd_action_run_get_n_subjects (priv->run) > WD_ACTION_RUN_BATCH)
    /* TRANSLATORS: such as “Sending: 200 of 1 000 answered” */
    text = g_strdup_printf (_("Sending: %s of %s answered"), tried, all);
  else
    text = g_strdup (_("Sending: waiting for an answer"));
  wd_sending_row_set_text (priv->sending, text);
}

static gboolean
is_doubtful (WdActionDialogPrivate *priv)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects));

  for (guint i = 0; i < n; i++)
    if (wd_subject_get_state (peek_subject (priv, i)) == WD_SUBJECT_UNKNOWN)
      return TRUE;
  return FALSE;
}

static void
update_trouble (WdActionDialog *self, WdActionDialogPrivate *priv)
{
  g_autofree char *details = NULL;

  /* The rows say by now what became of it. */
  if (g_error_matches (priv->error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME) && !is_doubtful (priv))
    g_clear_error (&priv->error);
  if (priv->error != NULL)
    {
      details = wd_format_visible (priv->error->message, 1024);
      wd_banner_show (priv->banner,
                      g_error_matches (priv->error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME)
                        ? _("It is not known whether this was written. It is being looked up; do "
                            "not send it again.")
                        : priv->n_done > 0
                          ? _("It stopped half way. What was done is marked below; the rest was "
                              "not written.")
                          : _("Nothing was written."),
                      details, TRUE);
    }
  else if (priv->read_error != NULL)
    {
      details = wd_format_visible (priv->read_error->message, 512);
      wd_banner_show (priv->banner, _(WD_ACTION_DIALOG_GET_CLASS (self)->unreadable), details,
                      FALSE);
    }
  else if (priv->trouble != NULL)
    wd_banner_show (priv->banner, priv->trouble, priv->trouble_details, FALSE);
  else
    wd_banner_hide (priv->banner);
}

static void
update_buttons (WdActionDialog *self, WdActionDialogPrivate *priv)
{
  WdActionDialogClass *klass = WD_ACTION_DIALOG_GET_CLASS (self);
  g_autoptr (GPtrArray) subjects = wd_action_dialog_collect (priv);
  g_autofree char *label = klass->describe_go (self, subjects->len);
  gboolean busy = priv->run != NULL || priv->asking;
  gboolean nothing_left = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects)) > 0
                          && count_open (priv) == 0;

  /* A list asks for the height of rows whose text does not wrap; a doubt has more to say. */
  gtk_widget_set_valign (priv->scroller, is_doubtful (priv) ? GTK_ALIGN_FILL : GTK_ALIGN_START);
  gtk_widget_set_visible (priv->scroller,
                          g_list_model_get_n_items (G_LIST_MODEL (priv->subjects)) > 0);
  gtk_button_set_label (priv->go, label);
  gtk_button_set_label (priv->cancel, nothing_left ? _("_Close") : _("_Cancel"));
  enable (priv, "go",
          subjects->len > 0 && !busy && priv->trouble == NULL && priv->read_error == NULL
            && klass->is_ready (self));
  enable (priv, "remove", !busy);
  enable (priv, "stop", priv->run != NULL && !priv->stopping);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->cancel), priv->run == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->body), priv->run == NULL);
}

/**
 * wd_action_dialog_update:
 * @self: a dialog
 *
 * State to widgets, those of the subclass first.
 */
void
wd_action_dialog_update (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  if (priv->workspace == NULL)
    return;
  priv->updating = TRUE;
  WD_ACTION_DIALOG_GET_CLASS (self)->update (self);
  priv->updating = FALSE;
  update_trouble (self, priv);
  update_buttons (self, priv);
  wd_action_dialog_update_progress (priv);
}
