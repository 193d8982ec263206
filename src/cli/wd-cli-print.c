/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-print.h"

#include <glib/gi18n-lib.h>

#include "base/wd-format.h"

#define TEXT_MAX (64 * 1024)

/**
 * wd_cli_print_field:
 * @context: an open context
 * @name: what it is, translated
 * @value: (nullable): the value
 */
void
wd_cli_print_field (WdCliContext *context, const char *name, const char *value)
{
  g_autofree char *visible = value != NULL ? wd_format_visible (value, TEXT_MAX) : g_strdup ("—");
  glong space = MAX (18 - g_utf8_strlen (name, -1), 1);

  g_string_append_printf (context->out, "%s%*s%s\n", name, (int) space, "", visible);
}

static void
print_time (WdCliContext *context, const char *name, WdTime time)
{
  g_autofree char *whole = wd_format_time (time, NULL, NULL);
  g_autofree char *age = time != WD_TIME_NONE ? wd_format_age (time, context->now) : NULL;
  g_autofree char *both = age != NULL ? g_strdup_printf ("%s (%s)", whole, age) : NULL;

  wd_cli_print_field (context, name, both != NULL ? both : whole);
}

static void
print_number (WdCliContext *context, const char *name, gint64 number)
{
  g_autofree char *text = number != WD_INT_NONE
                          ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;

  wd_cli_print_field (context, name, text);
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

/**
 * wd_cli_print_job:
 * @context: an open context
 * @job: a row
 */
void
wd_cli_print_job (WdCliContext *context, const WdJob *job)
{
  wd_cli_print_field (context, _("Id"), job->id);
  wd_cli_print_field (context, _("Job id"), job->job_id);
  wd_cli_print_field (context, _("Type"), job->job_type);
  wd_cli_print_field (context, _("Status"), job->status);
  wd_cli_print_field (context, _("Wallet"), job->wallet_address);
  wd_cli_print_field (context, _("User"), job->user_id);
  wd_cli_print_field (context, _("Triggered by"), job->triggered_by);
  print_number (context, _("Retries"), job->retry_count);
  print_number (context, _("At most"), job->max_retries);
  print_time (context, _("Created"), job->created_at);
  print_time (context, _("Started"), job->started_at);
  print_time (context, _("Completed"), job->completed_at);
  print_time (context, _("Updated"), job->updated_at);
  wd_cli_print_field (context, _("Error"), job->error_message);
  wd_cli_print_field (context, _("Data"), job->data);
}

static void
print_parent (WdCliContext *context, const WdQueueJob *job)
{
  g_autofree char *parent = g_strdup_printf ("%s / %s", job->parent_queue, job->parent_id);

  wd_cli_print_field (context, _("Parent"), parent);
}

/**
 * wd_cli_print_queue_job:
 * @context: an open context
 * @job: as its queue sees it
 */
void
wd_cli_print_queue_job (WdCliContext *context, const WdQueueJob *job)
{
  g_string_append_printf (context->out, "\n%s\n", _("In its queue"));
  wd_cli_print_field (context, _("Queue"), job->queue);
  wd_cli_print_field (context, _("Name"), job->name);
  wd_cli_print_field (context, _("State"), job->state);
  print_number (context, _("Attempts made"), job->attempts_made);
  print_number (context, _("Attempts begun"), job->attempts_started);
  print_number (context, _("Attempts allowed"), job->attempts);
  print_number (context, _("Priority"), job->priority);
  if (job->due != WD_TIME_NONE)
    print_time (context, _("Due"), job->due);
  print_time (context, _("Added"), job->timestamp);
  print_time (context, _("Processed"), job->processed_on);
  print_time (context, _("Finished"), job->finished_on);
  wd_cli_print_field (context, _("Progress"), job->progress);
  wd_cli_print_field (context, _("Failed because"), job->failed_reason);
  if (job->worker != NULL)
    wd_cli_print_field (context, _("Worker"), job->worker);
  if (job->stalled > 0)
    print_number (context, _("Stalled"), job->stalled);
  if (job->deduplication_id != NULL)
    wd_cli_print_field (context, _("Deduplication"), job->deduplication_id);
  if (job->parent_id != NULL)
    print_parent (context, job);
  if (job->n_children > 0)
    print_number (context, _("Children"), job->n_children);
  print_lines (context, _("Stack traces"), job->stacktrace);
  print_lines (context, _("Log"), job->logs);
}
