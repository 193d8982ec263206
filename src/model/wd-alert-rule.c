/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-alert-rule.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

#define DAY           (24 * 60 * 60)
#define THRESHOLD_MAX G_GINT64_CONSTANT (1000000000)

static void
clear_rules (WdAlertRules *self)
{
  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    g_clear_pointer (&self->rules[i].thresholds, g_hash_table_unref);
}

/**
 * wd_alert_rules_create:
 *
 * Returns: (transfer full): the rules of somebody who chose none
 */
WdAlertRules *
wd_alert_rules_create (void)
{
  WdAlertRules *self = g_atomic_rc_box_new0 (WdAlertRules);

  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    {
      const WdAlertMetricInfo *info = wd_alert_metric_info (i);

      self->rules[i] = (WdAlertRule) {
        .enabled = TRUE,
        .severity = info->severity,
        .threshold = info->threshold,
        .window = info->window,
        .hold = info->hold,
        .cooldown = info->cooldown,
        .thresholds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
      };
    }
  self->quiet = (WdQuietHours) { .from = 22 * 60, .to = 7 * 60, .critical = TRUE };
  return self;
}

/**
 * wd_alert_rules_copy:
 * @self: rules
 *
 * Returns: (transfer full): the same, to be changed
 */
WdAlertRules *
wd_alert_rules_copy (const WdAlertRules *self)
{
  WdAlertRules *copy = wd_alert_rules_create ();

  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    wd_alert_rule_assign (&copy->rules[i], &self->rules[i]);
  copy->quiet = self->quiet;
  return copy;
}

/**
 * wd_alert_rules_ref:
 * @self: rules
 *
 * Returns: (transfer full): @self
 */
WdAlertRules *
wd_alert_rules_ref (WdAlertRules *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wd_alert_rules_unref:
 * @self: (transfer full) (nullable): rules
 */
void
wd_alert_rules_unref (WdAlertRules *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_rules);
}

/**
 * wd_alert_rule_assign:
 * @self: a rule that is not published yet
 * @other: what it is to be like
 */
void
wd_alert_rule_assign (WdAlertRule *self, const WdAlertRule *other)
{
  GHashTable *thresholds = self->thresholds;
  GHashTableIter iter;
  gpointer subject, threshold;

  *self = *other;
  self->thresholds = thresholds;
  g_hash_table_remove_all (thresholds);
  g_hash_table_iter_init (&iter, other->thresholds);
  while (g_hash_table_iter_next (&iter, &subject, &threshold))
    wd_alert_rule_set_threshold (self, subject, *(gint64 *) threshold);
}

/**
 * wd_alert_rule_get_threshold:
 * @self: a rule
 * @subject: a type of job, or anything else
 *
 * Returns: from which value on it is an incident there; 0 is never
 */
gint64
wd_alert_rule_get_threshold (const WdAlertRule *self, const char *subject)
{
  gint64 own;

  if (!self->enabled)
    return 0;
  return wd_alert_rule_find_own (self, subject, &own) ? own : self->threshold;
}

/**
 * wd_alert_rule_set_threshold:
 * @self: a rule that is not published yet
 * @subject: a type of job
 * @threshold: its own; 0 is never, less takes its own away
 */
void
wd_alert_rule_set_threshold (WdAlertRule *self, const char *subject, gint64 threshold)
{
  if (threshold < 0)
    g_hash_table_remove (self->thresholds, subject);
  else
    g_hash_table_replace (self->thresholds, g_strdup (subject),
                          g_memdup2 (&threshold, sizeof threshold));
}

/**
 * wd_alert_rule_find_own:
 * @self: a rule
 * @subject: a type of job
 * @threshold: (out): its own, or 0
 *
 * Returns: whether it has one of its own
 */
gboolean
wd_alert_rule_find_own (const WdAlertRule *self, const char *subject, gint64 *threshold)
{
  const gint64 *own = g_hash_table_lookup (self->thresholds, subject);

  *threshold = own != NULL ? *own : 0;
  return own != NULL;
}

static gboolean
check_threshold (gint64 threshold, gint64 least, WdAlertUnit unit, GError **error)
{
  gint64 most = unit == WD_ALERT_UNIT_PERCENT ? 100 : THRESHOLD_MAX;

  if (threshold >= least && threshold <= most)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("The threshold must be between %d and %d"), (int) least, (int) most);
  return FALSE;
}

/**
 * wd_alert_rule_check:
 * @self: a rule
 * @metric: of which metric
 * @error: %WD_ERROR_INVALID_ARGUMENT: what cannot be right
 */
gboolean
wd_alert_rule_check (const WdAlertRule *self, WdAlertMetric metric, GError **error)
{
  const WdAlertMetricInfo *info = wd_alert_metric_info (metric);
  GHashTableIter iter;
  gpointer threshold;

  if (!check_threshold (self->threshold, 1, info->unit, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->thresholds);
  while (g_hash_table_iter_next (&iter, NULL, &threshold))
    if (!check_threshold (*(gint64 *) threshold, 0, info->unit, error))
      return FALSE;
  if (info->has_window ? self->window < 60 || self->window > 30 * DAY : self->window != 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           info->has_window ? _("The window must be between 1 minute and 30 days")
                                            : _("This rule has no window"));
      return FALSE;
    }
  if (self->hold < 0 || self->hold > DAY || self->cooldown < 0 || self->cooldown > 30 * DAY)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("It must hold for at most a day, and cool down for at most 30"));
      return FALSE;
    }
  return TRUE;
}
