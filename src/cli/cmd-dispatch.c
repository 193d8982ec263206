/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-action.h"

static WdDispatchRequest *
make_request (const WdCliArguments *arguments, GError **error)
{
  const char *priority = wd_cli_arguments_get (arguments, "priority");
  g_autoptr (WdDispatchRequest) request =
    wd_dispatch_request_new (wd_cli_arguments_get_operands (arguments)[0]);

  if (!wd_cli_arguments_has (arguments, "wallet"))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Say which wallets: --wallet ADDRESS, which may be repeated"));
      return NULL;
    }
  request->wallets = g_strdupv ((char **) wd_cli_arguments_get_all (arguments, "wallet"));
  request->user_id = g_strdup (wd_cli_arguments_get (arguments, "user"));
  request->force = wd_cli_arguments_has (arguments, "force");
  if (priority != NULL && !wd_priority_from_string (priority, &request->priority, error))
    return NULL;
  return wd_dispatch_request_validate (request, error) ? g_steal_pointer (&request) : NULL;
}

/**
 * wd_cmd_dispatch:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; the gravest where several wallets differ
 */
gboolean
wd_cmd_dispatch (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdDispatchRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdActionResult) done = NULL;
  g_autoptr (GError) failure = NULL;

  request = make_request (arguments, &failure);
  if (request != NULL)
    {
      wd_backend_dispatch_async (context->backend, request, context->cancellable, wd_answer_cb,
                                 &result);
      done = wd_backend_dispatch_finish (context->backend, wd_answer_wait (&result), &failure);
    }
  if (done != NULL)
    return wd_cli_report_action (context, "wallet_address", done, error);
  return wd_cli_report_nothing (context, "wallet_address", g_steal_pointer (&failure), error);
}
