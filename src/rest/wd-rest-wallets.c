/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Wallets, over an endpoint that filters by their flags alone and finds none by its address. What
 * it cannot do is done here, over all wallets as far as they are so few that they can be read for
 * it; else it is refused, for a part would look like the whole. */

#include "rest/wd-rest-wallets.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "rest/wd-rest-key.h"
#include "rest/wd-rest-query.h"
#include "rest/wd-rest-wallet-rule.h"
#include "rest/wd-rest-wallet-scan.h"
#include "wire/wd-wire-read-row.h"

typedef struct {
  const WdWalletFilter *filter;
  GPtrArray *found;
} Search;

static gboolean
match_cb (WdWallet *wallet, const char *object, gpointer data)
{
  Search *search = data;

  if (wd_rest_wallet_matches (wallet, search->filter))
    g_ptr_array_add (search->found, wd_wallet_ref (wallet));
  return TRUE;
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const WdPageRequest *request = data;

  return wd_rest_wallet_compare (*(WdWallet *const *) a, *(WdWallet *const *) b, request->sort,
                                 request->ascending);
}

/* Reads rows @from up to @end, or as far as the list goes. Returns: how far it came; -1 for an
 * error */
static gint64
read_plain (WdRestClient *client, const char *flags, gint64 from, gint64 end, GPtrArray *wallets,
            gint64 *total, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 offset = from;

  while (offset < end)
    {
      g_autoptr (WdRestAnswer) answer = NULL;
      g_autoptr (WdWireRows) rows =
        wd_rest_wallets_fetch (client, flags, (guint) MIN (end - offset, WD_PAGE_LIMIT_MAX),
                               offset, &answer, cancellable, error);

      if (rows == NULL)
        return -1;
      for (guint i = 0; i < rows->items->len; i++)
        if (g_hash_table_add (seen, (gpointer) wd_rest_wallet_get_id (rows->items->pdata[i])))
          g_ptr_array_add (wallets, wd_wallet_ref (rows->items->pdata[i]));
      offset += rows->items->len;
      if (rows->total > 0 && rows->total >= offset)
        *total = rows->total;
      else if (rows->items->len == 0 && (from == 0 || wallets->len > 0))
        *total = offset;
      if (rows->items->len == 0 || offset == *total)
        break;
    }
  return offset;
}

/* Whether the server gives what is asked for as it is. */
static gboolean
is_plain (const WdWalletFilter *filter, const WdPageRequest *request, WdOffers offers)
{
  gboolean searches = (offers & WD_OFFER_SEARCH) != 0;

  return request->sort == WD_SORT_CREATED && !request->ascending && filter->not_networks == NULL
         && filter->user == NULL && filter->address_prefix == NULL
         && (filter->networks == NULL
             || (searches && g_strv_length (filter->networks) == 1))
         && (searches || (filter->min_balance == NULL && filter->max_balance == NULL
                          && filter->search == NULL));
}

static WdPage *
make_page (GPtrArray *wallets, gint64 from, gint64 end, gint64 total)
{
  WdPage *page = wd_page_new ();

  page->items = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_wallet_unref);
  for (gint64 i = from; i < MIN (end, (gint64) wallets->len); i++)
    g_ptr_array_add (page->items, wd_wallet_ref (wallets->pdata[i]));
  page->total = total;
  page->total_is_exact = total >= 0;
  /* Whether there are too many for it shows when it is asked for. */
  page->sorts = G_MAXUINT;
  page->is_forward = TRUE;
  page->searched_to = WD_TIME_NONE;
  page->n_to_search = -1;
  return page;
}

/* Wallets made at the same time come in an order that changes when one of them is written. */
static void
sort_ties (GPtrArray *wallets)
{
  WdPageRequest newest = { .sort = WD_SORT_CREATED };
  WdTime before = WD_TIME_NONE;

  for (guint i = 0; i < wallets->len; i++)
    {
      WdTime created = ((const WdWallet *) wallets->pdata[i])->created_at;

      /* Somebody else's order is left as it is. */
      if (before != WD_TIME_NONE && (created == WD_TIME_NONE || created > before))
        return;
      before = created;
    }
  g_ptr_array_sort_with_data (wallets, compare_cb, &newest);
}

