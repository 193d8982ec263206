/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "wire/wd-wire-job.h"

#define TEXT_MAX (64 * 1024)

static void
print_field (WdCliContext *context, const char *name, const char *value)
{
  g_autofree char *visible = value != NULL ? wd_format_visible (value, TEXT_MAX) : g_strdup ("—");
  glong space = MAX (18 - g_utf8_strlen (name, -1), 1);

  g_string_append_printf (context->out, "%s%*s%s\n", name, (int) space, "", visible);
}

static void
print_time (WdCliContext *context, const char *name, WdTime time)
{
  g_autofree char *whole = wd_format_time (time, NULL);
  g_autofree char *age = time != WD_TIME_NONE ? wd_format_age (time, context->now) : NULL;
  g_autofree char *both = age != NULL ? g_strdup_printf ("%s (%s)", whole, age) : NULL;

  print_field (context, name, both != NULL ? both : whole);
}

static void
print_number (WdCliContext *context, const char *name, gint64 number)
{
  g_autofree char *text = number != WD_INT_NONE
                          ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;

  print_field (context, name, text);
}

static void
print_lines (WdCliContext *context, const char *title, char **texts)
{
  if (texts == NULL || *texts == NULL)
    return;
  g_string_append_printf (context->out, "\n%s\n", title);
  for (; *texts != NULL; texts++)
    {
      g_auto (GStrv) lines = g_strsplit (*texts, "\n", -1);

      for (char **line = lines; *line != NULL; line++)
        {
          g_autofree char *visible = wd_format_visible (*line, TEXT_MAX);

          g_string_append_printf (context->out, "  %s\n", visible);
        }
    }
}

static void
print_job (WdCliContext *context, const WdJob *job)
{
  print_field (context, _("Id"), job->id);
  print_field (context, _("Job id"), job->job_id);
  print_field (context, _("Type"), job->job_type);
  print_field (context, _("Status"), job->status);
  print_field (context, _("Wallet"), job->wallet_address);
  print_field (context, _("User"), job->user_id);
  print_field (context, _("Triggered by"), job->triggered_by);
  print_number (context, _("Retries"), job->retry_count);
  print_number (context, _("At most"), job->max_retries);
  print_time (context, _("Created"), job->created_at);
  print_time (context, _("Started"), job->started_at);
  print_time (context, _("Completed"), job->completed_at);
  print_time (context, _("Updated"), job->updated_at);
  print_field (context, _("Error"), job->error_message);
  print_field (context, _("Data"), job->data);
}

static void
print_queue_job (WdCliContext *context, const WdQueueJob *job)
{
  g_string_append_printf (context->out, "\n%s\n", _("In its queue"));
  print_field (context, _("Queue"), job->queue);
  print_field (context, _("State"), job->state);
  print_number (context, _("Attempts made"), job->attempts_made);
  print_number (context, _("Attempts begun"), job->attempts_started);
  print_number (context, _("Attempts allowed"), job->attempts);
  print_number (context, _("Priority"), job->priority);
  if (job->due != WD_TIME_NONE)
    print_time (context, _("Due"), job->due);
  print_time (context, _("Processed"), job->processed_on);
  print_time (context, _("Finished"), job->finished_on);
  print_field (context, _("Progress"), job->progress);
  print_field (context, _("Failed because"), job->failed_reason);
  print_lines (context, _("Stack traces"), job->stacktrace);
  print_lines (context, _("Log"), job->logs);
}

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

  wd_backend_load_job_async (context->backend, id, context->cancellable, wd_cli_done_cb, &result);
  detail = wd_backend_load_job_finish (context->backend, wd_cli_wait (&result), error);
  if (detail == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_job_detail_members (context->json, detail);
  else
    {
      print_job (context, detail->job);
      if (detail->queue_job != NULL)
        print_queue_job (context, detail->queue_job);
      else if (detail->queue_error == NULL && context->profile->redis_url != NULL)
        g_string_append_printf (context->out, "\n%s\n",
                                _("Its queue does not hold it (any more)."));
    }
  if (context->profile->redis_url == NULL || detail->queue_error == NULL)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION, detail->queue_error);
  return FALSE;
}
