/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-health.h"

static void
clear_health (WdHealth *self)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->unread, g_ptr_array_unref);
  g_free (self->queue_error);
}

WD_DEFINE_RECORD (WdHealth, wd_health, clear_health)

/**
 * wd_health_create:
 * @limits: of the site
 *
 * Returns: (transfer full): one in which nothing is known to be wrong
 */
WdHealth *
wd_health_create (const WdHealthLimits *limits)
{
  WdHealth *self = wd_health_new ();

  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_finding_unref);
  self->unread = g_ptr_array_new_with_free_func (g_free);
  self->limits = *limits;
  self->wallets_in_trouble = (WdTroubleCount) { -1, WD_TIME_NONE };
  for (guint i = 0; i < WD_N_WALLET_TROUBLES; i++)
    self->wallets[i] = self->wallets_in_trouble;
  self->read_at = wd_time_now ();
  return self;
}

/**
 * wd_health_find_queue:
 * @self: what is wrong
 * @queue: a queue
 * @job_type: (nullable): the type of jobs that is asked about, of which alone sites without queues
 *   tell
 *
 * Returns: (transfer none) (nullable): the first thing wrong with that queue
 */
const WdFinding *
wd_health_find_queue (const WdHealth *self, const char *queue, const char *job_type)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const WdFinding *finding = self->findings->pdata[i];

      if (finding->queue != NULL ? g_strcmp0 (finding->queue, queue) == 0
                                 : job_type != NULL && g_strcmp0 (finding->job_type, job_type) == 0)
        return finding;
    }
  return NULL;
}

/**
 * wd_health_is_well:
 * @self: what is wrong
 *
 * Returns: whether nothing is, as far as anybody can see
 */
gboolean
wd_health_is_well (const WdHealth *self)
{
  return self->findings->len == 0 && self->wallets_in_trouble.n <= 0;
}
