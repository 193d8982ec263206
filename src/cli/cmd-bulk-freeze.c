/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What bulk runs are made of: all that filters let through, or those that are named. */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-bulk.h"
#include "cli/wd-cli-filter.h"
#include "cli/wd-cli-retry.h"

static gboolean
freeze (WdCliContext *context, const WdBulkRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!wd_bulk_request_validate (request, error))
    return FALSE;
  wd_backend_freeze_bulk_async (context->backend, request, context->cancellable, wd_answer_cb,
                                &result);
  return wd_cli_report_bulk (context,
                             wd_backend_freeze_bulk_finish (context->backend,
                                                            wd_answer_wait (&result), error));
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

/**
 * wd_cmd_bulk_retry:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_retry (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *const *ids = wd_cli_arguments_get_operands (arguments);
  g_autoptr (WdRetryRequest) all = wd_cli_retry_all_request (arguments, error);
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_RETRY);

  if (all == NULL)
    return FALSE;
  request->reset = all->reset;
  request->force = all->force;
  if (*ids == NULL)
    request->jobs = g_steal_pointer (&all->all_failed);
  else if (wd_job_filter_is_empty (all->all_failed))
    request->subjects = g_strdupv ((char **) ids);
  else
    return fail (error, _("Name jobs, or say by filters which: not both"));
  return freeze (context, request, error);
}

/* Wallets that are named, or those that filters let through, or all where that is said. */
static gboolean
read_wallets (const WdCliArguments *arguments, WdBulkRequest *request, GError **error)
{
  const char *const *addresses = wd_cli_arguments_get_all (arguments, "wallet");
  g_autoptr (WdWalletFilter) filter = wd_cli_wallet_filter (arguments, error);
  gboolean all = wd_cli_arguments_has (arguments, "all");
  gboolean empty;

  if (filter == NULL)
    return FALSE;
  empty = wd_wallet_filter_is_empty (filter);
  if ((addresses != NULL) + !empty + all != 1)
    return fail (error, _("Say which wallets: --wallet, or filters, or --all"));
  if (addresses != NULL)
    request->subjects = g_strdupv ((char **) addresses);
  else
    request->wallets = g_steal_pointer (&filter);
  return TRUE;
}

/**
 * wd_cmd_bulk_dispatch:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_dispatch (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *priority = wd_cli_arguments_get (arguments, "priority");
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_DISPATCH);

  request->job_type = g_strdup (wd_cli_arguments_get_operands (arguments)[0]);
  request->user_id = g_strdup (wd_cli_arguments_get (arguments, "user"));
  request->force = wd_cli_arguments_has (arguments, "force");
  return (priority == NULL || wd_priority_from_string (priority, &request->priority, error))
         && read_wallets (arguments, request, error) && freeze (context, request, error);
}

/**
 * wd_cmd_bulk_set_flags:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_bulk_set_flags (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_SET_FLAGS);

  request->needs_gas = wd_cli_arguments_get_boolean (arguments, "set-needs-gas");
  request->needs_consolidation = wd_cli_arguments_get_boolean (arguments,
                                                               "set-needs-consolidation");
  if (request->needs_gas == WD_TRISTATE_UNSET && request->needs_consolidation == WD_TRISTATE_UNSET)
    return fail (error, _("Say which flag: --set-needs-gas, --set-needs-consolidation or both"));
  return read_wallets (arguments, request, error) && freeze (context, request, error);
}
