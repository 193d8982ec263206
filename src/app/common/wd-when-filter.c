/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A range of times: presets that reach until now, or own bounds. */

#include "app/common/wd-when-filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/jobs/wd-local-time.h"
#include "app/preferences/wd-preferences.h"
#include "model/wd-filter-time.h"

static const gint64 preset_seconds[] = { 3600, 24 * 3600, 7 * 24 * 3600, 30 * 24 * 3600 };

static const char *const preset_labels[] = {
  N_("Last hour"), N_("Last 24 hours"), N_("Last 7 days"), N_("Last 30 days"),
};

/* They say what they are about: they stand beside the others. */
static const char *const ended_labels[] = {
  N_("Ended in the last hour"), N_("Ended in the last 24 hours"), N_("Ended in the last 7 days"),
  N_("Ended in the last 30 days"),
};

/* As a line of filters has it, or a little more loosely. */
static gboolean
read_bound (const char *text, WdFilterTime *time)
{
  GTimeZone *zone = wd_preferences_get_zone (wd_preferences_get ());

  if (wd_filter_time_read (text, zone, wd_time_now (), time))
    return TRUE;
  time->ago = 0;
  time->first = wd_local_time_parse (text, FALSE);
  time->last = wd_local_time_parse (text, TRUE);
  return time->first != WD_TIME_NONE;
}

static gboolean
is_time (const char *text, gboolean upper)
{
  WdFilterTime time;

  return read_bound (text, &time);
}

/* A bound as people type it. */
static char *
write_bound (WdTime time, gint64 ago, gboolean upper)
{
  GTimeZone *zone = wd_preferences_get_zone (wd_preferences_get ());
  char *text;

  if (time == WD_TIME_NONE)
    return NULL;
  text = wd_filter_time_write (time, ago, upper, zone);
  return strlen (text) == strlen ("2026-11-23T14:00") ? g_strdelimit (text, "T", ' ') : text;
}

#define WHEN_SPEC(what, labels) {                          \
    .name = (what),                                  \
    .all_label = N_("Any time"),                     \
    .presets = (labels),                             \
    .n_presets = G_N_ELEMENTS (preset_seconds),      \
    .lower_label = N_("From"),                       \
    .upper_label = N_("To"),                         \
    .placeholder = N_("2026-11-23 14:00"),           \
    .is_valid = is_time,                             \
  }

static const WdRangeSpec specs[] = {
  [WD_WHEN_CREATED] = WHEN_SPEC (N_("Created"), preset_labels),
  [WD_WHEN_ENDED] = WHEN_SPEC (N_("Ended"), ended_labels),
  [WD_WHEN_DONE] = WHEN_SPEC (N_("When"), preset_labels),
};

/**
 * wd_when_filter_new:
 * @when: which time
 *
 * Returns: (transfer floating): a filter that lets every time through
 */
WdRangeFilter *
wd_when_filter_new (WdWhen when)
{
  return wd_range_filter_new (&specs[when]);
}

/**
 * wd_when_filter_read:
 * @filter: of wd_when_filter_new()
 * @range: (out): what it lets through
 */
void
wd_when_filter_read (WdRangeFilter *filter, WdWhenRange *range)
{
  int preset = wd_range_filter_get_preset (filter);
  const char *lower = wd_range_filter_get_lower (filter);
  const char *upper = wd_range_filter_get_upper (filter);
  WdFilterTime time;

  *range = (WdWhenRange) { WD_TIME_NONE, WD_TIME_NONE, 0, 0 };
  if (preset >= 0)
    {
      range->from_ago = preset_seconds[preset] * G_USEC_PER_SEC;
      range->from = wd_time_now () - range->from_ago;
    }
  if (lower != NULL && read_bound (lower, &time))
    {
      range->from = time.first;
      range->from_ago = time.ago;
    }
  if (upper != NULL && read_bound (upper, &time))
    {
      range->to = time.last;
      range->to_ago = time.ago;
    }
}

/**
 * wd_when_filter_show:
 * @filter: of wd_when_filter_new()
 * @range: what it is to let through
 *
 * Does not emit "changed": that says what people did.
 */
void
wd_when_filter_show (WdRangeFilter *filter, const WdWhenRange *range)
{
  g_autofree char *lower = write_bound (range->from, range->from_ago, FALSE);
  g_autofree char *upper = write_bound (range->to, range->to_ago, TRUE);

  for (guint i = 0; range->to == WD_TIME_NONE && i < G_N_ELEMENTS (preset_seconds); i++)
    if (range->from_ago == preset_seconds[i] * G_USEC_PER_SEC)
      {
        wd_range_filter_set_preset (filter, (int) i);
        return;
      }
  wd_range_filter_set_bounds (filter, lower, upper);
}
