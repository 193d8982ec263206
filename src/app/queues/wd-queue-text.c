/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the dialog about the jobs of a queue says. Of a scheduler wd-scheduler-removal.c speaks. */

#include "app/queues/wd-queue-text.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-words.h"

/**
 * wd_queue_text_title:
 * @action: what is done
 *
 * Returns: (transfer none): the name of the dialog
 */
const char *
wd_queue_text_title (WdQueueAction action)
{
  switch (action)
    {
    case WD_QUEUE_PROMOTE:
      return _("Promote Delayed Jobs");
    case WD_QUEUE_CLEAN:
      return _("Clean Queue");
    case WD_QUEUE_DRAIN:
    case WD_QUEUE_UNSCHEDULE:
    default:
      return _("Drain Queue");
    }
}

/**
 * wd_queue_text_meaning:
 * @action: what is done
 * @n_jobs: to how many jobs
 *
 * Returns: (transfer none): what it does, and what it does not
 */
const char *
wd_queue_text_meaning (WdQueueAction action, guint n_jobs)
{
  switch (action)
    {
    case WD_QUEUE_PROMOTE:
      return ngettext ("Workers take this job now instead of when it falls due, by its priority.",
                       "Workers take these jobs now instead of when they fall due, each by its "
                       "priority.", n_jobs);
    case WD_QUEUE_CLEAN:
      return ngettext ("The queue forgets this job: its log, return value and stack trace are "
                       "gone. Its row stays, and so does what pages and charts say of it.",
                       "The queue forgets these jobs: their logs, return values and stack traces "
                       "are gone. Their rows stay, and so does what pages and charts say of them.",
                       n_jobs);
    case WD_QUEUE_DRAIN:
    case WD_QUEUE_UNSCHEDULE:
    default:
      return ngettext ("This job is taken out of the queue and will not run. Its row says failed, "
                       "“removed from the queue by an admin”, and can be retried. Jobs that a "
                       "worker has begun, jobs of flows and the next job of a scheduler stay.",
                       "These jobs are taken out of the queue and will not run. Their rows say "
                       "failed, “removed from the queue by an admin”, and can be retried. Jobs "
                       "that a worker has begun, jobs of flows and the next job of a scheduler "
                       "stay.", n_jobs);
    }
}

/**
 * wd_queue_text_go:
 * @action: what is done
 * @n_jobs: to how many jobs
 *
 * Returns: (transfer full): the button that does it, with its mnemonic
 */
char *
wd_queue_text_go (WdQueueAction action, guint n_jobs)
{
  g_autofree char *n = wd_text_count (n_jobs);

  switch (action)
    {
    case WD_QUEUE_PROMOTE:
      return g_strdup_printf (ngettext ("_Promote %s Job", "_Promote %s Jobs", n_jobs), n);
    case WD_QUEUE_CLEAN:
      return g_strdup_printf (ngettext ("_Forget %s Job", "_Forget %s Jobs", n_jobs), n);
    case WD_QUEUE_DRAIN:
    case WD_QUEUE_UNSCHEDULE:
    default:
      return g_strdup_printf (ngettext ("_Remove %s Job", "_Remove %s Jobs", n_jobs), n);
    }
}

/**
 * wd_queue_text_question:
 * @action: what is about to be done
 * @n_jobs: to how many jobs
 * @queue: of which queue
 *
 * Returns: (transfer full): the heading of the last question
 */
char *
wd_queue_text_question (WdQueueAction action, guint n_jobs, const char *queue)
{
  g_autofree char *n = wd_text_count (n_jobs);
  g_autofree char *visible = wd_format_visible (queue, 128);

  switch (action)
    {
    case WD_QUEUE_PROMOTE:
      return g_strdup_printf (ngettext ("Let %s job of “%s” run now?",
                                        "Let %s jobs of “%s” run now?", n_jobs), n, visible);
    case WD_QUEUE_CLEAN:
      return g_strdup_printf (ngettext ("Let “%2$s” forget %1$s job?",
                                        "Let “%2$s” forget %1$s jobs?", n_jobs), n, visible);
    case WD_QUEUE_DRAIN:
    case WD_QUEUE_UNSCHEDULE:
    default:
      return g_strdup_printf (ngettext ("Take %s job out of “%s”?",
                                        "Take %s jobs out of “%s”?", n_jobs), n, visible);
    }
}

/**
 * wd_queue_text_summary:
 * @plan: the jobs it is about
 *
 * Returns: (transfer full): how many there are
 */
char *
wd_queue_text_summary (const WdQueuePlan *plan)
{
  guint n_jobs = plan->items->len, n_strangers = n_jobs - wd_queue_plan_get_n_rows (plan);
  g_autofree char *n = wd_text_count (n_jobs);
  g_autofree char *jobs = NULL, *strangers = NULL;

  if (n_jobs == 0)
    return g_strdup (_("There is no such job."));
  if (plan->or_more)
    return g_strdup_printf (_("The first %s jobs; there are more"), n);
  jobs = g_strdup_printf (ngettext ("%s job", "%s jobs", n_jobs), n);
  if (n_strangers == 0)
    return g_steal_pointer (&jobs);
  strangers = wd_text_count (n_strangers);
  /* TRANSLATORS: such as “120 jobs, 3 of them without a row” */
  return g_strdup_printf (ngettext ("%s, %s of them without a row",
                                    "%s, %s of them without a row", n_strangers), jobs, strangers);
}

/**
 * wd_queue_text_item:
 * @item: one job
 *
 * Returns: (transfer full): where it stands, and whose it is
 */
char *
wd_queue_text_item (const WdQueueItem *item)
{
  g_autofree char *wallet = item->wallet_address != NULL ? wd_format_visible (item->wallet_address,
                                                                              128) : NULL;
  const char *state = wd_queue_state_label (item->state);
  const char *status = wd_job_status_label (item->row_status);

  if (item->job_log_id == NULL)
    return g_strdup_printf (_("%s · no row"), state);
  if (wallet == NULL)
    return g_strdup_printf (_("%s · row says %s"), state, status);
  return g_strdup_printf (_("%s · row says %s · %s"), state, status, wallet);
}

static char *
describe_done (WdQueueAction action, guint n_done)
{
  g_autofree char *n = wd_text_count (n_done);

  switch (action)
    {
    case WD_QUEUE_PROMOTE:
      return g_strdup_printf (ngettext ("%s job can run now.", "%s jobs can run now.", n_done), n);
    case WD_QUEUE_CLEAN:
      return g_strdup_printf (ngettext ("The queue has forgotten %s job.",
                                        "The queue has forgotten %s jobs.", n_done), n);
    case WD_QUEUE_DRAIN:
    case WD_QUEUE_UNSCHEDULE:
    default:
      return g_strdup_printf (ngettext ("%s job was taken out of the queue.",
                                        "%s jobs were taken out of the queue.", n_done), n);
    }
}

/**
 * wd_queue_text_report:
 * @action: what was to be done
 * @report: what came of it
 *
 * Returns: (transfer full): how many are done and left
 */
char *
wd_queue_text_report (WdQueueAction action, const WdOutboxReport *report)
{
  guint n_left = report->left->len;
  g_autofree char *done = describe_done (action, report->done->len);
  g_autofree char *left = NULL;
  g_autofree char *n = NULL;

  if (n_left == 0)
    return g_steal_pointer (&done);
  n = wd_text_count (n_left);
  left = g_strdup_printf (ngettext ("%s job was left as it was:", "%s jobs were left as they were:",
                                    n_left), n);
  return g_strdup_printf ("%s %s", done, left);
}
