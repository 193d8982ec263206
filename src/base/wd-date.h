/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdDate:
 * @year: astronomical: 1 BC is 0
 * @month: from 1
 * @day: from 1
 *
 * A day of the proleptic Gregorian calendar; #GDateTime ends at the years 1 and 9999, and takes
 * its time.
 */
typedef struct {
  gint64 year;
  int month;
  int day;
} WdDate;

gint64 wd_date_to_days (WdDate date);
WdDate wd_date_from_days (gint64 days);

G_END_DECLS
