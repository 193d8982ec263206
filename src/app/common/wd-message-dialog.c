/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-message-dialog.h"

#include <adwaita.h>

/* More than a character of either heading takes. */
#define NARROWEST 60

static void
fit_headings (GtkWidget *widget)
{
  gboolean is_large = gtk_widget_has_css_class (widget, "title-2");

  if (is_large && GTK_IS_LABEL (widget))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
    }
  if (is_large || gtk_widget_has_css_class (widget, "title-4"))
    gtk_widget_set_size_request (widget, NARROWEST, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    fit_headings (child);
}

/**
 * wd_message_dialog_new:
 * @parent: whose dialog it is
 * @heading: what it is about, plain text
 * @body: (nullable): the rest, plain text
 *
 * Adwaita's dialog asks how high its large heading is in as little room as its small one needs,
 * and GTK from 4.18 on complains where it needs more. So both can do with the same; where the large
 * one does not fit into one line, Adwaita takes the small one, as before.
 *
 * Returns: (transfer floating): an #AdwMessageDialog
 */
GtkWidget *
wd_message_dialog_new (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  fit_headings (dialog);
  return dialog;
}
