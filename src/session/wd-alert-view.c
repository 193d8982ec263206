/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-alert-view.h"

/* The page, and what of its filter is about it. */
static const struct {
  WdAlertView view;
  const char *filter;
} views[WD_N_ALERT_METRICS] = {
  [WD_ALERT_FAILED_JOBS] = { { "jobs" }, "status:failed " },
  [WD_ALERT_FAILURE_RATE] = { { "jobs" }, "status:failed " },
  [WD_ALERT_RETRY_RATE] = { { "jobs" }, "retries:>0 " },
  [WD_ALERT_QUEUE_DEPTH] = { { "queues" } },
  [WD_ALERT_OLDEST_WAITING] = { { "queues" } },
  [WD_ALERT_STUCK] = { { "overview" } },
  [WD_ALERT_NO_WORKER] = { { "queues" } },
  [WD_ALERT_RUN_TIME] = { { "jobs" }, "status:completed " },
  [WD_ALERT_WALLETS] = { { "wallets" }, "trouble:any " },
  [WD_ALERT_UNDELIVERED] = { { "overview", "win.review" } },
  [WD_ALERT_DRIFT] = { { "queues", "win.show-drift" } },
  [WD_ALERT_CONNECTION] = { { "overview" } },
};

/**
 * wd_alert_view_find:
 * @incident: an incident
 * @filter: (out) (nullable): the line of the page's filter, with times in UTC
 *
 * Returns: what shows what it is about
 */
WdAlertView
wd_alert_view_find (const WdIncident *incident, char **filter)
{
  const char *line = views[incident->metric].filter;
  GString *text;

  *filter = NULL;
  if (line == NULL)
    return views[incident->metric].view;
  text = g_string_new (line);
  if (*incident->subject != '\0')
    g_string_append_printf (text, "type:%s ", incident->subject);
  if (incident->window > 0)
    g_string_append_printf (text, "completed:>-%" G_GINT64_FORMAT "s", incident->window);
  *filter = g_strchomp (g_string_free (text, FALSE));
  return views[incident->metric].view;
}
