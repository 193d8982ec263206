/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-request.h"
#include "wire/wd-wire-wallet.h"

static void
write_document (WdJsonWriter *json, const WdWallet *wallet, const char *message)
{
  wd_json_writer_boolean_member (json, "success", wallet != NULL);
  wd_json_writer_name (json, "wallet");
  if (wallet != NULL)
    wd_wire_wallet (json, wallet);
  else
    wd_json_writer_null (json);
  wd_json_writer_string_member (json, "message", message);
}

static WdWallet *
set_flags (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *address = wd_cli_arguments_get_operands (arguments)[0];
  WdTristate gas = wd_cli_arguments_get_boolean (arguments, "needs-gas");
  WdTristate consolidation = wd_cli_arguments_get_boolean (arguments, "needs-consolidation");
  g_autoptr (GAsyncResult) result = NULL;

  if (!wd_wallet_address_validate (address, error))
    return NULL;
  if (gas == WD_TRISTATE_UNSET && consolidation == WD_TRISTATE_UNSET)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Say which flag: --needs-gas, --needs-consolidation or both"));
      return NULL;
    }
  wd_backend_set_flags_async (context->backend, address, gas, consolidation, context->cancellable,
                              wd_answer_cb, &result);
  return wd_backend_set_flags_finish (context->backend, wd_answer_wait (&result), error);
}

/**
 * wd_cmd_wallets_set_flags:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_wallets_set_flags (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (WdWallet) wallet = set_flags (context, arguments, &failure);
  const char *message = wallet != NULL ? _("The flags are set") : failure->message;

  if (context->json != NULL)
    write_document (context->json, wallet, message);
  else if (wallet != NULL)
    g_string_append_printf (context->out, "%s\n", message);
  if (wallet != NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
