/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-backoff.h"

#define FIRST_MS 1000
#define LAST_MS 30000

/**
 * wd_backoff_next_ms:
 * @self: of the thing that has just failed
 *
 * Returns: milliseconds to wait: 1 s, doubled by each failure in a row up to 30 s; a random part
 *   of up to a half is taken off, so that what lost a server together does not come back together
 */
guint
wd_backoff_next_ms (WdBackoff *self)
{
  guint full = FIRST_MS;

  g_return_val_if_fail (self != NULL, LAST_MS);

  for (guint i = 0; i < self->failures && full < LAST_MS; i++)
    full = MIN (full * 2, LAST_MS);
  self->failures++;
  return full - (guint) g_random_int_range (0, (gint32) full / 2 + 1);
}

/**
 * wd_backoff_reset:
 * @self: of the thing that has just worked
 */
void
wd_backoff_reset (WdBackoff *self)
{
  g_return_if_fail (self != NULL);

  self->failures = 0;
}
