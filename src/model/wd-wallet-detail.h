/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-wallet-trouble.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

/**
 * WdWalletFieldKind:
 *
 * What a column of a wallet holds, so that people can be told it in their way.
 */
typedef enum {
  WD_WALLET_FIELD_TEXT,
  WD_WALLET_FIELD_AMOUNT,
  WD_WALLET_FIELD_TIME,
  WD_WALLET_FIELD_BOOLEAN,
} WdWalletFieldKind;

/**
 * WdWalletField:
 * @name: of the column
 * @value: (nullable): as the server writes it, letter for letter; %NULL for null
 * @time: of a %WD_WALLET_FIELD_TIME, else %WD_TIME_NONE
 */
typedef struct {
  char *name;
  WdWalletFieldKind kind;
  char *value;
  WdTime time;
} WdWalletField;

/**
 * WdWalletDetail:
 * @wallet: (owned): the row
 * @fields: (element-type WdWalletField): those columns beyond the usual ones that the table has
 * @n_rows: rows with this address; more than one where the table does not forbid it
 * @has_needs_gas: whether the table has that flag at all
 * @has_needs_consolidation: likewise
 * @in_trouble: by #WdWalletTrouble: whether it is in it
 * @trouble_since: by #WdWalletTrouble: since when, or %WD_TIME_NONE
 * @limits: of the site, by which that was judged
 *
 * Everything an admin may see of one wallet. Immutable once published.
 */
typedef struct {
  WdWallet *wallet;
  GPtrArray *fields;
  gint64 n_rows;
  gboolean has_needs_gas;
  gboolean has_needs_consolidation;
  gboolean in_trouble[WD_N_WALLET_TROUBLES];
  WdTime trouble_since[WD_N_WALLET_TROUBLES];
  WdHealthLimits limits;
} WdWalletDetail;

WD_DECLARE_RECORD (WdWalletDetail, wd_wallet_detail)

WdWalletDetail      *wd_wallet_detail_create (WdWallet *wallet);
void                 wd_wallet_detail_add (WdWalletDetail *self, const char *name,
                                           WdWalletFieldKind kind, const char *value,
                                           WdTime time);
const WdWalletField *wd_wallet_detail_find (const WdWalletDetail *self, const char *name);

G_END_DECLS
