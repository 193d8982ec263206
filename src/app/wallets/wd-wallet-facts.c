/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the database says of a wallet, as far as its table has it: balances to the last digit, when
 * what was done last, whose it is. */

#include "app/wallets/wd-wallet-facts.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-field-list.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"

struct _WdWalletFacts {
  GtkWidget parent_instance;

  GtkWidget *box;
  WdFieldList *balances;
  WdFieldList *times;
  WdFieldList *identity;
};

G_DEFINE_FINAL_TYPE (WdWalletFacts, wd_wallet_facts, GTK_TYPE_WIDGET)

static const struct {
  const char *column;
  const char *caption;
} balances[] = {
  { "on_chain_balance", N_("On chain") },
  { "trx_balance", N_("TRX") },
  { "locked_balance", N_("Locked") },
  { "total_balance", N_("Total") },
};

static const struct {
  const char *column;
  const char *caption;
} times[] = {
  { "last_gas_topup_at", N_("Last gas top-up") },
  { "last_consolidation_at", N_("Last consolidation") },
};

static WdFieldList *
add_card (WdWalletFacts *self, const char *title, GtkSizeGroup *captions)
{
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *fields = g_object_new (WD_TYPE_FIELD_LIST, NULL);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "fact-card");
  gtk_widget_set_margin_bottom (card, 12);
  wd_field_list_set_captions (WD_FIELD_LIST (fields), captions);
  gtk_box_append (GTK_BOX (card), fields);
  gtk_box_append (GTK_BOX (self->box), heading);
  gtk_box_append (GTK_BOX (self->box), card);
  return WD_FIELD_LIST (fields);
}

static void
wd_wallet_facts_dispose (GObject *object)
{
  WdWalletFacts *self = WD_WALLET_FACTS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_wallet_facts_parent_class)->dispose (object);
}

static void
wd_wallet_facts_class_init (WdWalletFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_wallet_facts_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_wallet_facts_init (WdWalletFacts *self)
{
  g_autoptr (GtkSizeGroup) captions = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  /* A balance needs all the room there is to stand in one line. */
  self->balances = add_card (self, _("Balances"), NULL);
  self->times = add_card (self, _("Last Done"), captions);
  self->identity = add_card (self, _("Wallet"), captions);
}

/* Shown with its thousands parted; copied as the database has it. */
static void
set_amount (WdWalletFacts *self, const char *caption, const char *decimal)
{
  g_autofree char *amount = decimal != NULL ? wd_text_amount (decimal) : NULL;
  g_autofree char *plain = decimal != NULL ? wd_format_visible (decimal, 256) : NULL;

  wd_field_list_set_whole (self->balances, caption, amount, plain, WD_FIELD_COPY);
}

static void
set_age (WdFieldList *list, const char *caption, WdTime time, WdTime now)
{
  g_autofree char *age = wd_format_age (time, now);
  g_autofree char *whole = time != WD_TIME_NONE ? wd_text_time (time) : NULL;

  wd_field_list_set_whole (list, caption, age, whole, WD_FIELD_PLAIN);
}

static void
set_id (WdWalletFacts *self, const char *caption, const char *id)
{
  g_autofree char *shown = id != NULL ? wd_format_address (id) : NULL;
  g_autofree char *whole = id != NULL ? wd_format_visible (id, 512) : NULL;

  wd_field_list_set_whole (self->identity, caption, shown, whole, WD_FIELD_IDENTITY);
}

static void
update_times (WdWalletFacts *self, const WdWalletDetail *detail, WdTime now)
{
  set_age (self->times, _("Last sync"), detail->wallet->last_sync, now);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const WdWalletField *field = wd_wallet_detail_find (detail, times[i].column);

      if (field != NULL)
        set_age (self->times, _(times[i].caption), field->time, now);
    }
}

static const char *
describe_processing (const WdWalletField *field)
{
  if (field->value == NULL)
    return _("unknown");
  return g_str_equal (field->value, "t") ? _("yes, by a worker") : _("no");
}

static void
update_identity (WdWalletFacts *self, const WdWalletDetail *detail, WdTime now)
{
  const WdWallet *wallet = detail->wallet;
  const WdWalletField *field;

  set_id (self, _("User"), wallet->user_id);
  set_id (self, _("Row id"), wallet->id);
  field = wd_wallet_detail_find (detail, "derivation_path");
  if (field != NULL)
    {
      g_autofree char *path = field->value != NULL ? wd_format_visible (field->value, 256) : NULL;

      wd_field_list_set (self->identity, _("Derivation path"), path, WD_FIELD_IDENTITY);
    }
  field = wd_wallet_detail_find (detail, "is_processing");
  if (field != NULL)
    wd_field_list_set (self->identity, _("In work"), describe_processing (field), WD_FIELD_PLAIN);
  set_age (self->identity, _("Created"), wallet->created_at, now);
  set_age (self->identity, _("Last changed"), wallet->updated_at, now);
}

/**
 * wd_wallet_facts_update:
 * @self: facts
 * @detail: the wallet
 * @now: the present
 */
void
wd_wallet_facts_update (WdWalletFacts *self, const WdWalletDetail *detail, WdTime now)
{
  g_return_if_fail (WD_IS_WALLET_FACTS (self));

  set_amount (self, _("Balance"), detail->wallet->balance);
  for (gsize i = 0; i < G_N_ELEMENTS (balances); i++)
    {
      const WdWalletField *field = wd_wallet_detail_find (detail, balances[i].column);

      if (field != NULL)
        set_amount (self, _(balances[i].caption), field->value);
    }
  update_times (self, detail, now);
  update_identity (self, detail, now);
}
