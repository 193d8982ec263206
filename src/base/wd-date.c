/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Counted in years that begin in March, so that the leap day is the last. */

#include "base/wd-date.h"

/**
 * wd_date_to_days:
 * @date: a day
 *
 * Returns: days since 1970-01-01
 */
gint64
wd_date_to_days (WdDate date)
{
  gint64 year = date.month <= 2 ? date.year - 1 : date.year;
  gint64 era = (year >= 0 ? year : year - 399) / 400;
  gint64 year_of_era = year - era * 400;
  gint64 month = (date.month + 9) % 12;
  gint64 day_of_year = (153 * month + 2) / 5 + date.day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
         - 719468;
}

/**
 * wd_date_from_days:
 * @days: since 1970-01-01
 *
 * Returns: the day
 */
WdDate
wd_date_from_days (gint64 days)
{
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 day = shifted - era * 146097;
  gint64 year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  gint64 day_of_year = day - (365 * year + year / 4 - year / 100);
  gint64 month = (5 * day_of_year + 2) / 153;
  WdDate date;

  date.day = (int) (day_of_year - (153 * month + 2) / 5 + 1);
  date.month = (int) (month < 10 ? month + 3 : month - 9);
  date.year = year + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}
