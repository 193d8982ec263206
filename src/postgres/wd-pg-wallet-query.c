/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-wallet-query.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-filter-sql.h"
#include "postgres/wd-pg-wallet-trouble.h"

static const struct {
  WdSort sort;
  const char *column;
  gboolean is_time;
} orders[] = {
  { WD_SORT_CREATED, "created_at", TRUE },
  { WD_SORT_UPDATED, "updated_at", TRUE },
  { WD_SORT_LAST_SYNC, "last_sync", TRUE },
  { WD_SORT_ADDRESS, "address", FALSE },
  { WD_SORT_NETWORK, "network", FALSE },
  { WD_SORT_BALANCE, "balance", FALSE },
  { WD_SORT_NEEDS_GAS, "needs_gas", FALSE },
  { WD_SORT_NEEDS_CONSOLIDATION, "needs_consolidation", FALSE },
};

static const WdPgColumn *
find (const WdPgColumns *columns, const char *name)
{
  return wd_pg_columns_find (columns, WD_PG_USER_WALLETS, name);
}

static const char *
if_there (const WdPgColumns *columns, const char *name, const char *expression)
{
  return find (columns, name) != NULL ? expression : NULL;
}

/* What tells two wallets apart whatever they hold. Without a unique address or id there is only
 * where the row lies: a row written to meanwhile may then turn up twice, or be missed. */
static const char *
identity (const WdPgColumns *columns)
{
  if (wd_pg_columns_is_unique (columns, WD_PG_USER_WALLETS, "address"))
    return "address";
  return wd_pg_columns_is_unique (columns, WD_PG_USER_WALLETS, "id") ? "id" : "ctid";
}

/**
 * wd_pg_wallet_query_balance:
 * @columns: what the database has
 *
 * Text that is no number is null, which matches no bound and sorts last.
 *
 * Returns: (transfer full) (nullable): SQL of the balance of `user_wallets AS w` as a number,
 *   whatever type a site keeps it in; %NULL without the column
 */
char *
wd_pg_wallet_query_balance (const WdPgColumns *columns)
{
  static const char *const exact[] = { "numeric", "int2", "int4", "int8", NULL };
  const WdPgColumn *column = find (columns, "balance");

  if (column == NULL)
    return NULL;
  if (g_strv_contains (exact, column->type))
    return g_strdup ("w.balance");
  return wd_pg_filter_number ("w.balance::text");
}

static void
add_key (WdPgListQuery *self, const WdPgColumns *columns, const char *name)
{
  const WdPgColumn *column = find (columns, name);
  g_autofree char *expression = NULL;

  if (g_str_equal (name, "balance"))
    expression = wd_pg_wallet_query_balance (columns);
  else if (column != NULL || g_str_equal (name, "ctid"))
    expression = g_strconcat ("w.", name, NULL);
  if (expression == NULL)
    return;
  /* A balance kept as text may be no number, which is null. */
  wd_pg_list_query_add_key (self, expression, g_str_equal (name, "balance")
                                                || (column != NULL && !column->not_null));
}

static const char *
get_column (const WdPgColumns *columns, gsize i)
{
  return orders[i].sort == WD_SORT_LAST_SYNC && find (columns, "last_sync_at") != NULL
           ? "last_sync_at" : orders[i].column;
}

static gboolean
has_index_of (const WdPgColumns *columns, gsize i)
{
  const char *column = get_column (columns, i);
  g_autofree char *order = orders[i].is_time || g_str_equal (column, "address")
                             ? g_strdup (column) : g_strconcat (column, ",address", NULL);

  return wd_pg_columns_has_order (columns, WD_PG_USER_WALLETS, order);
}

static gboolean
has_index (const WdPgColumns *columns, WdSort sort)
{
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i].sort == sort)
      return has_index_of (columns, i);
  return FALSE;
}

/* The usual order is never refused: without an index it takes its time, within the deadline. */
static gboolean
is_any_size (const WdPgColumns *columns, gsize i)
{
  return orders[i].sort == WD_SORT_CREATED || has_index_of (columns, i);
}

static gboolean
add_keys (WdPgListQuery *self, const WdPgColumns *columns, const WdPageRequest *request,
          GError **error)
{
  const char *last = identity (columns), *first;
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (orders) && orders[i].sort != request->sort; i++)
    continue;
  if (i == G_N_ELEMENTS (orders))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Wallets cannot be sorted by a column of jobs"));
      return FALSE;
    }

  first = get_column (columns, i);
  self->ascending = request->ascending;
  if (!g_str_equal (first, last))
    add_key (self, columns, first);
  if (!orders[i].is_time && !g_str_equal (first, "address") && !g_str_equal (last, "address"))
    add_key (self, columns, "address");
  add_key (self, columns, last);
  for (gsize k = 0; k < G_N_ELEMENTS (orders); k++)
    if (is_any_size (columns, k))
      self->sorts |= 1u << orders[k].sort;
  self->any_size = (self->sorts & 1u << request->sort) != 0;
  return TRUE;
}

