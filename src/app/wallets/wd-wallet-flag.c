/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A flag of a wallet with what may be done about it. */

#include "app/wallets/wd-wallet-flag.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-name.h"

struct _WdWalletFlag {
  GtkWidget parent_instance;

  char *column;        /* (owned) */
  GtkWidget *box;
  GtkLabel *badge;
  GtkWidget *set;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE (WdWalletFlag, wd_wallet_flag, GTK_TYPE_WIDGET)

static void
wd_wallet_flag_dispose (GObject *object)
{
  WdWalletFlag *self = WD_WALLET_FLAG (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_wallet_flag_parent_class)->dispose (object);
}

static void
wd_wallet_flag_finalize (GObject *object)
{
  g_free (WD_WALLET_FLAG (object)->column);
  G_OBJECT_CLASS (wd_wallet_flag_parent_class)->finalize (object);
}

static void
wd_wallet_flag_class_init (WdWalletFlagClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_wallet_flag_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_wallet_flag_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_wallet_flag_init (WdWalletFlag *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static GtkWidget *
add_button (WdWalletFlag *self, const char *label, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "flag-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  wd_name_set (button, name);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

/**
 * wd_wallet_flag_new:
 * @column: of the flag
 * @caption: what the flag says a wallet needs, translated
 * @set_name: accessible name of the button that sets it
 * @clear_name: accessible name of the button that clears it
 *
 * Returns: (transfer floating): a flag
 */
GtkWidget *
wd_wallet_flag_new (const char *column, const char *caption, const char *set_name,
                    const char *clear_name)
{
  WdWalletFlag *self = g_object_new (WD_TYPE_WALLET_FLAG, NULL);
  GtkWidget *label = gtk_label_new (caption);

  self->column = g_strdup (column);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self->box), label);
  self->badge = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), "badge");
  gtk_widget_set_valign (GTK_WIDGET (self->badge), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->badge));
  /* TRANSLATORS: button beside a flag of a wallet */
  self->set = add_button (self, C_("wallet flag", "Set"), set_name);
  /* TRANSLATORS: button beside a flag of a wallet */
  self->clear = add_button (self, C_("wallet flag", "Clear"), clear_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, caption,
                                  -1);
  return GTK_WIDGET (self);
}

static const char *
describe (WdTristate value)
{
  switch (value)
    {
    case WD_TRISTATE_TRUE:
      return C_("wallet flag", "Needed");
    case WD_TRISTATE_UNSET:
      return C_("wallet flag", "Unknown");
    case WD_TRISTATE_FALSE:
    default:
      return C_("wallet flag", "Not needed");
    }
}

/**
 * wd_wallet_flag_update:
 * @self: a flag
 * @address: of the wallet
 * @value: of the flag
 */
void
wd_wallet_flag_update (WdWalletFlag *self, const char *address, WdTristate value)
{
  const char *const addresses[] = { address, NULL };
  GtkWidget *buttons[] = { self->clear, self->set };

  g_return_if_fail (WD_IS_WALLET_FLAG (self));

  gtk_label_set_text (self->badge, describe (value));
  wd_tone_set (GTK_WIDGET (self->badge), value == WD_TRISTATE_TRUE ? WD_TONE_CAUTION : NULL);
  gtk_widget_set_visible (self->set, value != WD_TRISTATE_TRUE);
  gtk_widget_set_visible (self->clear, value != WD_TRISTATE_FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "(^assb)", addresses,
                                        self->column, i == 1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (buttons[i]), "win.set-flags");
    }
}
