/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-focus.h"

static void
shown_cb (GtkWidget *button)
{
  gtk_widget_set_can_focus (button, TRUE);
}

/**
 * wd_focus_skip_first:
 * @window: a dialog that is not shown yet
 * @button: in its header, before what one begins with
 *
 * The toolkit gives the first focus to the first thing that can have it. One that is grabbed before
 * a dialog is on screen hides the dialog from assistive technology in GTK 4.8, so @button cannot
 * have it until then.
 */
void
wd_focus_skip_first (GtkWindow *window, GtkWidget *button)
{
  gtk_widget_set_can_focus (button, FALSE);
  g_signal_connect_object (window, "show", G_CALLBACK (shown_cb), button,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/**
 * wd_focus_put_aside:
 * @window: a dialog
 * @button: gets the focus
 *
 * Before entries are put out of use: one that has the focus then never learns that it lost it.
 */
void
wd_focus_put_aside (GtkWindow *window, GtkWidget *button)
{
  GWeakRef *before = g_new0 (GWeakRef, 1);

  g_weak_ref_init (before, gtk_window_get_focus (window));
  g_object_set_data_full (G_OBJECT (window), "wd-focus", before, free_weak_ref);
  gtk_widget_grab_focus (button);
}

/**
 * wd_focus_take_back:
 * @window: a dialog after wd_focus_put_aside()
 *
 * Gives the focus to what had it, where that is still there.
 */
void
wd_focus_take_back (GtkWindow *window)
{
  GWeakRef *before = g_object_get_data (G_OBJECT (window), "wd-focus");
  g_autoptr (GtkWidget) focus = before != NULL ? g_weak_ref_get (before) : NULL;

  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}
