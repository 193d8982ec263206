/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-first-focus.h"

static void
shown_cb (GtkWidget *button)
{
  gtk_widget_set_can_focus (button, TRUE);
}

/**
 * wd_first_focus_skip:
 * @window: a dialog that is not shown yet
 * @button: in its header, before what one begins with
 *
 * The toolkit gives the first focus to the first thing that can have it. One that is grabbed before
 * a dialog is on screen hides the dialog from assistive technology in GTK 4.8, so @button cannot
 * have it until then.
 */
void
wd_first_focus_skip (GtkWindow *window, GtkWidget *button)
{
  gtk_widget_set_can_focus (button, FALSE);
  g_signal_connect_object (window, "show", G_CALLBACK (shown_cb), button,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
