/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-queue-event.h"

/**
 * wd_queue_event_free:
 * @self: (transfer full): an event
 */
void
wd_queue_event_free (WdQueueEvent *self)
{
  g_free (self->position);
  g_free (self->id);
  g_free (self->name);
  g_free (self->reason);
  g_free (self);
}

/**
 * wd_queue_known_clear:
 * @self: what was known
 */
void
wd_queue_known_clear (WdQueueKnown *self)
{
  g_free (self->name);
  g_free (self->data);
  g_free (self->failed_reason);
  *self = (WdQueueKnown) { 0 };
}
