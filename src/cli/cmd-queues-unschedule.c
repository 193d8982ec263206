/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Removes a scheduler: first it is shown, with its next job and the row of that, then a word which
 * stands for just what was shown confirms. */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-queue-plan.h"
#include "cli/wd-cli-settled.h"
#include "wire/wd-wire-scheduler.h"

static void
show (WdCliContext *context, const WdQueuePlan *plan)
{
  const WdScheduler *scheduler = plan->scheduler;
  g_autofree char *word = wd_scheduler_get_word (scheduler);
  g_autofree char *schedule = wd_scheduler_describe_schedule (scheduler);
  g_autofree char *next = wd_cli_format_when (context, wd_scheduler_get_next (scheduler));

  wd_cli_show_queue_plan (context, plan);
  if (context->json != NULL)
    {
      wd_json_writer_name (context->json, "scheduler");
      wd_wire_scheduler (context->json, plan->order->queue, scheduler, NULL);
    }
  wd_cli_message (_("“%s” would be removed: %s, next %s"), scheduler->key, schedule, next);
  if (plan->items->len > 0)
    wd_cli_message (_("Its next job would be taken out of the queue; where it has a row, that "
                      "would say failed"));
  else if (scheduler->state == WD_SCHEDULER_WAITING || scheduler->state == WD_SCHEDULER_ACTIVE)
    wd_cli_message (_("Its job %s is %s already, and stays: it would be the last one"),
                    scheduler->job_id, scheduler->job_state);
  wd_cli_message (_("Nothing was done yet. To do it: --confirm=%s"), word);
}

/**
 * wd_cmd_queues_remove_scheduler:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; why it was left
 */
gboolean
wd_cmd_queues_remove_scheduler (WdCliContext *context, const WdCliArguments *arguments,
                                GError **error)
{
  const char *const *operands = wd_cli_arguments_get_operands (arguments);
  const char *confirmed = wd_cli_arguments_get (arguments, "confirm");
  g_autoptr (WdQueueOrder) order = wd_queue_order_new ();
  g_autoptr (WdQueuePlan) plan = NULL;
  g_autofree char *word = NULL;

  order->queue = g_strdup (operands[0]);
  order->action = WD_QUEUE_UNSCHEDULE;
  order->scheduler = g_strdup (operands[1]);
  plan = wd_cli_plan_queue (context, order, error);
  if (plan == NULL)
    return FALSE;
  if (confirmed == NULL)
    {
      show (context, plan);
      return TRUE;
    }
  word = wd_scheduler_get_word (plan->scheduler);
  if (!g_str_equal (word, confirmed))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                   _("“%s” does not stand for this scheduler as it is now: nothing was done"),
                   confirmed);
      return FALSE;
    }
  return wd_cli_run_queue (context, plan, error);
}
