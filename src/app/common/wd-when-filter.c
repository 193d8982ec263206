/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A range of times: presets that reach until now, or own bounds. */

#include "app/common/wd-when-filter.h"

#include <glib/gi18n-lib.h>

#include "app/jobs/wd-local-time.h"

static const gint64 preset_seconds[] = { 3600, 24 * 3600, 7 * 24 * 3600, 30 * 24 * 3600 };

static const char *const preset_labels[] = {
  N_("Last hour"), N_("Last 24 hours"), N_("Last 7 days"), N_("Last 30 days"),
};

/* They say what they are about: they stand beside the others. */
static const char *const ended_labels[] = {
  N_("Ended in the last hour"), N_("Ended in the last 24 hours"), N_("Ended in the last 7 days"),
  N_("Ended in the last 30 days"),
};

static gboolean
is_time (const char *text)
{
  return wd_local_time_parse (text, FALSE) != WD_TIME_NONE;
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
 * @from: (inout): set where there is a first moment
 * @to: (inout): set where there is a last moment
 */
void
wd_when_filter_read (WdRangeFilter *filter, WdTime *from, WdTime *to)
{
  int preset = wd_range_filter_get_preset (filter);
  const char *lower = wd_range_filter_get_lower (filter);
  const char *upper = wd_range_filter_get_upper (filter);

  if (preset >= 0)
    *from = wd_time_now () - preset_seconds[preset] * G_USEC_PER_SEC;
  if (lower != NULL)
    *from = wd_local_time_parse (lower, FALSE);
  if (upper != NULL)
    *to = wd_local_time_parse (upper, TRUE);
}
