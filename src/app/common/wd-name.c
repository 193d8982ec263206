/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-name.h"

/**
 * wd_name_set:
 * @widget: a control that has a text, or none
 * @name: what it is called for those who cannot see where it stands, translated
 *
 * Gives it an accessible name of its own. From GTK 4.12 on the text of a button is what it is
 * called as long as it is said to label it, which setting the text does: so this comes after. In a
 * row that is an entry it is the entry that has the focus, so that gets the name as well.
 */
void
wd_name_set (GtkWidget *widget, const char *name)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  GtkEditable *inner = GTK_IS_EDITABLE (widget) ? gtk_editable_get_delegate (GTK_EDITABLE (widget))
                                                : NULL;

  gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (inner != NULL && GTK_WIDGET (inner) != widget)
    wd_name_set (GTK_WIDGET (inner), name);
}
