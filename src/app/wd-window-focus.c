/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* F6: from one part of the window to the next. The parts are the widgets of style class `pane`
 * that are on screen, in the order of the window: sidebar, filters, table, bar. */

#include "app/wd-window-private.h"

static void
add_panes (GPtrArray *panes, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (gtk_widget_has_css_class (widget, "pane"))
    {
      g_ptr_array_add (panes, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_panes (panes, child);
}

/* A page without parts is one itself. */
static GPtrArray *
find_panes (WdWindow *self)
{
  g_autoptr (GPtrArray) panes = g_ptr_array_new ();
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);
  guint n_others;

  add_panes (panes, GTK_WIDGET (self->sidebar));
  n_others = panes->len;
  if (page != NULL)
    {
      add_panes (panes, page);
      if (panes->len == n_others && gtk_widget_get_mapped (page))
        g_ptr_array_add (panes, page);
    }
  return g_steal_pointer (&panes);
}

static int
find_focused (WdWindow *self, GPtrArray *panes)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  for (guint i = 0; focus != NULL && i < panes->len; i++)
    if (focus == panes->pdata[i] || gtk_widget_is_ancestor (focus, panes->pdata[i]))
      return (int) i;
  return -1;
}

/**
 * wd_window_cycle_focus:
 * @self: a window
 * @forward: else back
 *
 * Puts the keyboard into the next part of the window that can have it.
 */
void
wd_window_cycle_focus (WdWindow *self, gboolean forward)
{
  g_autoptr (GPtrArray) panes = find_panes (self);
  int n_panes = (int) panes->len;
  int step = forward ? 1 : -1;
  int at = find_focused (self, panes);

  if (at < 0 && !forward)
    at = 0;
  for (int i = 0; i < n_panes; i++)
    {
      at = (at + step + n_panes) % n_panes;
      if (gtk_widget_child_focus (panes->pdata[at], GTK_DIR_TAB_FORWARD))
        break;
    }
  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
}
