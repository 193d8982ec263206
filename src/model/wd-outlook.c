/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-outlook.h"

static void
clear_outlook (WdOutlook *self)
{
  g_clear_pointer (&self->wallets, g_ptr_array_unref);
  g_clear_pointer (&self->under_way, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdOutlook, wd_outlook, clear_outlook)

/**
 * wd_outlook_create:
 *
 * Returns: (transfer full): an outlook on no wallets, read now
 */
WdOutlook *
wd_outlook_create (void)
{
  WdOutlook *self = wd_outlook_new ();

  self->wallets = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_wallet_unref);
  self->under_way = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  self->read_at = wd_time_now ();
  return self;
}

/**
 * wd_outlook_index_under_way:
 * @self: an outlook, which the table must not outlive
 * @job_type: a kind of job
 *
 * Returns: (transfer full) (element-type utf8 WdJob): its jobs of that kind, by their wallet
 */
GHashTable *
wd_outlook_index_under_way (const WdOutlook *self, const char *job_type)
{
  GHashTable *jobs = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->under_way->len; i++)
    {
      WdJob *job = self->under_way->pdata[i];

      if (job->wallet_address != NULL && g_strcmp0 (job->job_type, job_type) == 0)
        g_hash_table_insert (jobs, job->wallet_address, job);
    }
  return jobs;
}
