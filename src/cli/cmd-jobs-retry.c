/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-action.h"
#include "cli/wd-cli-retry.h"

static WdRetryRequest *
make_request (const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdRetryRequest) request = wd_cli_retry_all_request (arguments, error);

  if (request == NULL)
    return NULL;
  request->ids = g_strdupv ((char **) wd_cli_arguments_get_operands (arguments));
  if (!wd_cli_arguments_has (arguments, "all-failed"))
    {
      if (!wd_job_filter_is_empty (request->all_failed))
        {
          g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                               _("Filters go with --all-failed"));
          return NULL;
        }
      g_clear_pointer (&request->all_failed, wd_job_filter_free);
    }
  return wd_retry_request_validate (request, error) ? g_steal_pointer (&request) : NULL;
}

/**
 * wd_cmd_jobs_retry:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; the gravest where several jobs differ
 */
gboolean
wd_cmd_jobs_retry (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdRetryRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdActionResult) done = NULL;
  g_autoptr (GError) failure = NULL;

  request = make_request (arguments, &failure);
  if (request != NULL)
    {
      wd_backend_retry_async (context->backend, request, context->cancellable, wd_answer_cb,
                              &result);
      done = wd_backend_retry_finish (context->backend, wd_answer_wait (&result), &failure);
    }
  if (done != NULL)
    return wd_cli_report_action (context, "id", done, error);
  return wd_cli_report_nothing (context, "id", g_steal_pointer (&failure), error);
}
