/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-alert-metric.h"

#include <glib/gi18n-lib.h>

#define MINUTE 60
#define HOUR   (60 * MINUTE)

/* Money that does not move is critical; what may mend itself is a warning. A window of an hour is
 * what the statistics have in any case. */
static const WdAlertMetricInfo metrics[WD_N_ALERT_METRICS] = {
  [WD_ALERT_FAILED_JOBS] =
    { "failed-jobs", NC_("alert", "Failed jobs"), WD_ALERT_UNIT_COUNT, TRUE, TRUE,
      WD_SEVERITY_WARNING, 20, HOUR, 0, 15 * MINUTE },
  [WD_ALERT_FAILURE_RATE] =
    { "failure-rate", NC_("alert", "Failure rate"), WD_ALERT_UNIT_PERCENT, TRUE, TRUE,
      WD_SEVERITY_WARNING, 25, HOUR, 0, 15 * MINUTE },
  [WD_ALERT_RETRY_RATE] =
    { "retry-rate", NC_("alert", "Retry rate"), WD_ALERT_UNIT_PERCENT, TRUE, TRUE,
      WD_SEVERITY_WARNING, 30, HOUR, 0, 15 * MINUTE },
  [WD_ALERT_QUEUE_DEPTH] =
    { "queue-depth", NC_("alert", "Queue depth"), WD_ALERT_UNIT_COUNT, TRUE, FALSE,
      WD_SEVERITY_WARNING, 1000, 0, 5 * MINUTE, 15 * MINUTE },
  [WD_ALERT_OLDEST_WAITING] =
    { "oldest-waiting", NC_("alert", "Oldest waiting job"), WD_ALERT_UNIT_SECONDS, TRUE, FALSE,
      WD_SEVERITY_WARNING, 15 * MINUTE, 0, 0, 15 * MINUTE },
  [WD_ALERT_STUCK] =
    { "stuck", NC_("alert", "Stuck workers"), WD_ALERT_UNIT_COUNT, TRUE, FALSE,
      WD_SEVERITY_CRITICAL, 1, 0, MINUTE, 15 * MINUTE },
  [WD_ALERT_NO_WORKER] =
    { "no-worker", NC_("alert", "No worker"), WD_ALERT_UNIT_COUNT, TRUE, FALSE,
      WD_SEVERITY_CRITICAL, 1, 0, 2 * MINUTE, 15 * MINUTE },
  [WD_ALERT_RUN_TIME] =
    { "run-time", NC_("alert", "Run time (95th percentile)"), WD_ALERT_UNIT_SECONDS, TRUE, TRUE,
      WD_SEVERITY_WARNING, 5 * MINUTE, HOUR, 0, 15 * MINUTE },
  [WD_ALERT_WALLETS] =
    { "wallets", NC_("alert", "Wallets in trouble"), WD_ALERT_UNIT_COUNT, FALSE, FALSE,
      WD_SEVERITY_WARNING, 1, 0, 5 * MINUTE, HOUR },
  [WD_ALERT_UNDELIVERED] =
    { "undelivered", NC_("alert", "Undelivered jobs"), WD_ALERT_UNIT_COUNT, FALSE, FALSE,
      WD_SEVERITY_CRITICAL, 1, 0, 2 * MINUTE, 15 * MINUTE },
  [WD_ALERT_DRIFT] =
    { "drift", NC_("alert", "Drift"), WD_ALERT_UNIT_COUNT, FALSE, FALSE,
      WD_SEVERITY_WARNING, 1, 0, 0, HOUR },
  [WD_ALERT_CONNECTION] =
    { "connection", NC_("alert", "Lost connection"), WD_ALERT_UNIT_STATE, FALSE, FALSE,
      WD_SEVERITY_CRITICAL, 1, 0, 30, 5 * MINUTE },
};

static const struct {
  const char *word;
  const char *label;
} severities[] = {
  [WD_SEVERITY_WARNING] = { "warning", NC_("severity", "Warning") },
  [WD_SEVERITY_CRITICAL] = { "critical", NC_("severity", "Critical") },
};

/**
 * wd_alert_metric_info:
 * @metric: a metric
 *
 * Returns: (transfer none): what is known of it
 */
const WdAlertMetricInfo *
wd_alert_metric_info (WdAlertMetric metric)
{
  g_return_val_if_fail (metric < WD_N_ALERT_METRICS, NULL);

  return &metrics[metric];
}

/**
 * wd_alert_metric_from_name:
 * @name: (nullable): as in files
 * @metric: (out): which one that is
 *
 * Returns: whether there is one of that name
 */
gboolean
wd_alert_metric_from_name (const char *name, WdAlertMetric *metric)
{
  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    if (g_strcmp0 (metrics[i].name, name) == 0)
      {
        *metric = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * wd_alert_metric_label:
 * @metric: a metric
 *
 * Returns: (transfer none): its translated name
 */
const char *
wd_alert_metric_label (WdAlertMetric metric)
{
  g_return_val_if_fail (metric < WD_N_ALERT_METRICS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "alert", metrics[metric].label);
}

/**
 * wd_severity_word:
 * @severity: a severity
 *
 * Returns: (transfer none): the word of files and documents
 */
const char *
wd_severity_word (WdSeverity severity)
{
  return severities[severity].word;
}

/**
 * wd_severity_label:
 * @severity: a severity
 *
 * Returns: (transfer none): its translated name
 */
const char *
wd_severity_label (WdSeverity severity)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "severity", severities[severity].label);
}

/**
 * wd_severity_from_word:
 * @word: (nullable): as in files
 * @severity: (out): which one that is
 *
 * Returns: whether @word is one
 */
gboolean
wd_severity_from_word (const char *word, WdSeverity *severity)
{
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_strcmp0 (severities[i].word, word) == 0)
      {
        *severity = i;
        return TRUE;
      }
  return FALSE;
}
