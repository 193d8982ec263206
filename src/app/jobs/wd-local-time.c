/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/jobs/wd-local-time.h"

#include "app/preferences/wd-preferences.h"

/**
 * wd_local_time_parse:
 * @text: a day (`2026-11-23`) or a minute (`2026-11-23 14:00`) as people type it
 * @end: the last microsecond of that day or minute, instead of its first
 *
 * Returns: that time, read in the time zone that times are shown in; %WD_TIME_NONE for anything
 *   else
 */
WdTime
wd_local_time_parse (const char *text, gboolean end)
{
  return wd_time_parse_typed (text, wd_preferences_get_zone (wd_preferences_get ()), end);
}
