/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected rows of a table: in the bar below it, in its context menu, and
 * by key. What that is, is the subclass's. */

#include "app/common/wd-row-actions.h"

#include "app/common/wd-copy.h"
#include "app/common/wd-lack.h"

typedef struct {
  WdTable *table;                /* not owned: the page's, which owns this too */
  GtkWidget *page;               /* not owned */
  WdWorkspace *workspace;        /* (owned) (nullable): once it is set up */
  GSimpleActionGroup *group;     /* (owned) */
} WdRowActionsPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WdRowActions, wd_row_actions, G_TYPE_OBJECT)

static WdRowActionsPrivate *
get_private (WdRowActions *self)
{
  return wd_row_actions_get_instance_private (self);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdRowActions *self = data;
  WdRowActionsClass *klass = WD_ROW_ACTIONS_GET_CLASS (self);
  g_autoptr (GPtrArray) rows = wd_row_actions_dup_rows (self);

  for (guint i = 0; rows->len > 0 && i < klass->n_copies; i++)
    if (g_strcmp0 (klass->copies[i].name, g_action_get_name (G_ACTION (action))) == 0)
      {
        g_autofree char *text = klass->copies[i].make (rows);

        wd_copy_set (get_private (self)->page, text);
      }
}

static void
wd_row_actions_constructed (GObject *object)
{
  WdRowActionsClass *klass = WD_ROW_ACTIONS_GET_CLASS (object);

  G_OBJECT_CLASS (wd_row_actions_parent_class)->constructed (object);
  for (guint i = 0; i < klass->n_copies; i++)
    wd_row_actions_add (WD_ROW_ACTIONS (object),
                        &(GActionEntry) { .name = klass->copies[i].name, .activate = copy_cb }, 1);
}

static void
wd_row_actions_finalize (GObject *object)
{
  g_object_unref (get_private (WD_ROW_ACTIONS (object))->group);
  g_clear_object (&get_private (WD_ROW_ACTIONS (object))->workspace);
  G_OBJECT_CLASS (wd_row_actions_parent_class)->finalize (object);
}

static void
wd_row_actions_class_init (WdRowActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wd_row_actions_constructed;
  G_OBJECT_CLASS (klass)->finalize = wd_row_actions_finalize;
}

static void
wd_row_actions_init (WdRowActions *self)
{
  get_private (self)->group = g_simple_action_group_new ();
}

/**
 * wd_row_actions_add:
 * @self: actions
 * @entries: (array length=n_entries): further ones; their data is @self
 * @n_entries: how many
 *
 * For subclasses.
 */
void
wd_row_actions_add (WdRowActions *self, const GActionEntry *entries, int n_entries)
{
  g_return_if_fail (WD_IS_ROW_ACTIONS (self));

  g_action_map_add_action_entries (G_ACTION_MAP (get_private (self)->group), entries, n_entries,
                                   self);
}

/**
 * wd_row_actions_set_up:
 * @self: new actions
 * @page: where they are looked up, and from where on those of the window
 * @table: whose rows; must outlive them
 * @workspace: whose rows those are
 * @resource: of a `.ui` file with `bar`, what stands below the table, `menu`, and perhaps `all`
 *
 * For subclasses.
 *
 * Returns: (transfer none): what stands below the table
 */
GtkWidget *
wd_row_actions_set_up (WdRowActions *self, GtkWidget *page, WdTable *table,
                       WdWorkspace *workspace, const char *resource)
{
  WdRowActionsPrivate *priv = get_private (self);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (resource);
  GtkWidget *bar = GTK_WIDGET (gtk_builder_get_object (builder, "bar"));
  GtkWidget *all = (GtkWidget *) gtk_builder_get_object (builder, "all");

  g_return_val_if_fail (WD_IS_ROW_ACTIONS (self), NULL);

  priv->page = page;
  priv->table = table;
  priv->workspace = g_object_ref (workspace);
  if (all != NULL)
    wd_lack_follow (all, workspace, WD_ABILITY_BULK);
  gtk_widget_insert_action_group (page, "rows", G_ACTION_GROUP (priv->group));
  wd_table_set_actions (table, bar,
                        wd_workspace_get_profile (workspace)->read_only ? NULL : all,
                        G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
  g_signal_connect_object (table, "selection-changed", G_CALLBACK (wd_row_actions_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_workspace_get_backend (workspace), "abilities-changed",
                           G_CALLBACK (wd_row_actions_update), self, G_CONNECT_SWAPPED);
  return bar;
}

/**
 * wd_row_actions_get_lack:
 * @self: actions
 *
 * Returns: (transfer none) (nullable): why nothing may be changed, or %NULL where it may
 */
const char *
wd_row_actions_get_lack (WdRowActions *self)
{
  g_return_val_if_fail (WD_IS_ROW_ACTIONS (self), NULL);

  return wd_lack_get (get_private (self)->workspace, WD_ABILITY_WRITE);
}

/**
 * wd_row_actions_dup_rows:
 * @self: actions
 *
 * Returns: (transfer full) (element-type WdRow): the selected rows, from top to bottom
 */
GPtrArray *
wd_row_actions_dup_rows (WdRowActions *self)
{
  g_return_val_if_fail (WD_IS_ROW_ACTIONS (self), NULL);

  return wd_table_dup_selected (get_private (self)->table);
}

/**
 * wd_row_actions_get_page:
 * @self: actions
 *
 * Returns: (transfer none): the page, from where the window's actions are found
 */
GtkWidget *
wd_row_actions_get_page (WdRowActions *self)
{
  g_return_val_if_fail (WD_IS_ROW_ACTIONS (self), NULL);

  return get_private (self)->page;
}

/**
 * wd_row_actions_enable:
 * @self: actions
 * @name: of one of them
 * @enabled: whether it can be done now
 */
void
wd_row_actions_enable (WdRowActions *self, const char *name, gboolean enabled)
{
  GAction *action;

  g_return_if_fail (WD_IS_ROW_ACTIONS (self));

  action = g_action_map_lookup_action (G_ACTION_MAP (get_private (self)->group), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * wd_row_actions_update:
 * @self: actions that are set up
 *
 * Enables what can be done with the rows that are selected now.
 */
void
wd_row_actions_update (WdRowActions *self)
{
  WdRowActionsClass *klass = WD_ROW_ACTIONS_GET_CLASS (self);
  g_autoptr (GPtrArray) rows = wd_row_actions_dup_rows (self);

  for (guint i = 0; i < klass->n_copies; i++)
    wd_row_actions_enable (self, klass->copies[i].name, rows->len > 0);
  klass->update (self, rows);
}
