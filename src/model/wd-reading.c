/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-reading.h"

#define NO_VALUE G_MININT64

struct _WdReading {
  GHashTable *values[WD_N_ALERT_METRICS]; /* (owned) (nullable) (element-type utf8 gint64) */
  gboolean is_part[WD_N_ALERT_METRICS];   /* there may be others */
};

/**
 * wd_reading_new:
 *
 * Returns: (transfer full): a reading of which nothing is known
 */
WdReading *
wd_reading_new (void)
{
  return g_new0 (WdReading, 1);
}

/**
 * wd_reading_free:
 * @self: (transfer full): a reading
 */
void
wd_reading_free (WdReading *self)
{
  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    g_clear_pointer (&self->values[i], g_hash_table_unref);
  g_free (self);
}

/**
 * wd_reading_measured:
 * @self: a reading
 * @metric: what was measured; of which there may be nothing at all
 */
void
wd_reading_measured (WdReading *self, WdAlertMetric metric)
{
  if (self->values[metric] == NULL)
    self->values[metric] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * wd_reading_measured_part:
 * @self: a reading
 * @metric: what was measured; also of others, of which nobody asked
 */
void
wd_reading_measured_part (WdReading *self, WdAlertMetric metric)
{
  wd_reading_measured (self, metric);
  self->is_part[metric] = TRUE;
}

/**
 * wd_reading_set:
 * @self: a reading
 * @metric: what was measured
 * @subject: of what; the empty one is the whole platform
 * @value: in the metric's unit
 */
void
wd_reading_set (WdReading *self, WdAlertMetric metric, const char *subject, gint64 value)
{
  wd_reading_measured (self, metric);
  g_hash_table_replace (self->values[metric], g_strdup (subject),
                        g_memdup2 (&value, sizeof value));
}

/**
 * wd_reading_set_unknown:
 * @self: a reading
 * @metric: what was measured
 * @subject: of which it could not be
 */
void
wd_reading_set_unknown (WdReading *self, WdAlertMetric metric, const char *subject)
{
  wd_reading_set (self, metric, subject, NO_VALUE);
}

/**
 * wd_reading_look:
 * @self: a reading
 * @metric: a metric
 * @subject: of what
 * @value: (out): its value; 0 unless it is known
 *
 * Returns: what is known of it
 */
WdReadingState
wd_reading_look (const WdReading *self, WdAlertMetric metric, const char *subject, gint64 *value)
{
  const gint64 *found = self->values[metric] != NULL
                          ? g_hash_table_lookup (self->values[metric], subject) : NULL;

  *value = 0;
  if (self->values[metric] == NULL || (found == NULL && self->is_part[metric])
      || (found != NULL && *found == NO_VALUE))
    return WD_READING_UNKNOWN;
  if (found == NULL)
    return WD_READING_ABSENT;
  *value = *found;
  return WD_READING_KNOWN;
}

/**
 * wd_reading_tells:
 * @self: a reading
 * @metric: a metric
 *
 * Returns: whether it was measured, of anything
 */
gboolean
wd_reading_tells (const WdReading *self, WdAlertMetric metric)
{
  GHashTableIter iter;
  gpointer value;

  if (self->values[metric] == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->values[metric]);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (*(gint64 *) value != NO_VALUE)
      return TRUE;
  return g_hash_table_size (self->values[metric]) == 0;
}

/**
 * wd_reading_foreach:
 * @self: a reading
 * @metric: a metric
 * @func: called for each subject of it
 * @data: for @func
 */
void
wd_reading_foreach (const WdReading *self, WdAlertMetric metric, WdReadingFunc func, gpointer data)
{
  GHashTableIter iter;
  gpointer subject;

  if (self->values[metric] == NULL)
    return;
  g_hash_table_iter_init (&iter, self->values[metric]);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    func (subject, data);
}

/**
 * wd_reading_merge:
 * @self: a reading
 * @other: what else was measured, which goes before
 */
void
wd_reading_merge (WdReading *self, const WdReading *other)
{
  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    {
      GHashTableIter iter;
      gpointer subject, value;

      if (other->values[i] == NULL)
        continue;
      self->is_part[i] = (self->values[i] == NULL || self->is_part[i]) && other->is_part[i];
      wd_reading_measured (self, i);
      g_hash_table_iter_init (&iter, other->values[i]);
      while (g_hash_table_iter_next (&iter, &subject, &value))
        wd_reading_set (self, i, subject, *(gint64 *) value);
    }
}
