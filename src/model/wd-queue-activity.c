/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-queue-activity.h"

static void
clear_activity (WdQueueActivity *self)
{
  g_clear_pointer (&self->active, g_ptr_array_unref);
  g_clear_pointer (&self->stalled_waiting, g_ptr_array_unref);
  g_clear_pointer (&self->stalled_failed, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdQueueActivity, wd_queue_activity, clear_activity)

/**
 * wd_queue_activity_create:
 * @now: the time
 *
 * Returns: (transfer full): of a queue in which nothing happened
 */
WdQueueActivity *
wd_queue_activity_create (WdTime now)
{
  WdQueueActivity *self = wd_queue_activity_new ();

  self->now = now;
  self->active = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_active_job_free);
  self->stalled_waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_active_job_free);
  self->stalled_failed = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_active_job_free);
  self->oldest_ready = self->last_finished = self->last_started = WD_TIME_NONE;
  return self;
}

/**
 * wd_active_job_free:
 * @self: (transfer full): a job
 */
void
wd_active_job_free (WdActiveJob *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}
