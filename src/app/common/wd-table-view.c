/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns and order of a table as a view has them, and back. */

#include "app/common/wd-table-private.h"

/**
 * wd_table_set_views_menu:
 * @self: a table
 * @menu: of views, for a button in the bar below; its actions are looked up from there upwards
 */
void
wd_table_set_views_menu (WdTable *self, GMenuModel *menu)
{
  g_return_if_fail (WD_IS_TABLE (self));

  gtk_menu_button_set_menu_model (self->views_button, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->views_button), TRUE);
}

/**
 * wd_table_show_view:
 * @self: a table
 * @columns: (nullable): columns and order of a view, which nobody's own are touched by; %NULL goes
 *   back to those
 * @filter: (nullable): for its list; copied; %NULL leaves the rows, for @columns that are in force
 *   already
 *
 * Shows what passes @filter, from the top. Emits no "layout-changed".
 */
void
wd_table_show_view (WdTable *self, WdColumnLayout *columns, gconstpointer filter)
{
  gboolean ascending;
  WdSort sort;

  g_return_if_fail (WD_IS_TABLE (self));

  sort = wd_table_layout_show (self->layout, columns, self->spec, &ascending);
  if (filter == NULL)
    return;
  wd_table_sort_show (self->sort, sort, ascending);
  wd_table_set_filter (self, filter);
}

/**
 * wd_table_get_layout:
 * @self: a table
 *
 * Returns: (transfer none): its columns and its order as they are now
 */
WdColumnLayout *
wd_table_get_layout (WdTable *self)
{
  g_return_val_if_fail (WD_IS_TABLE (self), NULL);

  return wd_table_layout_get (self->layout);
}
