/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected wallets. */

#include "app/wallets/wd-wallet-actions.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-lack.h"
#include "app/wallets/wd-wallet-copy.h"
#include "session/wd-row.h"

struct _WdWalletActions {
  WdRowActions parent_instance;
};

G_DEFINE_FINAL_TYPE (WdWalletActions, wd_wallet_actions, WD_TYPE_ROW_ACTIONS)

static const WdWallet *
get_wallet (GPtrArray *rows, guint i)
{
  return wd_row_get_record (rows->pdata[i]);
}

static void
trigger_cb (GSimpleAction *action, GVariant *type, gpointer data)
{
  g_auto (GStrv) addresses = wd_wallet_actions_dup_addresses (data);

  gtk_widget_activate_action (wd_row_actions_get_page (data), "win.trigger", "(s^as)",
                              g_variant_get_string (type, NULL), addresses);
}

static void
set_flag_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_auto (GStrv) addresses = wd_wallet_actions_dup_addresses (data);
  const char *flag;
  gboolean value;

  g_variant_get (parameter, "(&sb)", &flag, &value);
  gtk_widget_activate_action (wd_row_actions_get_page (data), "win.set-flags", "(^assb)", addresses,
                              flag, value);
}

static void
show_jobs_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GPtrArray) rows = wd_row_actions_dup_rows (data);

  if (rows->len == 1)
    gtk_widget_activate_action (wd_row_actions_get_page (data), "win.show-wallet-jobs", "s",
                                get_wallet (rows, 0)->address);
}

static void
wd_wallet_actions_update (WdRowActions *actions, GPtrArray *rows)
{
  gboolean can_change = rows->len > 0 && wd_row_actions_get_lack (actions) == NULL;

  wd_row_actions_enable (actions, "trigger", can_change);
  wd_row_actions_enable (actions, "set-flag", can_change);
  wd_row_actions_enable (actions, "show-jobs", rows->len == 1);
}

static void
wd_wallet_actions_class_init (WdWalletActionsClass *klass)
{
  static const WdCopyAction copies[] = {
    { "copy", wd_wallet_copy_rows },
    { "copy-addresses", wd_wallet_copy_addresses },
    { "copy-csv", wd_wallet_copy_csv },
    { "copy-json", wd_wallet_copy_json },
  };
  WdRowActionsClass *actions_class = WD_ROW_ACTIONS_CLASS (klass);

  actions_class->copies = copies;
  actions_class->n_copies = G_N_ELEMENTS (copies);
  actions_class->update = wd_wallet_actions_update;
}

static void
wd_wallet_actions_init (WdWalletActions *self)
{
  static const GActionEntry entries[] = {
    { .name = "trigger", .activate = trigger_cb, .parameter_type = "s" },
    { .name = "set-flag", .activate = set_flag_cb, .parameter_type = "(sb)" },
    { .name = "show-jobs", .activate = show_jobs_cb },
  };

  wd_row_actions_add (WD_ROW_ACTIONS (self), entries, G_N_ELEMENTS (entries));
}

/* A menu in the bar cannot say why it is closed; its tooltip does. */
static void
close_menus (GtkWidget *bar, WdWorkspace *workspace)
{
  for (GtkWidget *child = gtk_widget_get_first_child (bar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      wd_lack_follow (child, workspace, WD_ABILITY_WRITE);
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
  WdRowActions *actions = WD_ROW_ACTIONS (self);
  GtkWidget *bar = wd_row_actions_set_up (
    actions, page, table, workspace,
    "/org/workerdashboard/WorkerDashboard/wallets/wd-wallet-actions.ui");

  close_menus (bar, workspace);
  wd_row_actions_update (actions);
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

  rows = wd_row_actions_dup_rows (WD_ROW_ACTIONS (self));
  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (addresses, get_wallet (rows, i)->address);
  return g_strv_builder_end (addresses);
}
