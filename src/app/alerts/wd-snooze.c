/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/alerts/wd-snooze.h"

#include <glib/gi18n-lib.h>

#include "model/wd-quiet-hours.h"

#define HOUR    (G_GINT64_CONSTANT (60) * 60 * G_USEC_PER_SEC)
#define WEEK    (7 * 24 * HOUR)
#define MORNING (8 * 60)

/**
 * wd_snooze_label:
 * @snooze: for how long
 *
 * Returns: (transfer none): for a menu
 */
const char *
wd_snooze_label (WdSnooze snooze)
{
  static const char *const labels[] = {
    [WD_SNOOZE_HOUR] = N_("For an Hour"),
    [WD_SNOOZE_MORNING] = N_("Until Tomorrow, 8:00"),
    [WD_SNOOZE_WEEK] = N_("For a Week"),
  };

  return g_dgettext (GETTEXT_PACKAGE, labels[snooze]);
}

/**
 * wd_snooze_end:
 * @snooze: for how long
 * @now: from when on
 * @zone: whose morning
 *
 * Returns: when it ends
 */
WdTime
wd_snooze_end (WdSnooze snooze, WdTime now, GTimeZone *zone)
{
  if (snooze == WD_SNOOZE_MORNING)
    return wd_quiet_hours_next (MORNING, now, zone);
  return now + (snooze == WD_SNOOZE_WEEK ? WEEK : HOUR);
}
