/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-export.h"
#include "cli/wd-cli-filter.h"
#include "cli/wd-cli-page.h"
#include "wire/wd-wire-page.h"

static const char *
flag_word (WdTristate flag)
{
  if (flag == WD_TRISTATE_UNSET)
    return NULL;
  return flag == WD_TRISTATE_TRUE ? C_("flag", "yes") : C_("flag", "no");
}

static void
print_wallets (WdCliContext *context, const WdPage *page)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("ADDRESS"), WD_CLI_FOLD);
  wd_cli_table_add_column (table, _("NETWORK"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("BALANCE"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("ON CHAIN"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("GAS"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("CONSOLIDATION"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("LAST SYNC"), WD_CLI_LEFT);
  for (guint i = 0; i < page->items->len; i++)
    {
      const WdWallet *wallet = page->items->pdata[i];

      wd_cli_table_add (table, wallet->address);
      wd_cli_table_add (table, wallet->network);
      wd_cli_table_add (table, wallet->balance);
      wd_cli_table_add (table, wallet->on_chain_balance);
      wd_cli_table_add_colored (table, flag_word (wallet->needs_gas),
                                wallet->needs_gas == WD_TRISTATE_TRUE ? WD_CLI_YELLOW
                                                                      : WD_CLI_PLAIN);
      wd_cli_table_add_colored (table, flag_word (wallet->needs_consolidation),
                                wallet->needs_consolidation == WD_TRISTATE_TRUE ? WD_CLI_YELLOW
                                                                                : WD_CLI_PLAIN);
      wd_cli_table_take (table, wd_cli_format_when (context, wallet->last_sync));
    }
  wd_cli_print_table (context, table);
}

/**
 * wd_cmd_wallets_list:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_wallets_list (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdWalletFilter) filter = wd_cli_wallet_filter (arguments, error);
  g_autoptr (WdPageRequest) request = wd_cli_page_request (arguments);
  g_autoptr (WdPage) page = NULL;
  GError *failure = NULL;

  if (filter == NULL)
    return FALSE;
  if (wd_cli_arguments_has (arguments, "format"))
    return wd_cli_export (context, arguments, wd_export_request_new_wallets (filter), error);
  page = wd_cli_read_page (context, wd_list_kind_wallets (), filter, request, &failure);
  if (page == NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (context->json != NULL)
    wd_wire_wallet_page_members (context->json, page);
  else
    {
      if (page->items->len > 0)
        print_wallets (context, page);
      wd_cli_tell_rest (page);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}
