/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "wire/wd-wire-history.h"

static WdHistoryRequest *
make_request (const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdHistoryRequest) request = wd_history_request_new ();
  const char *range = wd_cli_arguments_get (arguments, "range");

  request->job_type = g_strdup (wd_cli_arguments_get (arguments, "type"));
  request->exact = wd_cli_arguments_has (arguments, "exact");
  request->from = wd_cli_arguments_get_time (arguments, "from", FALSE);
  request->to = wd_cli_arguments_get_time (arguments, "to", TRUE);
  if (range != NULL && !wd_history_range_parse (range, &request->range, error))
    return NULL;
  if (request->from == WD_TIME_NONE && request->to == WD_TIME_NONE)
    return g_steal_pointer (&request);
  if (range != NULL || request->from == WD_TIME_NONE)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Give either --range or --from, with --to or up to now"));
      return NULL;
    }
  request->range = WD_HISTORY_CUSTOM;
  if (request->to == WD_TIME_NONE)
    request->to = wd_time_now ();
  return g_steal_pointer (&request);
}

static char *
format_percent (double rate)
{
  return rate >= 0 ? g_strdup_printf ("%.1f %%", rate * 100) : g_strdup ("—");
}

static void
add_percentiles (WdCliTable *table, const WdPercentiles *percentiles)
{
  const gint64 values[] = { percentiles->p50, percentiles->p95, percentiles->p99 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    wd_cli_table_take (table, values[i] >= 0 ? wd_format_duration (0, values[i])
                                             : g_strdup ("—"));
}

static void
add_point (WdCliTable *table, const WdHistoryPoint *point, char *when)
{
  wd_cli_table_take (table, when);
  wd_cli_table_add_number (table, point->completed);
  wd_cli_table_add_number (table, point->failed);
  wd_cli_table_take (table, format_percent (wd_history_point_get_success (point)));
  wd_cli_table_add_number (table, point->unfinished);
  add_percentiles (table, &point->run);
  add_percentiles (table, &point->wait);
  wd_cli_table_take (table, point->retries >= 0 ? g_strdup_printf ("%.2f", point->retries)
                                                : g_strdup ("—"));
}

static void
print_history (WdCliContext *context, const WdHistory *history)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("FROM"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("COMPLETED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("FAILED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("SUCCESS"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("UNFINISHED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("RUN P50"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, "P95", WD_CLI_RIGHT);
  wd_cli_table_add_column (table, "P99", WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("WAIT P50"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, "P95", WD_CLI_RIGHT);
  wd_cli_table_add_column (table, "P99", WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("RETRIES"), WD_CLI_RIGHT);
  for (guint i = 0; i < wd_history_get_length (history); i++)
    {
      const WdHistoryPoint *point = wd_history_get_point (history, i);

      add_point (table, point, wd_format_minute (point->from, NULL, NULL));
    }
  add_point (table, &history->total, g_strdup (_("all")));
  wd_cli_print_table (context, table);
}

static void
tell_limits (const WdHistory *history)
{
  g_autofree char *since = wd_format_minute (history->durations_since, NULL, NULL);
  g_autofree char *until = wd_format_minute (history->days_until, NULL, NULL);

  if (history->coarse)
    wd_cli_message (_("There are too many jobs for shorter bars"));
  if (history->durations_since != WD_TIME_NONE)
    wd_cli_message (_("Run and wait times by the hour are kept since %s"), since);
  if (history->days_until != WD_TIME_NONE)
    wd_cli_message (_("Run and wait times before %s are of days of UTC"), until);
  if (history->retries_sampled)
    wd_cli_message (_("Retries are those of a sample of the jobs"));
}

/**
 * wd_cmd_history:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_history (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdHistoryRequest) request = make_request (arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdHistory) history = NULL;

  if (request == NULL)
    return FALSE;
  wd_backend_load_history_async (context->backend, request, context->cancellable, wd_answer_cb,
                                 &result);
  history = wd_backend_load_history_finish (context->backend, wd_answer_wait (&result), error);
  if (history == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_history_members (context->json, history);
  else
    {
      print_history (context, history);
      tell_limits (history);
    }
  return TRUE;
}
