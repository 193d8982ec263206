/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-export.h"
#include "cli/wd-cli-filter.h"
#include "cli/wd-cli-page.h"
#include "wire/wd-wire-page.h"

static void
print_jobs (WdCliContext *context, const WdPage *page)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("ID"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("TYPE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("STATUS"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WALLET"), WD_CLI_FOLD);
  wd_cli_table_add_column (table, _("TRIGGER"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("RETRIES"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("CREATED"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ERROR"), WD_CLI_CUT);
  for (guint i = 0; i < page->items->len; i++)
    {
      const WdJob *job = page->items->pdata[i];

      wd_cli_table_add (table, job->id);
      wd_cli_table_add (table, job->job_type);
      wd_cli_table_add_colored (table, job->status, wd_cli_status_color (job->status));
      wd_cli_table_add (table, job->wallet_address);
      wd_cli_table_add (table, job->triggered_by);
      wd_cli_table_add_number (table, job->retry_count);
      wd_cli_table_take (table, wd_cli_format_when (context, job->created_at));
      wd_cli_table_add (table, job->error_message != NULL ? job->error_message : "");
    }
  wd_cli_print_table (context, table);
}

/**
 * wd_cmd_jobs_list:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_jobs_list (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdJobFilter) filter = wd_cli_job_filter (arguments, error);
  g_autoptr (WdPageRequest) request = wd_cli_page_request (arguments);
  g_autoptr (WdPage) page = NULL;
  GError *failure = NULL;

  if (filter == NULL)
    return FALSE;
  if (wd_cli_arguments_has (arguments, "format"))
    return wd_cli_export (context, arguments, wd_export_request_new_jobs (filter), error);
  request->with_data = context->json != NULL;
  page = wd_cli_read_page (context, wd_list_kind_jobs (), filter, request, &failure);
  if (page == NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (context->json != NULL)
    wd_wire_job_page_members (context->json, page);
  else
    {
      if (page->items->len > 0)
        print_jobs (context, page);
      wd_cli_tell_rest (page);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}
