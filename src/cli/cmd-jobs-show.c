/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-print.h"
#include "wire/wd-wire-job.h"

/**
 * wd_cmd_jobs_show:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; %WD_ERROR_NO_CONNECTION also where only the queue cannot be asked
 */
gboolean
wd_cmd_jobs_show (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *id = wd_cli_arguments_get_operands (arguments)[0];
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdJobDetail) detail = NULL;

  wd_backend_load_job_async (context->backend, id, context->cancellable, wd_answer_cb, &result);
  detail = wd_backend_load_job_finish (context->backend, wd_answer_wait (&result), error);
  if (detail == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_job_detail_members (context->json, detail);
  else
    {
      wd_cli_print_job (context, detail->job);
      if (detail->queue_job != NULL)
        wd_cli_print_queue_job (context, detail->queue_job);
      else if (detail->queue_error == NULL && context->profile->redis_url != NULL)
        g_string_append_printf (context->out, "\n%s\n",
                                _("Its queue does not hold it (any more)."));
    }
  if (context->profile->redis_url == NULL || detail->queue_error == NULL)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION, detail->queue_error);
  return FALSE;
}
