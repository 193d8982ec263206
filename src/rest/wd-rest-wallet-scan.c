/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks through the wallets of an endpoint that cannot do so itself. */

#include "rest/wd-rest-wallet-scan.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-page.h"
#include "rest/wd-rest-query.h"

/* Pages of a thousand that are read to look for something. */
#define MAX_PAGES 10

/**
 * wd_rest_wallets_fetch:
 * @client: whom to ask
 * @flags: (nullable): parameters
 * @limit: rows at most
 * @offset: rows before them
 * @answer: (out) (transfer full) (nullable): what came, which outlives the rows
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): one answer's rows
 */
WdWireRows *
wd_rest_wallets_fetch (WdRestClient *client, const char *flags, guint limit, gint64 offset,
                       WdRestAnswer **answer, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) query = g_string_new (flags);
  WdWireRows *rows;

  wd_rest_query_add_number (query, "limit", limit);
  wd_rest_query_add_number (query, "offset", offset);
  *answer = wd_rest_client_get (client, "/api/wallets/list", query->str, cancellable, error);
  if (*answer == NULL)
    return NULL;
  rows = wd_wire_read_wallets ((*answer)->text, (*answer)->length, error);
  if (rows == NULL)
    wd_rest_answer_prefix (*answer, error);
  return rows;
}

/**
 * wd_rest_wallet_get_id:
 * @wallet: a wallet
 *
 * Returns: (transfer none): what no other one has
 */
const char *
wd_rest_wallet_get_id (const WdWallet *wallet)
{
  return wallet->id != NULL ? wallet->id : wallet->address;
}

/**
 * wd_rest_wallets_scan:
 * @client: whom to ask
 * @flags: (nullable): parameters
 * @func: shown each wallet once, as far as there are not too many
 * @data: for @func
 * @is_complete: (out): whether it was shown all
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Rows made meanwhile shift the pages: what comes twice is left out. Worker.
 */
gboolean
wd_rest_wallets_scan (WdRestClient *client, const char *flags, WdRestWalletFunc func,
                      gpointer data, gboolean *is_complete, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 offset = 0;

  *is_complete = FALSE;
  for (guint page = 0; page < MAX_PAGES; page++)
    {
      g_autoptr (WdRestAnswer) answer = NULL;
      g_autoptr (WdWireRows) rows =
        wd_rest_wallets_fetch (client, flags, WD_PAGE_LIMIT_MAX, offset, &answer, cancellable,
                               error);

      if (rows == NULL)
        return FALSE;
      offset += rows->items->len;
      for (guint i = 0; i < rows->items->len; i++)
        if (g_hash_table_add (seen, g_strdup (wd_rest_wallet_get_id (rows->items->pdata[i])))
            && !func (rows->items->pdata[i], rows->objects->pdata[i], data))
          return TRUE;
      *is_complete = rows->items->len == 0 || (rows->total > 0 && offset >= rows->total);
      if (*is_complete)
        return TRUE;
    }
  return TRUE;
}

/**
 * wd_rest_wallets_refuse_many:
 * @error: %WD_ERROR_NOT_SUPPORTED: there are too many wallets to look for something among them
 */
void
wd_rest_wallets_refuse_many (GError **error)
{
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
               _("A remote dashboard only lists its wallets and knows their flags. For anything "
                 "else all of them are looked through here, and there are more than %d"),
               MAX_PAGES * WD_PAGE_LIMIT_MAX);
}
