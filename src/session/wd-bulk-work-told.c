/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a run. */

#include "session/wd-bulk-work-private.h"

/**
 * wd_bulk_work_goes_on:
 * @self: a run
 *
 * Returns: whether it goes on without this program
 */
gboolean
wd_bulk_work_goes_on (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), FALSE);

  return wd_backend_bulk_goes_on (self->backend);
}

/**
 * wd_bulk_work_get_run:
 * @self: a run
 *
 * Returns: (transfer none): as it was last read; what it counted may be older than the numbers here
 */
WdBulkRun *
wd_bulk_work_get_run (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), NULL);

  return self->run;
}

/**
 * wd_bulk_work_get_state:
 * @self: a run
 *
 * Returns: what becomes of it now
 */
WdBulkWorkState
wd_bulk_work_get_state (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), WD_BULK_WORK_ENDED);

  return self->state;
}

/**
 * wd_bulk_work_is_active:
 * @self: a run
 *
 * Returns: whether this program works on it, or will by itself
 */
gboolean
wd_bulk_work_is_active (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), FALSE);

  return self->state == WD_BULK_WORK_RUNNING || self->state == WD_BULK_WORK_WAITING
         || self->state == WD_BULK_WORK_PAUSING || self->state == WD_BULK_WORK_STOPPING;
}

/**
 * wd_bulk_work_holds:
 * @self: a run
 *
 * Returns: whether this program has to stay for it: it works on it, or is about to say what is to
 *   become of it
 */
gboolean
wd_bulk_work_holds (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), FALSE);

  return wd_bulk_work_is_active (self)
         && !(wd_bulk_work_goes_on (self) && (self->state == WD_BULK_WORK_RUNNING
                                              || self->state == WD_BULK_WORK_WAITING));
}

/**
 * wd_bulk_work_needs_care:
 * @self: a run
 *
 * Returns: whether it rests though nobody wanted that
 */
gboolean
wd_bulk_work_needs_care (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), FALSE);

  return (self->state == WD_BULK_WORK_PAUSED && self->error != NULL)
         || (self->state == WD_BULK_WORK_FOUND
             && (self->run->state == WD_BULK_RUNNING || self->run->last_error != NULL));
}

/**
 * wd_bulk_work_get_error:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): why it waits, or rests though nobody wanted that
 */
const GError *
wd_bulk_work_get_error (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), NULL);

  return self->error;
}

/**
 * wd_bulk_work_get_numbers:
 * @self: a run
 * @done: (out): how many are done
 * @refused: (out): how many will not be done
 */
void
wd_bulk_work_get_numbers (WdBulkWork *self, gint64 *done, gint64 *refused)
{
  g_return_if_fail (WD_IS_BULK_WORK (self));

  *done = self->done;
  *refused = self->refused;
}

/**
 * wd_bulk_work_get_left:
 * @self: a run
 *
 * Returns: how many nothing was done about yet
 */
gint64
wd_bulk_work_get_left (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), 0);

  return MAX (self->run->total - self->done - self->refused, 0);
}

/**
 * wd_bulk_work_get_rate:
 * @self: a run
 *
 * Returns: how many are settled in a second, of late; 0 while that is not known
 */
double
wd_bulk_work_get_rate (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), 0);

  if (self->state == WD_BULK_WORK_OTHERS)
    return wd_bulk_run_get_rate (self->run);
  return self->state == WD_BULK_WORK_RUNNING ? wd_pace_get_rate (self->pace) : 0;
}

/**
 * wd_bulk_work_get_wait:
 * @self: a run that waits
 *
 * Returns: in how many seconds the server is tried again
 */
gint64
wd_bulk_work_get_wait (WdBulkWork *self)
{
  g_return_val_if_fail (WD_IS_BULK_WORK (self), 0);

  return MAX (self->wait_until - g_get_monotonic_time (), 0) / G_USEC_PER_SEC + 1;
}
