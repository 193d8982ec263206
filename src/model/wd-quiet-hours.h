/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdQuietHours:
 * @enabled: whether there are any
 * @from: minute of the day, local time, from which on it is quiet
 * @to: until when; before @from it is the next day's, the same is the whole day
 * @critical: whether what is critical is told all the same
 *
 * When nobody wants to be told.
 */
typedef struct {
  gboolean enabled;
  int from;
  int to;
  gboolean critical;
} WdQuietHours;

gboolean wd_quiet_hours_hold (const WdQuietHours *self, WdTime now, GTimeZone *zone);
gboolean wd_quiet_hours_parse (const char *text, int *minute);
char    *wd_quiet_hours_format (int minute);
WdTime   wd_quiet_hours_next (int minute, WdTime now, GTimeZone *zone);

G_END_DECLS
