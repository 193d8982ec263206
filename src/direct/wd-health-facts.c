/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-health-facts.h"

#include "model/wd-queue.h"

/* To find queues is to walk over all keys. */
#define NAMES_US (5 * 60 * G_USEC_PER_SEC)

/* Wallets get into trouble in hours. */
#define WALLETS_US (60 * G_USEC_PER_SEC)

/* However quiet it is: not all that an admin may do to a queue by hand is told of. */
#define HOLD_US (15 * 60 * G_USEC_PER_SEC)

/* Of queues that no type of jobs of the profile runs in nobody listens to the events. */
#define UNHEARD_US (60 * G_USEC_PER_SEC)

/**
 * wd_health_facts_clear:
 * @self: facts
 *
 * Nothing is known any more.
 */
void
wd_health_facts_clear (WdHealthFacts *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->activity, g_ptr_array_unref);
  g_clear_pointer (&self->wallets, wd_health_unref);
}

/**
 * wd_health_facts_heed:
 * @self: what is known
 * @news: (nullable): of whoever listens to the queues
 *
 * Forgets what was read before somebody wanted to see it anew.
 */
void
wd_health_facts_heed (WdHealthFacts *self, WdQueueNews *news)
{
  int doubts = news != NULL ? wd_queue_news_get_doubts (news) : 0;

  if (doubts == self->doubts)
    return;
  wd_health_facts_clear (self);
  self->doubts = doubts;
}

/**
 * wd_health_facts_keep_names:
 * @self: facts
 * @names: (transfer none) (element-type utf8): the queues that were found now
 */
void
wd_health_facts_keep_names (WdHealthFacts *self, GPtrArray *names)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = g_ptr_array_ref (names);
  self->names_until = g_get_monotonic_time () + NAMES_US;
}

/**
 * wd_health_facts_have_names:
 * @self: facts
 *
 * Returns: whether the queues were looked for in the last minutes
 */
gboolean
wd_health_facts_have_names (const WdHealthFacts *self)
{
  return self->names != NULL && g_get_monotonic_time () < self->names_until;
}

/**
 * wd_health_facts_keep:
 * @self: facts
 * @counts: (transfer none) (element-type WdQueueCounts): what the queues hold
 * @activity: (transfer none) (element-type WdQueueActivity): what happens in them
 * @profile: whose queues are listened to
 * @serial: of the news, before they were read
 *
 * What may become other without a word is not kept, and where there are queues that nobody listens
 * to, all of it only for a while.
 */
void
wd_health_facts_keep (WdHealthFacts *self, GPtrArray *counts, GPtrArray *activity,
                      const WdProfile *profile, int serial)
{
  gint64 hold = HOLD_US;

  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->activity, g_ptr_array_unref);
  for (guint i = 0; i < counts->len; i++)
    {
      const WdQueueCounts *queue = counts->pdata[i];

      if (wd_queue_counts_may_change (queue))
        return;
      if (wd_profile_get_job_type (profile, queue->queue) == NULL)
        hold = UNHEARD_US;
    }
  self->counts = g_ptr_array_ref (counts);
  self->activity = g_ptr_array_ref (activity);
  self->serial = serial;
  self->read_at = g_get_monotonic_time ();
  self->hold_until = self->read_at + hold;
}

/**
 * wd_health_facts_hold:
 * @self: facts
 * @news: (nullable): of whoever listens to the queues
 *
 * Returns: whether what was kept is still so, for nothing has happened since
 */
gboolean
wd_health_facts_hold (const WdHealthFacts *self, WdQueueNews *news)
{
  return self->counts != NULL && news != NULL
         && g_get_monotonic_time () < self->hold_until
         && wd_queue_news_is_current (news, self->serial);
}

/**
 * wd_health_facts_keep_wallets:
 * @self: facts
 * @health: (transfer none): with wallets counted now
 */
void
wd_health_facts_keep_wallets (WdHealthFacts *self, WdHealth *health)
{
  g_clear_pointer (&self->wallets, wd_health_unref);
  self->wallets = wd_health_ref (health);
  self->wallets_until = g_get_monotonic_time () + WALLETS_US;
}

/**
 * wd_health_facts_get_wallets:
 * @self: facts
 *
 * Returns: (transfer none) (nullable): what was kept, where it is not time to count again
 */
const WdHealth *
wd_health_facts_get_wallets (const WdHealthFacts *self)
{
  return self->wallets != NULL && g_get_monotonic_time () < self->wallets_until ? self->wallets
                                                                                : NULL;
}
