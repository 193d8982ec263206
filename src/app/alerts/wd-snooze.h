/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdSnooze:
 *
 * For how long nobody wants to hear of something.
 */
typedef enum {
  WD_SNOOZE_HOUR,
  WD_SNOOZE_MORNING,
  WD_SNOOZE_WEEK,
} WdSnooze;

#define WD_N_SNOOZES (WD_SNOOZE_WEEK + 1)

const char *wd_snooze_label (WdSnooze snooze);
WdTime      wd_snooze_end (WdSnooze snooze, WdTime now, GTimeZone *zone);

G_END_DECLS
