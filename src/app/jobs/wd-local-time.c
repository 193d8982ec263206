/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/jobs/wd-local-time.h"

#include <stdio.h>

/**
 * wd_local_time_parse:
 * @text: a day (`2026-11-23`) or a minute (`2026-11-23 14:00`) as people type it
 * @end: the last microsecond of that day or minute, instead of its first
 *
 * Returns: that time, read in the time zone of this machine; %WD_TIME_NONE for anything else
 */
WdTime
wd_local_time_parse (const char *text, gboolean end)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) next = NULL;
  int year, month, day, hour = 0, minute = 0, length = 0, whole = 0;

  g_return_val_if_fail (text != NULL, WD_TIME_NONE);

  if (sscanf (text, " %4d-%2d-%2d %n%2d:%2d %n", &year, &month, &day, &length, &hour, &minute,
              &whole) < 3)
    return WD_TIME_NONE;
  if (text[whole != 0 ? whole : length] != '\0')
    return WD_TIME_NONE;
  local = g_date_time_new_local (year, month, day, hour, minute, 0);
  if (local == NULL)
    return WD_TIME_NONE;
  if (!end)
    return g_date_time_to_unix (local) * G_USEC_PER_SEC;
  next = whole != 0 ? g_date_time_add_minutes (local, 1) : g_date_time_add_days (local, 1);
  return g_date_time_to_unix (next) * G_USEC_PER_SEC - 1;
}
