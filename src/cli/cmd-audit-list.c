/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-export.h"
#include "cli/wd-cli-filter.h"
#include "cli/wd-cli-page.h"
#include "model/wd-audit-action.h"
#include "session/wd-audit-text.h"
#include "wire/wd-wire-page.h"

static void
print_entries (WdCliContext *context, const WdPage *page)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("WHEN"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WHO"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ROLE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ACTION"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("TARGET"), WD_CLI_FOLD);
  wd_cli_table_add_column (table, _("PROGRAM"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("CHANGE"), WD_CLI_CUT);
  for (guint i = 0; i < page->items->len; i++)
    {
      const WdAuditEntry *entry = page->items->pdata[i];

      wd_cli_table_take (table, wd_cli_format_when (context, entry->at));
      wd_cli_table_take (table, wd_audit_text_who (entry));
      wd_cli_table_add (table, entry->db_role);
      wd_cli_table_add_colored (table, entry->action,
                                wd_audit_action_is_failure (entry->action) ? WD_CLI_YELLOW
                                                                           : WD_CLI_PLAIN);
      wd_cli_table_add (table, entry->target_id);
      wd_cli_table_add (table, entry->client);
      wd_cli_table_take (table, wd_audit_text_change (entry));
    }
  wd_cli_print_table (context, table);
}

/**
 * wd_cmd_audit_list:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_audit_list (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdAuditFilter) filter = wd_cli_audit_filter (arguments, error);
  g_autoptr (WdPageRequest) request = wd_cli_page_request (arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdPage) page = NULL;

  if (filter == NULL)
    return FALSE;
  if (wd_cli_arguments_has (arguments, "format"))
    return wd_cli_export (context, arguments, wd_export_request_new_audit (filter), error);
  wd_backend_list_audit_async (context->backend, filter, request, context->cancellable,
                               wd_answer_cb, &result);
  page = wd_backend_list_audit_finish (context->backend, wd_answer_wait (&result), error);
  if (page == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_audit_page_members (context->json, page);
  else
    {
      if (page->items->len > 0)
        print_entries (context, page);
      wd_cli_tell_rest (page);
    }
  return TRUE;
}
