/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-history.h"

static void
clear_history (WdHistory *self)
{
  g_free (self->job_type);
  g_clear_pointer (&self->points, g_array_unref);
}

WD_DEFINE_RECORD (WdHistory, wd_history, clear_history)

static void
init_point (WdHistoryPoint *point, WdTime from, WdTime to)
{
  static const WdPercentiles unknown = { 0, -1, -1, -1 };

  point->from = from;
  point->to = to;
  point->unfinished = -1;
  point->wait = unknown;
  point->run = unknown;
  point->retries = -1;
}

/**
 * wd_history_create:
 * @job_type: (nullable): of which type
 * @grid: its bars
 *
 * Returns: (transfer full): a history in which nothing happened, read now
 */
WdHistory *
wd_history_create (const char *job_type, const WdHistoryGrid *grid)
{
  WdHistory *self = wd_history_new ();
  guint length = wd_history_grid_get_length (grid);

  self->job_type = g_strdup (job_type);
  self->step = grid->step;
  self->points = g_array_sized_new (FALSE, TRUE, sizeof (WdHistoryPoint), length);
  g_array_set_size (self->points, length);
  for (guint i = 0; i < length; i++)
    init_point (&g_array_index (self->points, WdHistoryPoint, i),
                wd_history_grid_get_edge (grid, i), wd_history_grid_get_edge (grid, i + 1));
  init_point (&self->total, wd_history_grid_get_edge (grid, 0),
              wd_history_grid_get_edge (grid, length));
  self->durations_since = WD_TIME_NONE;
  self->days_until = WD_TIME_NONE;
  self->read_at = wd_time_now ();
  return self;
}

/**
 * wd_history_get_length:
 * @self: a history
 *
 * Returns: how many bars it has
 */
guint
wd_history_get_length (const WdHistory *self)
{
  return self->points->len;
}

/**
 * wd_history_get_point:
 * @self: a history
 * @i: which bar, from 0
 *
 * Returns: (transfer none): that bar
 */
const WdHistoryPoint *
wd_history_get_point (const WdHistory *self, guint i)
{
  g_return_val_if_fail (i < self->points->len, NULL);

  return &g_array_index (self->points, WdHistoryPoint, i);
}

/**
 * wd_history_point_get_finished:
 * @self: a bar
 *
 * Returns: how many jobs completed or failed in it
 */
gint64
wd_history_point_get_finished (const WdHistoryPoint *self)
{
  return self->completed + self->failed;
}

/**
 * wd_history_point_get_success:
 * @self: a bar
 *
 * Returns: which part of the jobs that completed or failed did complete, from 0 to 1; -1 where
 *   they are fewer than %WD_HISTORY_ENOUGH
 */
double
wd_history_point_get_success (const WdHistoryPoint *self)
{
  gint64 finished = wd_history_point_get_finished (self);

  return finished >= WD_HISTORY_ENOUGH ? (double) self->completed / (double) finished : -1;
}
