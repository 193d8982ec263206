/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu "Sort By", and the headers of columns by which so many rows cannot be sorted: these say
 * why. */

#include "app/common/wd-table-private.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"

#define GROUP "order"

static char *
get_action_name (const WdColumnSpec *spec)
{
  return g_strdup_printf ("by-%d", spec->sort);
}

static void
change_cb (GSimpleAction *action, GVariant *parameter, WdTable *self)
{
  const char *name = g_action_get_name (G_ACTION (action));
  gboolean ascending;
  WdSort sort = wd_table_sort_get (self->sort, &ascending);

  if (g_str_equal (name, "ascending") || g_str_equal (name, "descending"))
    wd_table_sort_set (self->sort, sort, g_str_equal (name, "ascending"));
  else
    wd_table_sort_set (self->sort, (WdSort) g_ascii_strtoll (name + strlen ("by-"), NULL, 10),
                       ascending);
}

static void
add_choice (WdTable *self, GMenu *menu, const char *label, const char *name)
{
  g_autoptr (GSimpleAction) action =
    g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (FALSE));
  g_autofree char *detailed = g_strconcat (GROUP ".", name, NULL);

  g_signal_connect_object (action, "activate", G_CALLBACK (change_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->order_actions), G_ACTION (action));
  g_menu_append (menu, label, detailed);
}

static void
update_choice (WdTable *self, const char *name, gboolean is_on, gboolean can)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->order_actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (is_on));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can);
}

/* Returns: (transfer none) (nullable): the header of a column; where GTK builds it otherwise there
 * is none */
static GtkWidget *
find_header (WdTable *self, guint index)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < index && title != NULL; i++)
    title = gtk_widget_get_next_sibling (title);
  return title;
}

static void
update_header (WdTable *self, guint index, gboolean can)
{
  GtkWidget *title = find_header (self, index);
  g_autofree char *most = wd_text_count (WD_PAGE_SORT_MAX);
  g_autofree char *reason = g_strdup_printf (
    /* TRANSLATORS: the number is 100 000 */
    _("No index sorts by this column, and more than %s rows match: filter further to sort by it"),
    most);

  if (title == NULL || gtk_widget_get_sensitive (title) == can)
    return;
  gtk_widget_set_sensitive (title, can);
  gtk_widget_set_tooltip_text (title, can ? NULL : reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  can ? "" : reason, -1);
}

/**
 * wd_table_order_set_up:
 * @self: a table with columns and an order
 *
 * Makes the menu.
 */
void
wd_table_order_set_up (WdTable *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) columns = g_menu_new ();
  g_autoptr (GMenu) directions = g_menu_new ();

  self->order_actions = G_ACTION_GROUP (g_simple_action_group_new ());
  for (guint i = 0; i < self->columns->len; i++)
    {
      const WdColumnSpec *spec = wd_table_column_get_spec (self->columns->pdata[i]);
      g_autofree char *name = get_action_name (spec);

      if (spec->sort != WD_SORT_NONE)
        add_choice (self, columns, _(spec->title), name);
    }
  add_choice (self, directions, _("Smallest or Oldest First"), "ascending");
  add_choice (self, directions, _("Greatest or Newest First"), "descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (columns));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (directions));
  gtk_widget_insert_action_group (GTK_WIDGET (self), GROUP, self->order_actions);
  gtk_menu_button_set_menu_model (self->sort_button, G_MENU_MODEL (menu));
  wd_table_order_update (self);
}

/**
 * wd_table_order_update:
 * @self: a table
 *
 * State to widgets: which orders there are, and which one it has.
 */
void
wd_table_order_update (WdTable *self)
{
  gboolean ascending;
  WdSort sort = wd_table_sort_get (self->sort, &ascending);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const WdColumnSpec *spec = wd_table_column_get_spec (self->columns->pdata[i]);
      g_autofree char *name = get_action_name (spec);
      gboolean can;

      if (spec->sort == WD_SORT_NONE)
        continue;
      can = spec->sort == (int) sort || wd_paged_list_can_sort (self->list, (WdSort) spec->sort);
      update_choice (self, name, spec->sort == (int) sort, can);
      update_header (self, i, can);
    }
  update_choice (self, "ascending", ascending, TRUE);
  update_choice (self, "descending", !ascending, TRUE);
}
