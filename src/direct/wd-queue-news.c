/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-queue-news.h"

struct _WdQueueNews {
  int serial; /* (atomic) */
  int live;   /* (atomic) */
  int doubts; /* (atomic) */
  int reached; /* (atomic) */
};

/**
 * wd_queue_news_new:
 *
 * Returns: (transfer full): of queues that nobody listens to
 */
WdQueueNews *
wd_queue_news_new (void)
{
  return g_atomic_rc_box_new0 (WdQueueNews);
}

/**
 * wd_queue_news_ref:
 * @self: news
 *
 * Returns: (transfer full): the same
 */
WdQueueNews *
wd_queue_news_ref (WdQueueNews *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wd_queue_news_unref:
 * @self: (transfer full): news
 */
void
wd_queue_news_unref (WdQueueNews *self)
{
  g_atomic_rc_box_release (self);
}

/**
 * wd_queue_news_add:
 * @self: news
 *
 * Something has happened in the queues.
 */
void
wd_queue_news_add (WdQueueNews *self)
{
  g_atomic_int_inc (&self->serial);
}

/**
 * wd_queue_news_set_live:
 * @self: news
 * @live: whether all that happens is heard from now on
 */
void
wd_queue_news_set_live (WdQueueNews *self, gboolean live)
{
  wd_queue_news_add (self);
  g_atomic_int_set (&self->live, live);
}

/**
 * wd_queue_news_get_serial:
 * @self: news
 *
 * Returns: a number to take before the queues are counted, for wd_queue_news_is_current()
 */
int
wd_queue_news_get_serial (WdQueueNews *self)
{
  return g_atomic_int_get (&self->serial);
}

/**
 * wd_queue_news_is_current:
 * @self: news
 * @serial: taken before the queues were counted
 *
 * Returns: whether they certainly hold what they held then
 */
gboolean
wd_queue_news_is_current (WdQueueNews *self, int serial)
{
  return g_atomic_int_get (&self->live) && g_atomic_int_get (&self->serial) == serial;
}

/**
 * wd_queue_news_doubt:
 * @self: news
 *
 * Somebody wants to see how things are, and not how they were when they were last read: nothing
 * that is kept holds any more, also what nobody tells of.
 */
void
wd_queue_news_doubt (WdQueueNews *self)
{
  wd_queue_news_add (self);
  g_atomic_int_inc (&self->doubts);
}

/**
 * wd_queue_news_get_doubts:
 * @self: news
 *
 * Returns: how often wd_queue_news_doubt() was called
 */
int
wd_queue_news_get_doubts (WdQueueNews *self)
{
  return g_atomic_int_get (&self->doubts);
}

/**
 * wd_queue_news_reach:
 * @self: news
 *
 * Somebody who asks the queues has got through to them, anew.
 */
void
wd_queue_news_reach (WdQueueNews *self)
{
  g_atomic_int_inc (&self->reached);
}

/**
 * wd_queue_news_get_reached:
 * @self: news
 *
 * Returns: how often wd_queue_news_reach() was called
 */
int
wd_queue_news_get_reached (WdQueueNews *self)
{
  return g_atomic_int_get (&self->reached);
}
