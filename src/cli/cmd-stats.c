/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "wire/wd-wire-stats.h"

static void
print_stats (WdCliContext *context, const WdStats *stats)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("WORKER"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("STATUS"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ACTIVE"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("QUEUED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("FAILED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("COMPLETED"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("TODAY"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("WORKERS"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("LAST ACTIVITY"), WD_CLI_LEFT);
  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      wd_cli_table_add (table, worker->worker_name);
      wd_cli_table_add_colored (table,
                                worker->paused ? C_("queue", "paused")
                                               : wd_worker_status_word (worker->status),
                                wd_cli_status_color (wd_worker_status_word (worker->status)));
      wd_cli_table_add_number (table, worker->active);
      wd_cli_table_add_number (table, worker->queued);
      wd_cli_table_add_number (table, worker->failed);
      wd_cli_table_add_number (table, worker->completed);
      wd_cli_table_add_number (table, worker->completed_today);
      wd_cli_table_add_number (table, worker->workers);
      wd_cli_table_take (table, wd_cli_format_when (context, worker->last_active));
    }
  wd_cli_print_table (context, table);
  if (stats->undelivered_jobs > 0)
    wd_cli_message (ngettext ("%d job is not known to be in its queue: see “wdctl outbox list”",
                              "%d jobs are not known to be in their queues: see “wdctl outbox "
                              "list”", (gulong) stats->undelivered_jobs),
                    (int) stats->undelivered_jobs);
}

/**
 * wd_cmd_stats:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; %WD_ERROR_NO_CONNECTION also where only the queues' part is missing,
 *   %WD_ERROR_INVALID_ARGUMENT where their address is none
 */
gboolean
wd_cmd_stats (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdStats) stats = NULL;

  wd_backend_load_stats_async (context->backend, zone, context->cancellable, wd_answer_cb,
                               &result);
  stats = wd_backend_load_stats_finish (context->backend, wd_answer_wait (&result), error);
  if (stats == NULL)
    return FALSE;
  if (context->json != NULL)
    wd_wire_stats_members (context->json, stats);
  else
    print_stats (context, stats);
  if (context->profile->redis_url == NULL || stats->queue_error == NULL)
    return TRUE;
  g_set_error_literal (error, WD_ERROR,
                       stats->queue_address_is_wrong ? WD_ERROR_INVALID_ARGUMENT
                                                     : WD_ERROR_NO_CONNECTION,
                       stats->queue_error);
  return FALSE;
}
