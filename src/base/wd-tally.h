/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdTally:
 *
 * What this process counts of itself.
 */
typedef enum {
  WD_TALLY_POSTGRES,   /* connections that are open */
  WD_TALLY_REDIS,      /* likewise */
  WD_TALLY_SET_ASIDE,  /* jobs that were set aside by recording, ever */
  WD_N_TALLIES,
} WdTally;

void wd_tally_add (WdTally tally, int change);
int  wd_tally_get (WdTally tally);

G_END_DECLS
