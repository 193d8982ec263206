/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected rows of a table: its context menu, and what stands beside the
 * count of them. */

#include "app/common/wd-table-columns.h"
#include "app/common/wd-table-private.h"

/* The menu is about the selection; a row outside of it becomes the selection. */
static void
show_menu (WdTable *self, GtkWidget *target, double x, double y)
{
  GtkWidget *row;
  guint position = wd_table_columns_find_row (self->columns, target, &row);
  double table_x, table_y;

  if (self->menu == NULL || wd_paged_list_peek (self->list, position) == NULL)
    return;
  if (!wd_table_selection_has_row (self->selection, position))
    wd_table_selection_select_only (self->selection, position);
  if (x < 0)
    {
      x = 24;
      y = gtk_widget_get_height (row);
    }
  else
    row = GTK_WIDGET (self->view);
  gtk_widget_translate_coordinates (row, GTK_WIDGET (self), x, y, &table_x, &table_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { (int) table_x, (int) table_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
right_click_cb (WdTable *self, int n_press, double x, double y)
{
  show_menu (self, gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT), x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  show_menu (WD_TABLE (widget), gtk_root_get_focus (gtk_widget_get_root (widget)), -1, -1);
  return TRUE;
}

/**
 * wd_table_menu_install:
 * @widget_class: of #WdTable, with its template
 *
 * Binds the keys and the click that show the menu.
 */
void
wd_table_menu_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_bind_template_child (widget_class, WdTable, all_box);
  gtk_widget_class_bind_template_callback (widget_class, right_click_cb);
}

/**
 * wd_table_set_actions:
 * @self: a table without actions
 * @actions: (nullable): what stands in the bar below beside the count of selected rows
 * @all: (nullable): what stands there beside the total, for all rows that the filters let through,
 *   while none is selected or no more can be
 * @menu: context menu of the selection
 *
 * Their actions are looked up from the table upwards; Ctrl+C is `rows.copy`, and with Shift
 * `rows.copy-csv`; Ctrl+Shift+J is `rows.copy-json`.
 */
void
wd_table_set_actions (WdTable *self, GtkWidget *actions, GtkWidget *all, GMenuModel *menu)
{
  g_return_if_fail (WD_IS_TABLE (self));
  g_return_if_fail (self->menu == NULL);

  if (actions != NULL)
    gtk_box_append (GTK_BOX (self->selection_box), actions);
  if (all != NULL)
    gtk_box_append (GTK_BOX (self->all_box), all);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}
