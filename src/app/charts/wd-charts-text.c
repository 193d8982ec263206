/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said about all charts. */

#include "app/charts/wd-charts-text.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"

/**
 * wd_charts_text_is_empty:
 * @history: a history
 *
 * Returns: whether there is nothing to show
 */
gboolean
wd_charts_text_is_empty (const WdHistory *history)
{
  const WdHistoryPoint *total = &history->total;
  gint64 unfinished = 0;

  for (guint i = 0; i < wd_history_get_length (history); i++)
    unfinished = MAX (unfinished, wd_history_get_point (history, i)->unfinished);
  return total->created + total->completed + total->failed + total->cancelled + unfinished == 0;
}

/**
 * wd_charts_text_precision:
 * @history: a history
 *
 * Returns: (transfer full): how right its percentiles are, and how fine its bars
 */
char *
wd_charts_text_precision (const WdHistory *history)
{
  const char *percentiles = history->exact ? _("Percentiles are exact.")
                                           : _("Percentiles are about right, within 5 %.");

  if (!history->coarse)
    return g_strdup (percentiles);
  return g_strjoin (" ", percentiles,
                    _("There are too many jobs to show them by the minute: bars are quarters of an "
                      "hour."), NULL);
}

/**
 * wd_charts_text_queues:
 * @stats: (nullable): all stat cards
 * @job_type: (nullable): of which type; %NULL is all
 *
 * What the queues hold is known for now alone.
 *
 * Returns: (transfer full) (nullable): how much that is, if it is known
 */
char *
wd_charts_text_queues (const WdStats *stats, const char *job_type)
{
  g_autofree char *text = NULL;
  gint64 queued = 0;

  if (stats == NULL || stats->queue_error != NULL)
    return NULL;
  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      if (job_type == NULL ? !wd_stats_is_queue_told (stats, i)
                           : g_strcmp0 (worker->job_type, job_type) == 0)
        queued += MAX (worker->queued, 0);
    }
  text = wd_text_count (queued);
  return g_strdup_printf (ngettext ("In the queues now: %s job waits",
                                    "In the queues now: %s jobs wait", (gulong) queued), text);
}
