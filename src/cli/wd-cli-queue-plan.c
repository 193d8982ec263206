/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders about a queue: what they are about is looked up and shown, then they are carried out. */

#include "cli/wd-cli-queue-plan.h"

#include <glib/gi18n-lib.h>

#include "cli/wd-cli-settled.h"
#include "wire/wd-wire-queue-plan.h"

/**
 * wd_cli_plan_queue:
 * @context: an open context
 * @order: what is wanted
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (nullable): the jobs it is about
 */
WdQueuePlan *
wd_cli_plan_queue (WdCliContext *context, const WdQueueOrder *order, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_plan_queue_async (context->backend, order, context->cancellable, wd_answer_cb,
                               &result);
  return wd_backend_plan_queue_finish (context->backend, wd_answer_wait (&result), error);
}

static void
print_plan (WdCliContext *context, const WdQueuePlan *plan)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("ID"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("IN QUEUE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ROW"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("TYPE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WALLET"), WD_CLI_FOLD);
  for (guint i = 0; i < plan->items->len; i++)
    {
      const WdQueueItem *item = plan->items->pdata[i];

      wd_cli_table_add (table, item->id);
      wd_cli_table_add (table, item->state);
      wd_cli_table_add (table, item->row_status);
      wd_cli_table_add (table, item->job_type);
      wd_cli_table_add (table, item->wallet_address);
    }
  if (plan->items->len > 0)
    wd_cli_print_table (context, table);
  else
    wd_cli_table_free (table);
}

/**
 * wd_cli_show_queue_plan:
 * @context: an open context
 * @plan: the jobs an order is about
 *
 * Writes them down.
 */
void
wd_cli_show_queue_plan (WdCliContext *context, const WdQueuePlan *plan)
{
  if (context->json != NULL)
    wd_wire_queue_plan_members (context->json, plan);
  else
    print_plan (context, plan);
}

/**
 * wd_cli_run_queue:
 * @context: an open context
 * @plan: confirmed
 * @error: in #WD_ERROR; the gravest of the reasons why something was left
 *
 * Carries it out, and writes what was done and left.
 */
gboolean
wd_cli_run_queue (WdCliContext *context, WdQueuePlan *plan, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdOutboxReport) report = NULL;

  wd_backend_run_queue_async (context->backend, plan, NULL, NULL, context->cancellable,
                              wd_answer_cb, &result);
  report = wd_backend_run_queue_finish (context->backend, wd_answer_wait (&result), error);
  return report != NULL && wd_cli_report_settled (context, "done", _("done"), report, error);
}