/* Reads a page behind a cursor of the server's, which is @from rows behind the beginning. */
static WdPage *
list_behind (WdRestClient *client, const char *flags, const char *cursor, gint64 from,
             guint limit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) query = g_string_new (flags);
  g_autoptr (WdRestAnswer) answer = NULL;
  g_autoptr (WdWireRows) rows = NULL;
  WdPage *page;
  guint n;

  wd_rest_query_add (query, "cursor", cursor);
  rows = wd_rest_wallets_fetch (client, query->str, MIN (limit, WD_PAGE_LIMIT_MAX), 0, &answer,
                                cancellable, error);
  if (rows == NULL)
    return NULL;
  n = rows->items->len;
  page = make_page (rows->items, 0, n, rows->total > 0 ? rows->total
                                       : rows->next_cursor == NULL ? from + n : -1);
  if (rows->next_cursor != NULL)
    page->next_cursor = wd_rest_offset_format (from + n, rows->next_cursor);
  return page;
}

/* One row more than is wanted says whether there are more. */
static WdPage *
list_plain (WdRestClient *client, const char *flags, gint64 from, gint64 end, gboolean to_until,
            GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) wallets =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_wallet_unref);
  gint64 total = -1, reached;
  WdPage *page;

  reached = read_plain (client, flags, from, to_until ? end : end + 1, wallets, &total,
                        cancellable, error);
  if (reached < 0)
    return NULL;
  page = make_page (wallets, 0, end - from, total);
  sort_ties (page->items);
  if (reached > end)
    page->next_cursor = wd_rest_offset_format (end, NULL);
  return page;
}

static WdPage *
list_searching (WdRestClient *client, const WdWalletFilter *filter, const char *flags,
                const WdPageRequest *request, gint64 from, gint64 end, GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_wallet_unref);
  Search search = { filter, found };
  gboolean is_complete;
  WdPage *page;

  if (!wd_rest_wallets_scan (client, flags, match_cb, &search, &is_complete, cancellable, error))
    return NULL;
  if (!is_complete)
    {
      wd_rest_wallets_refuse_many (error);
      return NULL;
    }
  g_ptr_array_sort_with_data (found, compare_cb, (gpointer) request);
  page = make_page (found, from, end, found->len);
  if (end < (gint64) found->len)
    page->next_cursor = wd_rest_offset_format (end, NULL);
  return page;
}

/**
 * wd_rest_list_wallets:
 * @client: whom to ask
 * @filter: which
 * @request: how many, and after which
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED for what cannot be done, with the reason; others in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): a page of #WdWallet
 */
WdPage *
wd_rest_list_wallets (WdRestClient *client, const WdWalletFilter *filter,
                      const WdPageRequest *request, GCancellable *cancellable, GError **error)
{
  g_autofree char *cursor = NULL;
  g_autofree char *flags = NULL;
  WdOffers offers;
  gint64 from, until, end;
  WdPage *page;

  if (!wd_rest_offset_parse (request->cursor, 0, &from, &cursor, error)
      || !wd_rest_offset_parse (request->until, G_MAXINT64, &until, NULL, error))
    return NULL;
  if (filter->troubles != NULL || filter->not_troubles != NULL || request->stride > 0
      || request->known != NULL || (request->backwards && request->until == NULL))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                           _("A remote dashboard does not tell which wallets are in trouble"));
      return NULL;
    }
  if ((cursor != NULL || !is_plain (filter, request, 0))
      && !wd_rest_client_get_acquainted (client, cancellable, error))
    return NULL;
  offers = wd_rest_server_get_offers (wd_rest_client_get_server (client));
  flags = wd_rest_query_wallets (filter, offers);
  if (request->backwards)
    from = MAX (from, until - (gint64) request->limit);
  end = MIN (from + (gint64) request->limit, until);
  if (!is_plain (filter, request, offers))
    page = list_searching (client, filter, flags, request, from, end, cancellable, error);
  else if ((offers & WD_OFFER_CURSOR) != 0 && request->until == NULL
           && (from == 0 || cursor != NULL))
    page = list_behind (client, flags, cursor, from, request->limit, cancellable, error);
  else
    page = list_plain (client, flags, from, end, end == until, cancellable, error);
  if (page == NULL)
    return NULL;
  if (end == until)
    g_clear_pointer (&page->next_cursor, g_free);
  if (request->backwards && from > 0)
    page->previous_cursor = wd_rest_offset_format (from, NULL);
  return page;
}

