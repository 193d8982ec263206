/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters and orders of wallets that the endpoint does not know, as the database has them. */

#include "rest/wd-rest-wallet-rule.h"

#include <string.h>

#include "base/wd-decimal.h"

static gboolean
is_among (char **words, const char *word)
{
  return word != NULL && g_strv_contains ((const char *const *) words, word);
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;
  g_autofree char *wanted = g_utf8_casefold (part, -1);

  return folded != NULL && strstr (folded, wanted) != NULL;
}

static gboolean
begins_with (const char *text, const char *part)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *wanted = g_utf8_casefold (part, -1);

  return g_str_has_prefix (folded, wanted);
}

/* What is no finite number stands above all of them, as in PostgreSQL: infinity, then NaN; but for
 * the negative infinity. */
static int
get_rank (const char *balance)
{
  if (wd_decimal_is_valid (balance))
    return 1;
  if (g_ascii_strcasecmp (balance, "-Infinity") == 0)
    return 0;
  return g_ascii_strcasecmp (balance, "Infinity") == 0 ? 2 : 3;
}

static int
compare_balances (const char *a, const char *b)
{
  int rank_a = get_rank (a), rank_b = get_rank (b);

  return rank_a == 1 && rank_b == 1 ? wd_decimal_compare (a, b) : rank_a - rank_b;
}

static gboolean
is_in_range (const char *balance, const WdWalletFilter *filter)
{
  if (filter->min_balance == NULL && filter->max_balance == NULL)
    return TRUE;
  if (balance == NULL)
    return FALSE;
  return (filter->min_balance == NULL
          || compare_balances (balance, filter->min_balance) >= (filter->above_min ? 1 : 0))
         && (filter->max_balance == NULL
             || compare_balances (balance, filter->max_balance) <= (filter->below_max ? -1 : 0));
}

/**
 * wd_rest_wallet_matches:
 * @wallet: a wallet
 * @filter: which, without troubles
 *
 * Returns: whether it is one of those
 */
gboolean
wd_rest_wallet_matches (const WdWallet *wallet, const WdWalletFilter *filter)
{
  return (filter->needs_gas == WD_TRISTATE_UNSET || wallet->needs_gas == filter->needs_gas)
         && (filter->needs_consolidation == WD_TRISTATE_UNSET
             || wallet->needs_consolidation == filter->needs_consolidation)
         && (filter->networks == NULL || is_among (filter->networks, wallet->network))
         && (filter->not_networks == NULL || !is_among (filter->not_networks, wallet->network))
         && is_in_range (wallet->balance, filter)
         && (filter->user == NULL
             || (wallet->user_id != NULL
                 && g_ascii_strcasecmp (wallet->user_id, filter->user) == 0))
         && (filter->search == NULL || contains (wallet->address, filter->search)
             || contains (wallet->user_id, filter->search))
         && (filter->address_prefix == NULL
             || begins_with (wallet->address, filter->address_prefix));
}

/* None comes last from small to large, as null does in PostgreSQL. */
static int
compare_times (WdTime a, WdTime b)
{
  if (a == WD_TIME_NONE || b == WD_TIME_NONE)
    return (a == WD_TIME_NONE) - (b == WD_TIME_NONE);
  return (a > b) - (a < b);
}

static int
compare_flags (WdTristate a, WdTristate b)
{
  if (a == WD_TRISTATE_UNSET || b == WD_TRISTATE_UNSET)
    return (a == WD_TRISTATE_UNSET) - (b == WD_TRISTATE_UNSET);
  return (int) a - (int) b;
}

static int
compare_texts (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  return strcmp (a, b);
}

static int
compare_by (const WdWallet *a, const WdWallet *b, WdSort sort)
{
  if (sort == WD_SORT_UPDATED)
    return compare_times (a->updated_at, b->updated_at);
  if (sort == WD_SORT_LAST_SYNC)
    return compare_times (a->last_sync, b->last_sync);
  if (sort == WD_SORT_ADDRESS)
    return strcmp (a->address, b->address);
  if (sort == WD_SORT_NETWORK)
    return compare_texts (a->network, b->network);
  if (sort == WD_SORT_NEEDS_GAS)
    return compare_flags (a->needs_gas, b->needs_gas);
  if (sort == WD_SORT_NEEDS_CONSOLIDATION)
    return compare_flags (a->needs_consolidation, b->needs_consolidation);
  if (sort == WD_SORT_BALANCE && a->balance != NULL && b->balance != NULL)
    return compare_balances (a->balance, b->balance);
  if (sort == WD_SORT_BALANCE)
    return compare_texts (a->balance, b->balance);
  return compare_times (a->created_at, b->created_at);
}

/**
 * wd_rest_wallet_compare:
 * @a: a wallet
 * @b: another
 * @sort: by what
 * @ascending: smallest first
 *
 * Returns: below 0 where @a comes first; the address breaks ties
 */
int
wd_rest_wallet_compare (const WdWallet *a, const WdWallet *b, WdSort sort, gboolean ascending)
{
  int order = compare_by (a, b, sort);

  if (order == 0)
    order = strcmp (a->address, b->address);
  return ascending ? order : -order;
}
