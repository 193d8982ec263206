/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Toasts that lead to what was done. They outlast a change of the connection: what they show is
 * looked up where it was done, and nowhere else. */

#include <glib/gi18n-lib.h>

#include "app/wd-window-private.h"

typedef struct {
  WdWindow *window;          /* (weak) (nullable) */
  WdWorkspace *workspace;    /* (owned) */
  char *action;              /* (owned) */
  GVariant *target;          /* (owned) */
} Show;

static void
free_show (gpointer data, GClosure *closure)
{
  Show *show = data;

  g_clear_weak_pointer (&show->window);
  g_object_unref (show->workspace);
  g_free (show->action);
  g_variant_unref (show->target);
  g_free (show);
}

static void
show_cb (AdwToast *toast, gpointer data)
{
  Show *show = data;

  if (show->window != NULL && wd_window_go_to (show->window, show->workspace))
    gtk_widget_activate_action_variant (GTK_WIDGET (show->window), show->action, show->target);
}

/**
 * wd_window_toast:
 * @self: a window
 * @text: what happened, in a sentence; plain text
 *
 * Returns: (transfer none): the toast that says so, which may be given a button at once
 */
AdwToast *
wd_window_toast (WdWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_return_val_if_fail (WD_IS_WINDOW (self), NULL);

  adw_toast_set_title (toast, escaped);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}

/**
 * wd_window_toast_lasting:
 * @self: a window
 * @button: with its mnemonic
 *
 * In front of whatever toast is shown, which comes back after it.
 *
 * Returns: (transfer none): an empty toast that stays until it is dismissed or its button pressed
 */
AdwToast *
wd_window_toast_lasting (WdWindow *self, const char *button)
{
  AdwToast *toast = adw_toast_new ("");

  g_return_val_if_fail (WD_IS_WINDOW (self), NULL);

  /* The overlay heeds neither once it has it. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, button);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}

/**
 * wd_window_toast_done:
 * @self: a window
 * @text: what was done, in a sentence; plain text
 * @workspace: where
 * @action: of the window
 * @target: (transfer floating): what @action is to show of it
 *
 * Says so for ten seconds, with a button that shows it; another connection that is shown by then
 * makes room.
 */
void
wd_window_toast_done (WdWindow *self, const char *text, WdWorkspace *workspace, const char *action,
                      GVariant *target)
{
  AdwToast *toast = wd_window_toast (self, text);
  Show *show = g_new0 (Show, 1);

  g_set_weak_pointer (&show->window, self);
  show->workspace = g_object_ref (workspace);
  show->action = g_strdup (action);
  show->target = g_variant_ref_sink (target);
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_button_label (toast, _("Show"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_cb), show, free_show, 0);
}