typedef struct {
  GHashTable *wanted;  /* (element-type utf8) */
  GPtrArray *found;    /* of WdWallet, or NULL */
  WdWalletDetail *detail;
  GError *error;
} Hunt;

static gboolean
hunt_cb (WdWallet *wallet, const char *object, gpointer data)
{
  Hunt *hunt = data;

  if (!g_hash_table_remove (hunt->wanted, wallet->address))
    return TRUE;
  if (hunt->found != NULL)
    g_ptr_array_add (hunt->found, wd_wallet_ref (wallet));
  else
    hunt->detail = wd_wire_read_wallet_detail (object, &hunt->error);
  return g_hash_table_size (hunt->wanted) > 0;
}

/* One address is asked for as a text by those who know that; from others everything comes. */
static char *
make_hint (GHashTable *wanted)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree gpointer *addresses = g_hash_table_get_keys_as_array (wanted, NULL);

  if (g_hash_table_size (wanted) == 1)
    wd_rest_query_add (query, "search", addresses[0]);
  return g_string_free (g_steal_pointer (&query), FALSE);
}

/**
 * wd_rest_load_wallet:
 * @client: whom to ask
 * @address: of a wallet
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, %WD_ERROR_NOT_SUPPORTED where there are too many to look through,
 *   others in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): the wallet with every column that is sent
 */
WdWalletDetail *
wd_rest_load_wallet (WdRestClient *client, const char *address, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  Hunt hunt = { wanted, NULL, NULL, NULL };
  g_autofree char *hint = NULL;
  gboolean is_complete;

  g_hash_table_add (wanted, (gpointer) address);
  hint = make_hint (wanted);
  if (!wd_rest_wallets_scan (client, hint, hunt_cb, &hunt, &is_complete, cancellable, error))
    return NULL;
  if (hunt.error != NULL)
    g_propagate_error (error, hunt.error);
  else if (hunt.detail == NULL && is_complete)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no such wallet"));
  else if (hunt.detail == NULL)
    wd_rest_wallets_refuse_many (error);
  return hunt.detail;
}

/**
 * wd_rest_find_wallets:
 * @client: whom to ask
 * @addresses: (array zero-terminated=1): of wallets
 * @is_complete: (out): whether those that are missing are not there; else there are too many
 *   wallets to look through
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdWallet): those that were found
 */
GPtrArray *
wd_rest_find_wallets (WdRestClient *client, const char *const *addresses, gboolean *is_complete,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_wallet_unref);
  Hunt hunt = { wanted, found, NULL, NULL };
  g_autofree char *hint = NULL;

  for (; *addresses != NULL; addresses++)
    g_hash_table_add (wanted, (gpointer) *addresses);
  hint = make_hint (wanted);
  if (!wd_rest_wallets_scan (client, hint, hunt_cb, &hunt, is_complete, cancellable, error))
    return NULL;
  *is_complete |= g_hash_table_size (wanted) == 0;
  return g_steal_pointer (&found);
}

static gboolean
network_cb (WdWallet *wallet, const char *object, gpointer data)
{
  if (wallet->network != NULL)
    g_hash_table_add (data, g_strdup (wallet->network));
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/**
 * wd_rest_list_networks:
 * @client: whom to ask
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED where there are too many wallets to look through, others in
 *   #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (array zero-terminated=1): the networks that wallets are on
 */
char **
wd_rest_list_networks (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) networks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gboolean is_complete;
  gpointer name;

  if (!wd_rest_wallets_scan (client, NULL, network_cb, networks, &is_complete, cancellable, error))
    return NULL;
  if (!is_complete)
    {
      wd_rest_wallets_refuse_many (error);
      return NULL;
    }
  g_hash_table_iter_init (&iter, networks);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
