/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-alert-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/wd-job-type.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* Returns: (transfer full): what it is about; empty where that is the whole platform */
static char *
name_subject (const WdIncident *incident)
{
  if (incident->metric == WD_ALERT_CONNECTION)
    return g_strdup (strcmp (incident->subject, "redis") == 0       ? "Redis"
                     : strcmp (incident->subject, "dashboard") == 0 ? _("Remote Dashboard")
                                                                    : "PostgreSQL");
  return wd_job_type_lookup (incident->subject) != NULL
           ? g_strdup (wd_job_type_label (incident->subject))
           : wd_format_visible (incident->subject, 128);
}

/**
 * wd_alert_text_title:
 * @incident: an incident
 *
 * Returns: (transfer full): what is wrong, and with what, in a line
 */
char *
wd_alert_text_title (const WdIncident *incident)
{
  g_autofree char *subject = name_subject (incident);
  const char *label = wd_alert_metric_label (incident->metric);

  if (*subject == '\0')
    return g_strdup (label);
  /* TRANSLATORS: what is wrong (“Failed jobs”), and with what (“Gas top-up”) */
  return g_strdup_printf (_("%s: %s"), label, subject);
}

/**
 * wd_alert_text_span:
 * @seconds: how long
 *
 * Returns: (transfer full): in the largest unit that tells it whole, such as “90 min”
 */
char *
wd_alert_text_span (gint64 seconds)
{
  if (seconds >= DAY && seconds % DAY == 0)
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (seconds / DAY)),
                            (int) (seconds / DAY));
  if (seconds >= HOUR && seconds % HOUR == 0)
    return g_strdup_printf (_("%d h"), (int) (seconds / HOUR));
  if (seconds >= MINUTE && seconds % MINUTE == 0)
    return g_strdup_printf (_("%d min"), (int) (seconds / MINUTE));
  return g_strdup_printf (_("%d s"), (int) seconds);
}

/**
 * wd_alert_text_value:
 * @metric: of what
 * @value: in its unit
 * @format: (nullable): how to write a number of things; %NULL for digits alone
 *
 * Returns: (transfer full): with that unit
 */
char *
wd_alert_text_value (WdAlertMetric metric, gint64 value, const WdNumberFormat *format)
{
  switch (wd_alert_metric_info (metric)->unit)
    {
    case WD_ALERT_UNIT_PERCENT:
      return g_strdup_printf (_("%d %%"), (int) value);
    case WD_ALERT_UNIT_SECONDS:
      return value < 2 * HOUR && value % MINUTE != 0
               ? wd_format_duration (0, value * G_USEC_PER_SEC) : wd_alert_text_span (value);
    case WD_ALERT_UNIT_STATE:
      return g_strdup (value > 0 ? _("no answer") : _("answers"));
    case WD_ALERT_UNIT_COUNT:
    default:
      return wd_format_count (value, format);
    }
}

/* Returns: (transfer full): how many, and of what */
static char *
describe_value (WdAlertMetric metric, gint64 value, const WdNumberFormat *format)
{
  g_autofree char *plain = wd_alert_text_value (metric, value, format);

  switch ((guint) metric)
    {
    case WD_ALERT_FAILED_JOBS:
    case WD_ALERT_FAILURE_RATE:
      /* TRANSLATORS: of these texts, %s is a number or a share of jobs */
      return g_strdup_printf (_("%s failed"), plain);
    case WD_ALERT_QUEUE_DEPTH:
    case WD_ALERT_NO_WORKER:
      return g_strdup_printf (_("%s waiting"), plain);
    case WD_ALERT_STUCK:
      return g_strdup_printf (_("%s stuck"), plain);
    case WD_ALERT_WALLETS:
      return g_strdup_printf (_("%s in trouble"), plain);
    case WD_ALERT_UNDELIVERED:
      return g_strdup_printf (_("%s undelivered"), plain);
    case WD_ALERT_DRIFT:
      return g_strdup_printf (_("%s in disagreement"), plain);
    default:
      return g_steal_pointer (&plain);
    }
}

/**
 * wd_alert_text_measured:
 * @incident: an incident
 * @format: (nullable): how to write a number of things; %NULL for digits alone
 *
 * Returns: (transfer full): its value against its threshold
 */
char *
wd_alert_text_measured (const WdIncident *incident, const WdNumberFormat *format)
{
  g_autofree char *value = describe_value (incident->metric, incident->value, format);
  g_autofree char *threshold = wd_alert_text_value (incident->metric, incident->threshold,
                                                    format);
  g_autofree char *peak = describe_value (incident->metric, incident->peak, format);
  g_autofree char *window = wd_alert_text_span (incident->window);

  if (wd_alert_metric_info (incident->metric)->unit == WD_ALERT_UNIT_STATE)
    return g_steal_pointer (&value);
  if (incident->state == WD_INCIDENT_RESOLVED)
    return g_strdup_printf (_("at most %s, threshold %s"), peak, threshold);
  if (incident->window > 0)
    /* TRANSLATORS: a value, within a time such as “1 h”, and what it must not reach */
    return g_strdup_printf (_("%s in %s, threshold %s"), value, window, threshold);
  return g_strdup_printf (_("%s, threshold %s"), value, threshold);
}

/**
 * wd_alert_text_unmeasured:
 * @metrics: of which nothing is known: a bit for each #WdAlertMetric
 *
 * Returns: (transfer full) (nullable): which rules these are, in a sentence; %NULL if there is none
 */
char *
wd_alert_text_unmeasured (guint metrics)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    if ((metrics & (1u << i)) != 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              wd_alert_metric_label (i));
  if (names->len == 0)
    return NULL;
  /* TRANSLATORS: %s is a list of rules: “Drift, Retry rate” */
  return g_strdup_printf (_("Cannot be measured over this connection now: %s."), names->str);
}

/**
 * wd_alert_text_advice:
 * @metric: what is too much
 *
 * Returns: (transfer none): what to do next, in a sentence
 */
const char *
wd_alert_text_advice (WdAlertMetric metric)
{
  static const char *const advice[WD_N_ALERT_METRICS] = {
    [WD_ALERT_FAILED_JOBS] =
      N_("Look at what went wrong, mend the cause, then retry the failed jobs."),
    [WD_ALERT_FAILURE_RATE] =
      N_("Look at what went wrong, mend the cause, then retry the failed jobs."),
    [WD_ALERT_RETRY_RATE] =
      N_("Jobs need several attempts: look at what the first attempts ran into."),
    [WD_ALERT_QUEUE_DEPTH] = N_("Start more workers, or find out what keeps those there are."),
    [WD_ALERT_OLDEST_WAITING] = N_("See whether the queue is paused, and whether its workers run."),
    [WD_ALERT_STUCK] = N_("See which job it is, and restart the worker that had it."),
    [WD_ALERT_NO_WORKER] = N_("Start the worker; jobs wait until then."),
    [WD_ALERT_RUN_TIME] = N_("See which jobs are slow, and what they wait for."),
    [WD_ALERT_WALLETS] = N_("Look at these wallets one by one."),
    [WD_ALERT_UNDELIVERED] = N_("Send them or discard them under Undelivered Jobs."),
    [WD_ALERT_DRIFT] = N_("Compare rows with queues: that lists them and says what can be done."),
    [WD_ALERT_CONNECTION] = N_("See whether the server runs and can be reached from here."),
  };

  g_return_val_if_fail (metric < WD_N_ALERT_METRICS, NULL);

  return g_dgettext (GETTEXT_PACKAGE, advice[metric]);
}
