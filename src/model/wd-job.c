/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-job.h"

static void
clear_job (WdJob *self)
{
  g_free (self->id);
  g_free (self->job_id);
  g_free (self->job_type);
  g_free (self->status);
  g_free (self->wallet_address);
  g_free (self->user_id);
  g_free (self->triggered_by);
  g_free (self->data);
  g_free (self->error_message);
}

WD_DEFINE_RECORD (WdJob, wd_job, clear_job)

/**
 * wd_job_equal:
 * @a: a job
 * @b: another
 *
 * Returns: whether every field is the same, so that a refreshed row need not be redrawn
 */
gboolean
wd_job_equal (const WdJob *a, const WdJob *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_strcmp0 (a->id, b->id) == 0
         && g_strcmp0 (a->job_id, b->job_id) == 0
         && g_strcmp0 (a->job_type, b->job_type) == 0
         && g_strcmp0 (a->status, b->status) == 0
         && g_strcmp0 (a->wallet_address, b->wallet_address) == 0
         && g_strcmp0 (a->user_id, b->user_id) == 0
         && g_strcmp0 (a->triggered_by, b->triggered_by) == 0
         && g_strcmp0 (a->data, b->data) == 0
         && g_strcmp0 (a->error_message, b->error_message) == 0
         && a->started_at == b->started_at
         && a->completed_at == b->completed_at
         && a->created_at == b->created_at
         && a->updated_at == b->updated_at
         && a->retry_count == b->retry_count
         && a->max_retries == b->max_retries;
}
