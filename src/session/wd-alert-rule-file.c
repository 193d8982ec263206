/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules as a key file, which people also write by hand; only what differs from the usual is in it:
 *
 *   [failed-jobs]
 *   enabled=true
 *   severity=critical
 *   threshold=50
 *   window=3600
 *   hold=0
 *   cooldown=900
 *   threshold.gas-topup=5
 *
 *   [quiet-hours]
 *   enabled=true
 *   from=22:00
 *   to=07:00
 *   critical=true
 *
 * Times are seconds. A group that cannot be right leaves that rule as usual, and the others as they
 * are written. */

#include "session/wd-alert-rule-file.h"

#include <glib/gi18n-lib.h>

#include "model/wd-job-type.h"

#define QUIET "quiet-hours"

static void
complain (GPtrArray *problems, const char *group, const char *reason)
{
  /* TRANSLATORS: the name of a rule in a file; what is wrong with it */
  g_ptr_array_add (problems, g_strdup_printf (_("[%s] is not used: %s"), group, reason));
}

/* Returns: FALSE when what stands there is not of that kind; what is not there stays */
static gboolean
read_number (GKeyFile *file, const char *group, const char *key, gint64 *value)
{
  g_autoptr (GError) error = NULL;
  gint64 read;

  if (!g_key_file_has_key (file, group, key, NULL))
    return TRUE;
  read = g_key_file_get_int64 (file, group, key, &error);
  if (error == NULL)
    *value = read;
  return error == NULL;
}

static gboolean
read_boolean (GKeyFile *file, const char *group, const char *key, gboolean *value)
{
  g_autoptr (GError) error = NULL;
  gboolean read;

  if (!g_key_file_has_key (file, group, key, NULL))
    return TRUE;
  read = g_key_file_get_boolean (file, group, key, &error);
  if (error == NULL)
    *value = read;
  return error == NULL;
}

static gboolean
read_thresholds (GKeyFile *file, const char *group, WdAlertRule *rule)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    {
      g_autofree char *key = g_strconcat ("threshold.", types[i].name, NULL);
      gint64 threshold = -1;

      if (!read_number (file, group, key, &threshold))
        return FALSE;
      wd_alert_rule_set_threshold (rule, types[i].name, threshold);
    }
  return TRUE;
}

static gboolean
read_severity (GKeyFile *file, const char *group, WdSeverity *severity)
{
  g_autofree char *word = g_key_file_get_string (file, group, "severity", NULL);

  return word == NULL || wd_severity_from_word (word, severity);
}

static gboolean
read_rule (GKeyFile *file, WdAlertMetric metric, WdAlertRule *rule, GPtrArray *problems)
{
  const char *group = wd_alert_metric_info (metric)->name;
  g_autoptr (GError) error = NULL;

  if (!read_boolean (file, group, "enabled", &rule->enabled)
      || !read_severity (file, group, &rule->severity)
      || !read_number (file, group, "threshold", &rule->threshold)
      || !read_number (file, group, "window", &rule->window)
      || !read_number (file, group, "hold", &rule->hold)
      || !read_number (file, group, "cooldown", &rule->cooldown)
      || !read_thresholds (file, group, rule))
    {
      complain (problems, group, _("a value in it is of the wrong kind"));
      return FALSE;
    }
  if (!wd_alert_rule_check (rule, metric, &error))
    {
      complain (problems, group, error->message);
      return FALSE;
    }
  return TRUE;
}

static void
read_quiet (GKeyFile *file, WdQuietHours *quiet, GPtrArray *problems)
{
  g_autofree char *from = g_key_file_get_string (file, QUIET, "from", NULL);
  g_autofree char *to = g_key_file_get_string (file, QUIET, "to", NULL);
  WdQuietHours read = *quiet;

  if (!read_boolean (file, QUIET, "enabled", &read.enabled)
      || !read_boolean (file, QUIET, "critical", &read.critical)
      || (from != NULL && !wd_quiet_hours_parse (from, &read.from))
      || (to != NULL && !wd_quiet_hours_parse (to, &read.to)))
    complain (problems, QUIET, _("a value in it is of the wrong kind"));
  else
    *quiet = read;
}

/**
 * wd_alert_rule_file_read:
 * @file: the key file
 * @problems: (element-type utf8): gets what is wrong with single groups
 *
 * Returns: (transfer full): the rules
 */
WdAlertRules *
wd_alert_rule_file_read (GKeyFile *file, GPtrArray *problems)
{
  WdAlertRules *usual = wd_alert_rules_create ();
  WdAlertRules *rules = wd_alert_rules_copy (usual);

  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    if (!read_rule (file, i, &rules->rules[i], problems))
      wd_alert_rule_assign (&rules->rules[i], &usual->rules[i]);
  read_quiet (file, &rules->quiet, problems);
  wd_alert_rules_unref (usual);
  return rules;
}

static void
write_number (GKeyFile *file, const char *group, const char *key, gint64 value, gint64 usual)
{
  if (value != usual)
    g_key_file_set_int64 (file, group, key, value);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

static void
write_rule (GKeyFile *file, WdAlertMetric metric, const WdAlertRule *rule)
{
  const WdAlertMetricInfo *info = wd_alert_metric_info (metric);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  g_key_file_set_boolean (file, info->name, "enabled", rule->enabled);
  g_key_file_set_string (file, info->name, "severity", wd_severity_word (rule->severity));
  write_number (file, info->name, "threshold", rule->threshold, info->threshold);
  write_number (file, info->name, "window", rule->window, info->window);
  write_number (file, info->name, "hold", rule->hold, info->hold);
  write_number (file, info->name, "cooldown", rule->cooldown, info->cooldown);
  for (gsize i = 0; i < n_types; i++)
    {
      g_autofree char *key = g_strconcat ("threshold.", types[i].name, NULL);
      gint64 own;

      write_number (file, info->name, key,
                    wd_alert_rule_find_own (rule, types[i].name, &own) ? own : -1, -1);
    }
}

/**
 * wd_alert_rule_file_write:
 * @file: the key file
 * @rules: what it is to say
 *
 * Comments, and keys of later versions, stay.
 */
void
wd_alert_rule_file_write (GKeyFile *file, const WdAlertRules *rules)
{
  g_autofree char *from = wd_quiet_hours_format (rules->quiet.from);
  g_autofree char *to = wd_quiet_hours_format (rules->quiet.to);

  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    write_rule (file, i, &rules->rules[i]);
  g_key_file_set_boolean (file, QUIET, "enabled", rules->quiet.enabled);
  g_key_file_set_string (file, QUIET, "from", from);
  g_key_file_set_string (file, QUIET, "to", to);
  g_key_file_set_boolean (file, QUIET, "critical", rules->quiet.critical);
}
