/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "wire/wd-wire-outbox.h"

static void
print_entries (WdCliContext *context, const GPtrArray *entries)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("ID"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("OPERATION"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("QUEUE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("JOB"), WD_CLI_FOLD);
  wd_cli_table_add_column (table, _("WALLET"), WD_CLI_FOLD);
  wd_cli_table_add_column (table, _("CREATED"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ATTEMPTS"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("WHAT IS KNOWN"), WD_CLI_LEFT);
  for (guint i = 0; i < entries->len; i++)
    {
      const WdOutboxEntry *entry = entries->pdata[i];

      wd_cli_table_add (table, entry->id);
      wd_cli_table_add (table, entry->operation);
      wd_cli_table_add (table, entry->queue);
      wd_cli_table_add (table, entry->job_id);
      wd_cli_table_add (table, entry->wallet_address);
      wd_cli_table_take (table, wd_cli_format_when (context, entry->created_at));
      wd_cli_table_add_number (table, entry->attempts);
      wd_cli_table_add (table, entry->verdict != NULL ? entry->verdict : entry->last_error);
    }
  wd_cli_print_table (context, table);
}

/**
 * wd_cmd_outbox_list:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_outbox_list (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  wd_backend_list_outbox_async (context->backend, context->cancellable, wd_answer_cb, &result);
  entries = wd_backend_list_outbox_finish (context->backend, wd_answer_wait (&result), error);
  if (entries == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_outbox_members (context->json, entries);
  else if (entries->len > 0)
    print_entries (context, entries);
  else
    wd_cli_message (_("Every job is in its queue"));
  return TRUE;
}
