/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with the jobs of a queue: first they are listed, then their number confirms. */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-queue-plan.h"

/* What --confirm would do; nothing was done yet. */
static void
tell_plan (const WdQueuePlan *plan)
{
  static const char *const one[] = {
    [WD_QUEUE_PROMOTE] = N_("%u delayed job would run now"),
    [WD_QUEUE_CLEAN] = N_("The queue would forget %u job; its row stays as it is"),
    [WD_QUEUE_DRAIN] = N_("%u job would be taken out of the queue; its row would say failed"),
  };
  static const char *const many[] = {
    [WD_QUEUE_PROMOTE] = N_("%u delayed jobs would run now"),
    [WD_QUEUE_CLEAN] = N_("The queue would forget %u jobs; their rows stay as they are"),
    [WD_QUEUE_DRAIN] = N_("%u jobs would be taken out of the queue; their rows would say failed"),
  };
  WdQueueAction action = plan->order->action;
  guint n = plan->items->len;
  const char *format = dngettext (GETTEXT_PACKAGE, one[action], many[action], n);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_auto (GStrv) parts = g_strsplit (format, "%u", 2);
  g_autofree char *text = g_strjoinv (number, parts);

  wd_cli_message ("%s", text);
  if (plan->or_more)
    wd_cli_message (_("There are more: these are the first %d"), WD_QUEUE_ORDER_MAX);
  if (n > 0)
    wd_cli_message (_("Nothing was done yet. To do it: --confirm=%u"), n);
}

static gboolean
run_plan (WdCliContext *context, WdQueuePlan *plan, const char *confirmed, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", plan->items->len);

  if (g_strcmp0 (number, confirmed) != 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                   _("It is about %s jobs now, not %s: nothing was done"), number, confirmed);
      return FALSE;
    }
  return wd_cli_run_queue (context, plan, error);
}

static gboolean
edit (WdCliContext *context, const WdCliArguments *arguments, WdQueueOrder *order, GError **error)
{
  const char *confirmed = wd_cli_arguments_get (arguments, "confirm");
  g_autoptr (WdQueuePlan) plan = NULL;

  order->queue = g_strdup (wd_cli_arguments_get_operands (arguments)[0]);
  plan = wd_cli_plan_queue (context, order, error);
  if (plan == NULL)
    return FALSE;
  if (confirmed != NULL)
    return run_plan (context, plan, confirmed, error);
  wd_cli_show_queue_plan (context, plan);
  tell_plan (plan);
  return TRUE;
}

/**
 * wd_cmd_queues_promote:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; that of a job left where there is one
 */
gboolean
wd_cmd_queues_promote (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdQueueOrder) order = wd_queue_order_new ();

  order->action = WD_QUEUE_PROMOTE;
  return edit (context, arguments, order, error);
}

/**
 * wd_cmd_queues_drain:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; that of a job left where there is one
 */
gboolean
wd_cmd_queues_drain (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdQueueOrder) order = wd_queue_order_new ();

  order->action = WD_QUEUE_DRAIN;
  order->with_delayed = wd_cli_arguments_has (arguments, "delayed");
  return edit (context, arguments, order, error);
}

/**
 * wd_cmd_queues_clean:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; that of a job left where there is one
 */
gboolean
wd_cmd_queues_clean (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  g_autoptr (WdQueueOrder) order = wd_queue_order_new ();
  WdTime before = wd_cli_arguments_get_time (arguments, "before", FALSE);

  if (before == WD_TIME_NONE)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Say until when the jobs ended: --before=TIME"));
      return FALSE;
    }
  order->action = WD_QUEUE_CLEAN;
  order->failed = wd_cli_arguments_has (arguments, "failed");
  order->older_than = MAX (wd_time_now () - before, 0);
  return edit (context, arguments, order, error);
}
