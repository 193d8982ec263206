/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "wire/wd-wire-queue.h"

static void
print_queues (WdCliContext *context, const GPtrArray *queues)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("QUEUE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WAITING"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("PRIORITIZED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("DELAYED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("ACTIVE"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("COMPLETED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("FAILED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("CHILDREN"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("WORKERS"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("STATE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("VERSION"), WD_CLI_LEFT);
  for (guint i = 0; i < queues->len; i++)
    {
      const WdQueueCounts *counts = queues->pdata[i];

      wd_cli_table_add (table, counts->queue);
      wd_cli_table_add_number (table, counts->waiting);
      wd_cli_table_add_number (table, counts->prioritized);
      wd_cli_table_add_number (table, counts->delayed);
      wd_cli_table_add_number (table, counts->active);
      wd_cli_table_add_number (table, counts->completed);
      wd_cli_table_add_number (table, counts->failed);
      wd_cli_table_add_number (table, counts->waiting_children);
      wd_cli_table_add_number (table, counts->workers);
      wd_cli_table_add_colored (table,
                                counts->paused ? C_("queue", "paused") : C_("queue", "running"),
                                counts->paused ? WD_CLI_YELLOW : WD_CLI_PLAIN);
      wd_cli_table_add (table, counts->version);
    }
  wd_cli_print_table (context, table);
  for (guint i = 0; i < queues->len; i++)
    {
      const WdQueueCounts *counts = queues->pdata[i];

      if (counts->layout != NULL)
        wd_cli_message (_("%s is read-only for this program: %s"), counts->queue, counts->layout);
      if (counts->warning != NULL)
        wd_cli_message ("%s: %s", counts->queue, counts->warning);
    }
}

/**
 * wd_cmd_queues_list:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_queues_list (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) queues = NULL;

  wd_backend_list_queues_async (context->backend, context->cancellable, wd_answer_cb, &result);
  queues = wd_backend_list_queues_finish (context->backend, wd_answer_wait (&result), error);
  if (queues == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_queues_members (context->json, queues);
  else
    print_queues (context, queues);
  return TRUE;
}