static void
add_flag (WdPgListQuery *self, const WdPgColumns *columns, const char *name, WdTristate wanted)
{
  if (wanted == WD_TRISTATE_UNSET)
    return;
  if (find (columns, name) == NULL)
    wd_pg_list_query_where (self, "FALSE");
  else
    wd_pg_list_query_where (self, wanted == WD_TRISTATE_TRUE ? "w.%s" : "NOT w.%s", name);
}

/* One of @words, or none of them. */
static void
add_troubles (WdPgListQuery *self, const WdPgColumns *columns, char **words, gboolean wanted)
{
  g_autoptr (GString) any = g_string_new (NULL);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *condition = wd_pg_wallet_trouble_condition (columns, words[i],
                                                                   self->params);

      g_string_append_printf (any, "%s%s", i > 0 ? " OR " : "", condition);
    }
  if (any->len > 0)
    wd_pg_list_query_where (self, wanted ? "(%s)" : "(%s) IS NOT TRUE", any->str);
}

/* NaN is greater than every number to the server, and no amount to people. */
static void
add_bound (WdPgListQuery *self, const WdPgColumns *columns, const char *comparison,
           const char *amount)
{
  g_autofree char *expression = wd_pg_wallet_query_balance (columns);

  if (amount == NULL)
    return;
  if (expression == NULL)
    wd_pg_list_query_where (self, "FALSE");
  else
    wd_pg_list_query_where (self, "%s %s $%u::numeric AND %s <> 'NaN'::numeric", expression,
                            comparison, wd_pg_params_text (self->params, amount), expression);
}

/**
 * wd_pg_wallet_query_new:
 * @columns: what the database has
 * @filter: which wallets
 * @request: in which order; its cursor and limit are not looked at
 * @error: %WD_ERROR_INVALID_ARGUMENT, or %WD_ERROR_NOT_MIGRATED without the table
 *
 * Bounds compare as exact numbers, whatever type the column has.
 *
 * Returns: (transfer full): the list as SQL
 */
WdPgListQuery *
wd_pg_wallet_query_new (const WdPgColumns *columns, const WdWalletFilter *filter,
                        const WdPageRequest *request, GError **error)
{
  g_autoptr (WdPgListQuery) self = wd_pg_list_query_new ("public.user_wallets AS w");
  const char *searched[] = { "w.address", NULL, NULL };
  const char *addresses[] = { "w.address", NULL };
  char *users[] = { NULL, NULL };

  g_return_val_if_fail (columns != NULL && filter != NULL && request != NULL, NULL);

  if (!wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error)
      || !wd_wallet_filter_validate (filter, error)
      || !add_keys (self, columns, request, error))
    return NULL;

  self->one_index = request->sort == WD_SORT_CREATED && wd_wallet_filter_is_empty (filter)
                    && wd_pg_columns_has_order (columns, WD_PG_USER_WALLETS, "created_at,address");
  users[0] = filter->user;
  searched[1] = if_there (columns, "user_id", "w.user_id::text");
  self->select = wd_pg_columns_wallet_select (columns);
  self->searches = request->known == NULL
                   && ((filter->search != NULL && *filter->search != '\0')
                       || (filter->address_prefix != NULL && *filter->address_prefix != '\0'));
  if (self->searches && has_index (columns, request->sort))
    wd_pg_list_query_end_scope (self);
  wd_pg_filter_known (self, find (columns, "id") != NULL ? "w.id" : "w.address",
                      find (columns, find (columns, "id") != NULL ? "id" : "address"),
                      request->known);
  add_flag (self, columns, "needs_gas", filter->needs_gas);
  add_flag (self, columns, "needs_consolidation", filter->needs_consolidation);
  wd_pg_list_query_where_any (self, if_there (columns, "network", "w.network"), filter->networks);
  wd_pg_list_query_where_any (self, if_there (columns, "user_id", "w.user_id"), users);
  wd_pg_filter_none (self, if_there (columns, "network", "w.network"), filter->not_networks);
  add_troubles (self, columns, filter->troubles, TRUE);
  add_troubles (self, columns, filter->not_troubles, FALSE);
  add_bound (self, columns, filter->above_min ? ">" : ">=", filter->min_balance);
  add_bound (self, columns, filter->below_max ? "<" : "<=", filter->max_balance);
  wd_pg_list_query_where_like (self, searched, filter->search);
  wd_pg_list_query_where_prefix (self, addresses, filter->address_prefix);
  return g_steal_pointer (&self);
}
