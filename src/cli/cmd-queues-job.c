/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-print.h"
#include "wire/wd-wire-queue-jobs.h"

static void
print_detail (WdCliContext *context, const WdJobDetail *detail)
{
  const WdQueueJob *job = detail->queue_job;

  if (detail->job != NULL)
    wd_cli_print_job (context, detail->job);
  else
    wd_cli_print_field (context, _("Id"), job->id);
  if (detail->job == NULL || detail->job->data == NULL)
    wd_cli_print_field (context, _("Queue's data"), job->data);
  wd_cli_print_queue_job (context, job);
  if (job->return_value != NULL)
    wd_cli_print_field (context, _("Returned"), job->return_value);
  if (detail->row_error != NULL)
    wd_cli_message ("%s", detail->row_error);
  else if (detail->job == NULL)
    wd_cli_message (_("It has no row in job_logs"));
}

/**
 * wd_cmd_queues_job:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_queues_job (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *const *operands = wd_cli_arguments_get_operands (arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdJobDetail) detail = NULL;

  wd_backend_load_queue_job_async (context->backend, operands[0], operands[1],
                                   context->cancellable, wd_answer_cb, &result);
  detail = wd_backend_load_queue_job_finish (context->backend, wd_answer_wait (&result), error);
  if (detail == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_queue_job_members (context->json, detail);
  else
    print_detail (context, detail);
  return TRUE;
}
