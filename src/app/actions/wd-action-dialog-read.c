/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a dialog that does something to wallets or jobs reads of them, again and again while it is
 * on screen. */

#include "app/actions/wd-action-dialog-private.h"

#include "base/wd-error.h"

/**
 * wd_action_dialog_refresh:
 * @self: a dialog
 *
 * Reads anew. What is being asked already is not asked twice; while requests are under way they say
 * it all.
 */
void
wd_action_dialog_refresh (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  if (priv->reading == NULL && priv->run == NULL && priv->workspace != NULL)
    WD_ACTION_DIALOG_GET_CLASS (self)->look (self);
}

/**
 * wd_action_dialog_begin_reading:
 * @self: a dialog
 *
 * For subclasses: another answer than the one that is being waited for is wanted.
 *
 * Returns: (transfer none): what cancels it
 */
GCancellable *
wd_action_dialog_begin_reading (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  wd_action_dialog_stop_reading (self);
  priv->reading = g_cancellable_new ();
  return priv->reading;
}

/**
 * wd_action_dialog_stop_reading:
 * @self: a dialog
 *
 * For subclasses: no answer is waited for any more.
 */
void
wd_action_dialog_stop_reading (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  if (priv->reading != NULL)
    g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
}

/**
 * wd_action_dialog_end_reading:
 * @self: a dialog
 * @error: (transfer full) (nullable): what came instead of an answer
 *
 * For subclasses, which take the answer and call wd_action_dialog_update() then.
 *
 * Returns: whether the answer is still wanted
 */
gboolean
wd_action_dialog_end_reading (WdActionDialog *self, GError *error)
{
  WdActionDialogPrivate *priv = wd_action_dialog_get_private (self);

  if (wd_error_is_cancelled (error))
    {
      g_error_free (error);
      return FALSE;
    }
  g_clear_object (&priv->reading);
  g_clear_error (&priv->read_error);
  priv->read_error = error;
  return TRUE;
}
