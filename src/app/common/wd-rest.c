/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-rest.h"

/**
 * wd_rest_ask:
 * @self: a rest
 *
 * To be called as something is asked for.
 */
void
wd_rest_ask (WdRest *self)
{
  self->asked_at = g_get_monotonic_time ();
}

/**
 * wd_rest_begin:
 * @self: a rest
 * @factor: how many times as long as the answer took
 * @least: microseconds that it lasts at least
 *
 * To be called as the answer comes.
 */
void
wd_rest_begin (WdRest *self, guint factor, gint64 least)
{
  gint64 now = g_get_monotonic_time ();

  self->until = now + MAX (factor * (now - self->asked_at), least);
}

/**
 * wd_rest_end:
 * @self: a rest
 *
 * Something was done: what comes of it is read at once.
 */
void
wd_rest_end (WdRest *self)
{
  self->until = 0;
}

/**
 * wd_rest_is_over:
 * @self: a rest
 *
 * Returns: whether one may ask again
 */
gboolean
wd_rest_is_over (const WdRest *self)
{
  return g_get_monotonic_time () >= self->until;
}

/**
 * wd_rest_get_age:
 * @self: a rest
 *
 * Returns: microseconds since something was asked for
 */
gint64
wd_rest_get_age (const WdRest *self)
{
  return g_get_monotonic_time () - self->asked_at;
}
