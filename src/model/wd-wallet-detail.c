/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-wallet-detail.h"

static void
field_free (WdWalletField *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static void
clear_detail (WdWalletDetail *self)
{
  wd_wallet_unref (self->wallet);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdWalletDetail, wd_wallet_detail, clear_detail)

/**
 * wd_wallet_detail_create:
 * @wallet: (transfer full): the row
 *
 * Returns: (transfer full): a detail without further fields
 */
WdWalletDetail *
wd_wallet_detail_create (WdWallet *wallet)
{
  WdWalletDetail *self = wd_wallet_detail_new ();

  self->wallet = wallet;
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  self->n_rows = 1;
  return self;
}

/**
 * wd_wallet_detail_add:
 * @self: a detail not published yet
 * @name: of a column
 * @kind: what it holds
 * @value: (nullable): as the server writes it
 * @time: the same as a time, or %WD_TIME_NONE
 */
void
wd_wallet_detail_add (WdWalletDetail *self, const char *name, WdWalletFieldKind kind,
                      const char *value, WdTime time)
{
  WdWalletField *field = g_new0 (WdWalletField, 1);

  field->name = g_strdup (name);
  field->kind = kind;
  field->value = g_strdup (value);
  field->time = time;
  g_ptr_array_add (self->fields, field);
}

/**
 * wd_wallet_detail_find:
 * @self: a detail
 * @name: of a column
 *
 * Returns: (transfer none) (nullable): that column; %NULL where the table lacks it
 */
const WdWalletField *
wd_wallet_detail_find (const WdWalletDetail *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const WdWalletField *field = self->fields->pdata[i];

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}
