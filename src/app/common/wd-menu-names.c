/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK says that an item of a menu is labelled by its text, but keeps that text from assistive
 * technology: from 4.18 on an item so has no name at all. Menus are made by GTK of models, in many
 * places, so their items are given names when one is shown, whichever it is. */

#include "app/common/wd-menu-names.h"

#include "app/common/wd-name.h"

static const char *
find_text (GtkWidget *item)
{
  for (GtkWidget *child = gtk_widget_get_first_child (item); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LABEL (child))
        return gtk_label_get_text (GTK_LABEL (child));
    }
  return NULL;
}

static void
name_items (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *text = NULL;

      if (g_strcmp0 (gtk_widget_get_css_name (child), "modelbutton") == 0)
        text = find_text (child);
      if (text != NULL && *text != '\0')
        wd_name_set (child, text);
      else
        name_items (child);
    }
}

static gboolean
shown_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (GTK_IS_POPOVER_MENU (widget))
    name_items (widget);
  return TRUE;
}

/**
 * wd_menu_names_install:
 *
 * Gives the items of all menus names, from now on. To be called once.
 */
void
wd_menu_names_install (void)
{
  g_autoptr (GTypeClass) widget_class = g_type_class_ref (GTK_TYPE_WIDGET);

  g_assert (widget_class != NULL);
  g_signal_add_emission_hook (g_signal_lookup ("show", GTK_TYPE_WIDGET), 0, shown_cb, NULL, NULL);
}
