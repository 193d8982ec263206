/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The flags of a wallet, as far as its table has them. */

#include "app/wallets/wd-wallet-flags.h"

#include <glib/gi18n-lib.h>

#include "app/wallets/wd-wallet-flag.h"

struct _WdWalletFlags {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *gas;
  GtkWidget *consolidation;
};

G_DEFINE_FINAL_TYPE (WdWalletFlags, wd_wallet_flags, GTK_TYPE_WIDGET)

static void
wd_wallet_flags_dispose (GObject *object)
{
  WdWalletFlags *self = WD_WALLET_FLAGS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_wallet_flags_parent_class)->dispose (object);
}

static void
wd_wallet_flags_class_init (WdWalletFlagsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_wallet_flags_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_wallet_flags_init (WdWalletFlags *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->gas = wd_wallet_flag_new ("needs_gas", _("Gas"), _("Set Gas Needed"),
                                  _("Clear Gas Needed"));
  self->consolidation = wd_wallet_flag_new ("needs_consolidation", _("Consolidation"),
                                            _("Set Consolidation Needed"),
                                            _("Clear Consolidation Needed"));
  gtk_box_append (GTK_BOX (self->box), self->gas);
  gtk_box_append (GTK_BOX (self->box), self->consolidation);
}

/**
 * wd_wallet_flags_update:
 * @self: flags
 * @detail: (nullable): the wallet
 */
void
wd_wallet_flags_update (WdWalletFlags *self, const WdWalletDetail *detail)
{
  gboolean has_gas = detail != NULL && detail->has_needs_gas;
  gboolean has_consolidation = detail != NULL && detail->has_needs_consolidation;

  g_return_if_fail (WD_IS_WALLET_FLAGS (self));

  if (has_gas)
    wd_wallet_flag_update (WD_WALLET_FLAG (self->gas), detail->wallet->address,
                           detail->wallet->needs_gas);
  if (has_consolidation)
    wd_wallet_flag_update (WD_WALLET_FLAG (self->consolidation), detail->wallet->address,
                           detail->wallet->needs_consolidation);
  gtk_widget_set_visible (self->gas, has_gas);
  gtk_widget_set_visible (self->consolidation, has_consolidation);
  gtk_widget_set_visible (GTK_WIDGET (self), has_gas || has_consolidation);
}
