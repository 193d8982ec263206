/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-tally.h"

static int tallies[WD_N_TALLIES]; /* (atomic) */

/**
 * wd_tally_add:
 * @tally: what
 * @change: how many more, or fewer. Any thread
 */
void
wd_tally_add (WdTally tally, int change)
{
  g_atomic_int_add (&tallies[tally], change);
}

/**
 * wd_tally_get:
 * @tally: what
 *
 * Any thread. Returns: how many there are now
 */
int
wd_tally_get (WdTally tally)
{
  return g_atomic_int_get (&tallies[tally]);
}
