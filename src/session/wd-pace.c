/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-pace.h"

/* What is older says little of what comes. */
#define WINDOW_US (10 * G_USEC_PER_SEC)

typedef struct {
  gint64 at;       /* monotonic, in microseconds */
  gint64 count;
} Sample;

struct _WdPace {
  GQueue samples;  /* (element-type Sample): the oldest first */
};

/**
 * wd_pace_new:
 *
 * Returns: (transfer full): a pace that nothing is known of
 */
WdPace *
wd_pace_new (void)
{
  return g_new0 (WdPace, 1);
}

/**
 * wd_pace_free:
 * @self: (transfer full): a pace
 */
void
wd_pace_free (WdPace *self)
{
  wd_pace_reset (self);
  g_free (self);
}

/**
 * wd_pace_reset:
 * @self: a pace
 *
 * Forgets what was.
 */
void
wd_pace_reset (WdPace *self)
{
  g_queue_clear_full (&self->samples, g_free);
}

/**
 * wd_pace_add:
 * @self: a pace
 * @at: monotonic time, in microseconds; not before the last
 * @count: what had been reached then
 */
void
wd_pace_add (WdPace *self, gint64 at, gint64 count)
{
  Sample *sample = g_new (Sample, 1);

  *sample = (Sample) { at, count };
  g_queue_push_tail (&self->samples, sample);
  while (self->samples.length > 2
         && ((Sample *) g_queue_peek_head (&self->samples))->at < at - WINDOW_US)
    g_free (g_queue_pop_head (&self->samples));
}

/**
 * wd_pace_get_rate:
 * @self: a pace
 *
 * Returns: by how much the count grows in a second; 0 while that is not known
 */
double
wd_pace_get_rate (const WdPace *self)
{
  const Sample *first = g_queue_peek_head ((GQueue *) &self->samples);
  const Sample *last = g_queue_peek_tail ((GQueue *) &self->samples);

  if (first == NULL || last->at <= first->at)
    return 0;
  return (double) (last->count - first->count) * G_USEC_PER_SEC / (double) (last->at - first->at);
}
