/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Wallets as text: whole addresses, exact amounts, names as wdctl has them. */

#include "app/wallets/wd-wallet-copy.h"

#include "app/common/wd-copy.h"
#include "session/wd-row.h"
#include "wire/wd-wire-wallet.h"

static char *
get_address (gconstpointer record)
{
  return g_strdup (((const WdWallet *) record)->address);
}

static char *
get_network (gconstpointer record)
{
  return g_strdup (((const WdWallet *) record)->network);
}

static char *
get_balance (gconstpointer record)
{
  return g_strdup (((const WdWallet *) record)->balance);
}

static char *
get_flag (WdTristate flag)
{
  return flag == WD_TRISTATE_UNSET ? NULL : g_strdup (flag == WD_TRISTATE_TRUE ? "true" : "false");
}

static char *
get_needs_gas (gconstpointer record)
{
  return get_flag (((const WdWallet *) record)->needs_gas);
}

static char *
get_needs_consolidation (gconstpointer record)
{
  return get_flag (((const WdWallet *) record)->needs_consolidation);
}

static char *
get_user (gconstpointer record)
{
  return g_strdup (((const WdWallet *) record)->user_id);
}

static char *
get_last_sync (gconstpointer record)
{
  WdTime time = ((const WdWallet *) record)->last_sync;

  return time != WD_TIME_NONE ? wd_time_to_rfc3339 (time) : NULL;
}

/**
 * wd_wallet_copy_rows:
 * @rows: (element-type WdRow): of wallets
 *
 * Returns: (transfer full): a line for each, its fields in the order of the table
 */
char *
wd_wallet_copy_rows (GPtrArray *rows)
{
  static const WdCopyField fields[] = { get_address, get_network, get_balance, get_needs_gas,
                                        get_needs_consolidation, get_user, get_last_sync };

  return wd_copy_rows (rows, fields, G_N_ELEMENTS (fields));
}

/**
 * wd_wallet_copy_addresses:
 * @rows: (element-type WdRow): of wallets
 *
 * Returns: (transfer full): an address in each line
 */
char *
wd_wallet_copy_addresses (GPtrArray *rows)
{
  return wd_copy_lines (rows, get_address);
}

/**
 * wd_wallet_copy_csv:
 * @rows: (element-type WdRow): of wallets, each with its record
 *
 * Returns: (transfer full): a table of them with a header
 */
char *
wd_wallet_copy_csv (GPtrArray *rows)
{
  return wd_copy_csv (rows, wd_wire_wallet_fields ());
}

/**
 * wd_wallet_copy_json:
 * @rows: (element-type WdRow): of wallets, each with its record
 *
 * Returns: (transfer full): a JSON array of them, or the only one by itself
 */
char *
wd_wallet_copy_json (GPtrArray *rows)
{
  return wd_copy_json (rows, wd_wire_wallet_fields ());
}
