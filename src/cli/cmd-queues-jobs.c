/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-page.h"
#include "model/wd-words.h"
#include "wire/wd-wire-queue-jobs.h"

/* The time that matters in a state. */
static WdTime
time_of (const WdQueueJob *job)
{
  if (job->finished_on != WD_TIME_NONE)
    return job->finished_on;
  if (job->due != WD_TIME_NONE)
    return job->due;
  return job->processed_on != WD_TIME_NONE ? job->processed_on : job->timestamp;
}

static void
add_attempts (WdCliTable *table, const WdQueueJob *job)
{
  wd_cli_table_take (table,
                     g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                      job->attempts_made, job->attempts));
}

static void
print_jobs (WdCliContext *context, const WdQueueJobs *page)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("ID"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("NAME"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WHEN"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ATTEMPTS"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("PRIORITY"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("ROW"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("DETAIL"), WD_CLI_CUT);
  for (guint i = 0; i < page->entries->len; i++)
    {
      const WdQueueJobEntry *entry = page->entries->pdata[i];
      const WdQueueJob *job = entry->job;

      wd_cli_table_add (table, job->id);
      wd_cli_table_add (table, job->name);
      wd_cli_table_take (table, wd_cli_format_when (context, time_of (job)));
      add_attempts (table, job);
      wd_cli_table_add_number (table, job->priority);
      if (entry->row != NULL)
        wd_cli_table_add_colored (table, entry->row->status,
                                  wd_cli_status_color (entry->row->status));
      else if (!entry->is_row_known)
        wd_cli_table_add (table, "?");
      else
        wd_cli_table_add_colored (table, _("no row"), WD_CLI_YELLOW);
      wd_cli_table_add (table, !job->has_record            ? _("its record is gone")
                               : job->failed_reason != NULL ? job->failed_reason
                                                            : job->data);
    }
  if (page->entries->len > 0)
    wd_cli_print_table (context, table);
  else
    wd_cli_table_free (table);
}

static void
tell_rest (const WdQueueJobs *page)
{
  gint64 end = page->request->offset + page->request->limit;
  g_autofree char *total = g_strdup_printf ("%" G_GINT64_FORMAT, page->total);
  g_autofree char *shown = g_strdup_printf ("%u", page->entries->len);
  g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, end);

  if (page->counts->layout != NULL)
    wd_cli_message (_("%s is read-only for this program: %s"), page->request->queue,
                    page->counts->layout);
  if (page->rows_error != NULL)
    wd_cli_message ("%s", page->rows_error);
  if (end < page->total)
    wd_cli_message (_("%s of %s; the next ones: --offset %s"), shown, total, next);
  else if (page->entries->len == 0)
    wd_cli_message (_("There is no such job"));
}

static WdQueueJobsRequest *
read_request (const WdCliArguments *arguments, GError **error)
{
  const char *state = wd_cli_arguments_get (arguments, "state");
  const char *offset = wd_cli_arguments_get (arguments, "offset");
  guint64 number = 0;

  if (state == NULL)
    state = "waiting";
  if (!g_strv_contains (wd_queue_state_words (), state))
    {
      g_autofree char *words = g_strjoinv (", ", (char **) wd_queue_state_words ());

      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not a state: use one of %s"), state, words);
      return NULL;
    }
  if (offset != NULL
      && !g_ascii_string_to_unsigned (offset, 10, 0, G_MAXINT32, &number, NULL))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("--offset is a number, not “%s”"), offset);
      return NULL;
    }
  return wd_queue_jobs_request_create (wd_cli_arguments_get_operands (arguments)[0], state,
                                       (gint64) number,
                                       wd_cli_arguments_get_limit (arguments, "limit",
                                                                   WD_PAGE_LIMIT_DEFAULT));
}

/**
 * wd_cmd_queues_jobs:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_queues_jobs (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdQueueJobsRequest) request = read_request (arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdQueueJobs) page = NULL;

  if (request == NULL)
    return FALSE;
  wd_backend_list_queue_jobs_async (context->backend, request, context->cancellable,
                                    wd_answer_cb, &result);
  page = wd_backend_list_queue_jobs_finish (context->backend, wd_answer_wait (&result), error);
  if (page == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_queue_jobs_members (context->json, page);
  else
    {
      print_jobs (context, page);
      tell_rest (page);
    }
  return TRUE;
}
