/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected wallets: in the bar below the table, in its context menu, and
 * by key. */

#include "app/wallets/wd-wallet-actions.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-copy.h"
#include "app/wallets/wd-wallet-copy.h"
#include "session/wd-row.h"

struct _WdWalletActions {
  GObject parent_instance;

  WdTable *table;                /* not owned: the page's, which owns this too */
  GtkWidget *page;               /* not owned */
  gboolean read_only;
  GSimpleActionGroup *group;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (WdWalletActions, wd_wallet_actions, G_TYPE_OBJECT)

static const WdWallet *
get_wallet (GPtrArray *rows, guint i)
{
  return wd_row_get_record (rows->pdata[i]);
}

static void
trigger_cb (GSimpleAction *action, GVariant *type, gpointer data)
{
  WdWalletActions *self = data;
  g_auto (GStrv) addresses = wd_wallet_actions_dup_addresses (self);

  gtk_widget_activate_action (self->page, "win.trigger", "(s^as)",
                              g_variant_get_string (type, NULL), addresses);
}

static void
set_flag_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdWalletActions *self = data;
  g_auto (GStrv) addresses = wd_wallet_actions_dup_addresses (self);
  const char *flag;
  gboolean value;

  g_variant_get (parameter, "(&sb)", &flag, &value);
  gtk_widget_activate_action (self->page, "win.set-flags", "(^assb)", addresses, flag, value);
}

static void
show_jobs_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdWalletActions *self = data;
  g_autoptr (GPtrArray) rows = wd_table_dup_selected (self->table);

  if (rows->len == 1)
    gtk_widget_activate_action (self->page, "win.show-wallet-jobs", "s",
                                get_wallet (rows, 0)->address);
}

static void
copy_text (WdWalletActions *self, char *(*make) (GPtrArray *rows))
{
  g_autoptr (GPtrArray) rows = wd_table_dup_selected (self->table);
  g_autofree char *text = rows->len > 0 ? make (rows) : NULL;

  if (text != NULL)
    wd_copy_set (self->page, text);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_text (data, wd_wallet_copy_rows);
}

static void
copy_addresses_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_text (data, wd_wallet_copy_addresses);
}

static void
copy_json_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_text (data, wd_wallet_copy_json);
}

static void
enable (WdWalletActions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (WdWalletActions *self)
{
  guint n = wd_table_get_n_selected (self->table);

  enable (self, "trigger", n > 0 && !self->read_only);
  enable (self, "set-flag", n > 0 && !self->read_only);
  enable (self, "show-jobs", n == 1);
  enable (self, "copy", n > 0);
  enable (self, "copy-addresses", n > 0);
  enable (self, "copy-json", n > 0);
}

static void
wd_wallet_actions_finalize (GObject *object)
{
  g_clear_object (&WD_WALLET_ACTIONS (object)->group);
  G_OBJECT_CLASS (wd_wallet_actions_parent_class)->finalize (object);
}

static void
wd_wallet_actions_class_init (WdWalletActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_wallet_actions_finalize;
}

static void
wd_wallet_actions_init (WdWalletActions *self)
{
  static const GActionEntry entries[] = {
    { .name = "trigger", .activate = trigger_cb, .parameter_type = "s" },
    { .name = "set-flag", .activate = set_flag_cb, .parameter_type = "(sb)" },
    { .name = "show-jobs", .activate = show_jobs_cb },
    { .name = "copy", .activate = copy_cb },
    { .name = "copy-addresses", .activate = copy_addresses_cb },
    { .name = "copy-json", .activate = copy_json_cb },
  };

  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries),
                                   self);
}

/* A menu in the bar cannot say why it is closed; its tooltip does. */
static void
close_menus (GtkWidget *bar)
{
  for (GtkWidget *child = gtk_widget_get_first_child (bar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      {
        gtk_widget_set_sensitive (child, FALSE);
        gtk_widget_set_tooltip_text (child, _("This connection is read-only"));
      }
}

/**
 * wd_wallet_actions_new:
 * @page: where the actions are looked up, and from where on those of the window
 * @table: of wallets
 * @workspace: whose wallets
 *
 * Returns: (transfer full): the actions of @table, which must outlive them
 */
WdWalletActions *
wd_wallet_actions_new (GtkWidget *page, WdTable *table, WdWorkspace *workspace)
{
  WdWalletActions *self = g_object_new (WD_TYPE_WALLET_ACTIONS, NULL);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
    "/org/workerdashboard/WorkerDashboard/wallets/wd-wallet-actions.ui");
  GtkWidget *bar = GTK_WIDGET (gtk_builder_get_object (builder, "bar"));

  self->page = page;
  self->table = table;
  self->read_only = wd_workspace_get_profile (workspace)->read_only;
  gtk_widget_insert_action_group (page, "rows", G_ACTION_GROUP (self->group));
  wd_table_set_actions (table, bar, G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
  if (self->read_only)
    close_menus (bar);
  g_signal_connect_object (table, "selection-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
  return self;
}

/**
 * wd_wallet_actions_dup_addresses:
 * @self: the actions of a table of wallets
 *
 * Returns: (transfer full) (array zero-terminated=1): addresses of the selected wallets
 */
char **
wd_wallet_actions_dup_addresses (WdWalletActions *self)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();

  g_return_val_if_fail (WD_IS_WALLET_ACTIONS (self), NULL);

  rows = wd_table_dup_selected (self->table);
  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (addresses, get_wallet (rows, i)->address);
  return g_strv_builder_end (addresses);
}
