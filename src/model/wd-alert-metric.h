/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdAlertMetric:
 * @WD_ALERT_FAILED_JOBS: jobs that failed in the window
 * @WD_ALERT_FAILURE_RATE: percent of those that ended in the window
 * @WD_ALERT_RETRY_RATE: retries of a hundred jobs that ended in the window
 * @WD_ALERT_QUEUE_DEPTH: jobs that could run now
 * @WD_ALERT_OLDEST_WAITING: seconds that the oldest of these has waited
 * @WD_ALERT_STUCK: jobs and queues that do not get on
 * @WD_ALERT_NO_WORKER: jobs that wait while no worker is connected
 * @WD_ALERT_RUN_TIME: seconds within which 95 of 100 jobs of the window ran
 * @WD_ALERT_WALLETS: wallets in trouble
 * @WD_ALERT_UNDELIVERED: jobs not known to be in their queue
 * @WD_ALERT_DRIFT: jobs on which the database and the queues do not agree
 * @WD_ALERT_CONNECTION: a server that does not answer
 *
 * What is measured, and may be alerted of.
 */
typedef enum {
  WD_ALERT_FAILED_JOBS,
  WD_ALERT_FAILURE_RATE,
  WD_ALERT_RETRY_RATE,
  WD_ALERT_QUEUE_DEPTH,
  WD_ALERT_OLDEST_WAITING,
  WD_ALERT_STUCK,
  WD_ALERT_NO_WORKER,
  WD_ALERT_RUN_TIME,
  WD_ALERT_WALLETS,
  WD_ALERT_UNDELIVERED,
  WD_ALERT_DRIFT,
  WD_ALERT_CONNECTION,
} WdAlertMetric;

#define WD_N_ALERT_METRICS (WD_ALERT_CONNECTION + 1)

/**
 * WdAlertUnit:
 * @WD_ALERT_UNIT_COUNT: how many
 * @WD_ALERT_UNIT_PERCENT: of a hundred
 * @WD_ALERT_UNIT_SECONDS: how long
 * @WD_ALERT_UNIT_STATE: it is so (1) or not (0): there is no threshold to choose
 *
 * What a value counts.
 */
typedef enum {
  WD_ALERT_UNIT_COUNT,
  WD_ALERT_UNIT_PERCENT,
  WD_ALERT_UNIT_SECONDS,
  WD_ALERT_UNIT_STATE,
} WdAlertUnit;

/**
 * WdSeverity:
 *
 * How much somebody should hurry.
 */
typedef enum {
  WD_SEVERITY_WARNING,
  WD_SEVERITY_CRITICAL,
} WdSeverity;

/**
 * WdAlertMetricInfo:
 * @name: in files, documents and on the command line
 * @label: for people, not translated yet: use wd_alert_metric_label()
 * @unit: of its values
 * @by_type: whether each type of job has a value of its own
 * @has_window: whether it looks back over a window
 * @severity: unless the user chose another; likewise the following
 * @threshold: from which value on it is too much
 * @window: seconds looked back over, or 0
 * @hold: seconds for which it must be so without a break
 * @cooldown: seconds for which what comes back is the same incident
 */
typedef struct {
  const char *name;
  const char *label;
  WdAlertUnit unit;
  gboolean by_type;
  gboolean has_window;
  WdSeverity severity;
  gint64 threshold;
  gint64 window;
  gint64 hold;
  gint64 cooldown;
} WdAlertMetricInfo;

const WdAlertMetricInfo *wd_alert_metric_info (WdAlertMetric metric);
gboolean                 wd_alert_metric_from_name (const char *name, WdAlertMetric *metric);
const char              *wd_alert_metric_label (WdAlertMetric metric);

const char *wd_severity_word (WdSeverity severity);
const char *wd_severity_label (WdSeverity severity);
gboolean    wd_severity_from_word (const char *word, WdSeverity *severity);

G_END_DECLS
