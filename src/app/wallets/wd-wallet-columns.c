/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/wallets/wd-wallet-columns.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-longest.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"

static char *
get_address (gconstpointer record, WdTime now)
{
  return wd_format_address (((const WdWallet *) record)->address);
}

static char *
get_whole_address (gconstpointer record)
{
  return wd_format_visible (((const WdWallet *) record)->address, 512);
}

static char *
get_network (gconstpointer record, WdTime now)
{
  const char *network = ((const WdWallet *) record)->network;

  return network != NULL ? wd_format_visible (network, 64) : g_strdup ("—");
}

static char *
get_balance (gconstpointer record, WdTime now)
{
  const char *balance = ((const WdWallet *) record)->balance;

  return balance != NULL ? wd_text_amount (balance) : g_strdup ("—");
}

static void
append_balance (GString *text, const char *caption, const char *balance)
{
  g_autofree char *amount = NULL;

  if (balance == NULL)
    return;
  amount = wd_text_amount (balance);
  g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", caption, amount);
}

/* All balances the table has, each exact. */
static char *
get_balances (gconstpointer record)
{
  const WdWallet *wallet = record;
  GString *text = g_string_new (NULL);

  append_balance (text, _("Balance:"), wallet->balance);
  append_balance (text, _("On chain:"), wallet->on_chain_balance);
  append_balance (text, _("TRX:"), wallet->trx_balance);
  append_balance (text, _("Locked:"), wallet->locked_balance);
  append_balance (text, _("Total:"), wallet->total_balance);
  return text->len > 0 ? g_string_free (text, FALSE) : g_string_free (text, TRUE);
}

/* The column says what is needed. */
static char *
describe_flag (WdTristate flag)
{
  switch (flag)
    {
    case WD_TRISTATE_TRUE:
      return g_strdup (C_("wallet flag", "Needed"));
    case WD_TRISTATE_UNSET:
      return g_strdup (C_("wallet flag", "Unknown"));
    case WD_TRISTATE_FALSE:
    default:
      return NULL;
    }
}

static char *
get_needs_gas (gconstpointer record, WdTime now)
{
  return describe_flag (((const WdWallet *) record)->needs_gas);
}

static const char *
get_needs_gas_tone (gconstpointer record)
{
  return ((const WdWallet *) record)->needs_gas == WD_TRISTATE_TRUE ? WD_TONE_CAUTION : NULL;
}

static char *
get_needs_consolidation (gconstpointer record, WdTime now)
{
  return describe_flag (((const WdWallet *) record)->needs_consolidation);
}

static const char *
get_needs_consolidation_tone (gconstpointer record)
{
  return ((const WdWallet *) record)->needs_consolidation == WD_TRISTATE_TRUE ? WD_TONE_BUSY : NULL;
}

static char *
get_user (gconstpointer record, WdTime now)
{
  const char *user = ((const WdWallet *) record)->user_id;

  return user != NULL ? wd_format_address (user) : g_strdup ("—");
}

static char *
get_whole_user (gconstpointer record)
{
  const char *user = ((const WdWallet *) record)->user_id;

  return user != NULL ? wd_format_visible (user, 128) : NULL;
}

static char *
get_last_sync (gconstpointer record, WdTime now)
{
  return wd_format_age (((const WdWallet *) record)->last_sync, now);
}

static char *
get_whole_last_sync (gconstpointer record)
{
  return wd_text_time (((const WdWallet *) record)->last_sync);
}

static guint
get_flag_chars (void)
{
  return (guint) g_utf8_strlen (C_("wallet flag", "Needed"), -1);
}

static const WdColumnSpec columns[] = {
  { .id = "address", .title = N_("Address"), .kind = WD_CELL_IDENTITY, .min_chars = 12, .chars = 13,
    .sort = WD_SORT_ADDRESS, .get_text = get_address, .get_tooltip = get_whole_address },
  { .id = "network", .title = N_("Network"), .min_chars = 5, .chars = 10, .sort = WD_SORT_NETWORK,
    .get_text = get_network },
  { .id = "balance", .title = N_("Balance"), .kind = WD_CELL_NUMBER, .min_chars = 23, .chars = 26,
    .expand = TRUE, .sort = WD_SORT_BALANCE, .get_text = get_balance, .get_tooltip = get_balances },
  { .id = "gas", .title = N_("Gas"), .kind = WD_CELL_BADGE, .chars = 4,
    .get_chars = get_flag_chars, .sort = WD_SORT_NEEDS_GAS, .get_text = get_needs_gas,
    .get_tone = get_needs_gas_tone },
  { .id = "consolidation", .title = N_("Consolidation"), .kind = WD_CELL_BADGE, .chars = 9,
    .sort = WD_SORT_NEEDS_CONSOLIDATION, .get_text = get_needs_consolidation,
    .get_tone = get_needs_consolidation_tone },
  { .id = "user", .title = N_("User"), .kind = WD_CELL_IDENTITY, .min_chars = 8, .chars = 13,
    .least_width = 760, .dim = TRUE, .sort = WD_SORT_NONE, .get_text = get_user,
    .get_tooltip = get_whole_user },
  { .id = "last-sync", .title = N_("Last sync"), .kind = WD_CELL_NUMBER, .min_chars = 8,
    .chars = 10, .get_chars = wd_longest_age, .ticks = TRUE, .sort = WD_SORT_LAST_SYNC,
    .get_text = get_last_sync, .get_tooltip = get_whole_last_sync },
};

static char *
format_total (gint64 total, gboolean is_exact)
{
  g_autofree char *count = wd_text_count (total);
  gulong number = (gulong) MIN (total, G_MAXINT);

  if (is_exact)
    return g_strdup_printf (ngettext ("%s wallet", "%s wallets", number), count);
  return g_strdup_printf (ngettext ("About %s wallet", "About %s wallets", number), count);
}

static char *
format_new (guint n_new, gboolean or_more)
{
  if (or_more)
    return g_strdup_printf (_("%u or more new wallets"), n_new);
  return g_strdup_printf (ngettext ("%u new wallet", "%u new wallets", n_new), n_new);
}

/**
 * wd_wallet_table_spec:
 *
 * Returns: (transfer none): what the table of wallets looks like
 */
const WdTableSpec *
wd_wallet_table_spec (void)
{
  static const WdTableSpec spec = {
    .name = N_("Wallets"),
    .columns = columns,
    .n_columns = G_N_ELEMENTS (columns),
    .format_total = format_total,
    .format_new = format_new,
    .empty_title = N_("No Wallets Yet"),
    .empty_description = N_("The table of wallets in this database is empty. Wallets appear here "
                            "as soon as the platform creates one."),
    .empty_icon = "wd-wallets-symbolic",
    .sort = WD_SORT_CREATED,
    .settings_key = "wallets-columns",
  };

  return &spec;
}
