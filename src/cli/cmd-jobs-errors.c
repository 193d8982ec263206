/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-filter.h"
#include "wire/wd-wire-error-report.h"

static void
print_groups (WdCliContext *context, const WdErrorReport *report)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("FAILED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("LAST DAY"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("DAY BEFORE"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("WALLETS"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("FIRST"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("LAST"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("TYPES"), WD_CLI_FOLD);
  wd_cli_table_add_column (table, _("ERROR"), WD_CLI_CUT);
  for (guint i = 0; i < report->groups->len; i++)
    {
      const WdErrorGroup *group = report->groups->pdata[i];

      wd_cli_table_add_number (table, group->n_jobs);
      wd_cli_table_add_number (table, group->n_last_day);
      wd_cli_table_add_number (table, group->n_day_before);
      wd_cli_table_add_number (table, group->n_wallets);
      wd_cli_table_take (table, wd_cli_format_when (context, group->first_failed_at));
      wd_cli_table_take (table, wd_cli_format_when (context, group->last_failed_at));
      wd_cli_table_take (table, g_strjoinv (" ", group->job_types));
      wd_cli_table_add (table, *group->name != '\0' ? group->name : _("(no message)"));
    }
  wd_cli_print_table (context, table);
}

static void
tell_rest (const WdErrorReport *report)
{
  g_autofree char *n_jobs = g_strdup_printf ("%" G_GINT64_FORMAT, report->n_jobs);
  g_autofree char *n_groups = g_strdup_printf ("%" G_GINT64_FORMAT, report->n_groups);

  if (report->groups->len == 0)
    wd_cli_message (_("Nothing matches"));
  if (report->n_groups > report->groups->len)
    wd_cli_message (_("The greatest %u of %s groups"), report->groups->len, n_groups);
  if (!report->is_complete)
    wd_cli_message (_("Only the newest %s failed jobs were looked at; look at all with --all"),
                    n_jobs);
}

/**
 * wd_cmd_jobs_errors:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_jobs_errors (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdJobFilter) filter = wd_cli_job_filter (arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdErrorReport) report = NULL;

  if (filter == NULL)
    return FALSE;
  wd_backend_load_error_report_async (context->backend, filter,
                                      wd_cli_arguments_has (arguments, "all")
                                        ? G_MAXINT : WD_ERROR_REPORT_JOBS,
                                      context->cancellable, wd_answer_cb, &result);
  report = wd_backend_load_error_report_finish (context->backend, wd_answer_wait (&result), error);
  if (report == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_error_report_members (context->json, report);
  else
    {
      if (report->groups->len > 0)
        print_groups (context, report);
      tell_rest (report);
    }
  return TRUE;
}
