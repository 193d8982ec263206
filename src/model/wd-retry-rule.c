/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that decides by the state of a job in its queue whether it can be retried: for the
 * retry itself, and for what is said of it before. */

#include "model/wd-retry-rule.h"

#include <string.h>

#include "model/wd-job-type.h"

/**
 * wd_retry_judge:
 * @state: (nullable): of the job in its queue, in BullMQ's words; `unknown` or `orphan` for one
 *   whose record is in none of the places that were looked at, %NULL without such a job
 * @automatic: no job can be added under its id, which BullMQ made itself
 * @has_data: its row has the data to queue it with
 *
 * Returns: what becomes of it
 */
WdRetryVerdict
wd_retry_judge (const char *state, gboolean automatic, gboolean has_data)
{
  if (state == NULL && automatic)
    return WD_RETRY_AUTOMATIC;
  if (state == NULL)
    return has_data ? WD_RETRY_GOES : WD_RETRY_NO_DATA;
  if (strcmp (state, "failed") == 0)
    return WD_RETRY_GOES;
  if (strcmp (state, "completed") == 0)
    return WD_RETRY_COMPLETED;
  if (strcmp (state, "unknown") == 0 || strcmp (state, "orphan") == 0)
    return WD_RETRY_NOWHERE;
  return WD_RETRY_BY_ITSELF;
}

/**
 * wd_retry_is_guarded:
 * @job: a job
 *
 * A job that can be dispatched is defined by its wallet alone, so one is enough. Any other stands
 * for something that the next of its type does not.
 *
 * Returns: whether another job of its type for its wallet would do the same work once more
 */
gboolean
wd_retry_is_guarded (const WdJob *job)
{
  const WdJobType *type = wd_job_type_lookup (job->job_type);

  return type != NULL && type->can_dispatch && job->wallet_address != NULL
         && *job->wallet_address != '\0';
}

/**
 * wd_retry_dup_guard_key:
 * @job: a job that wd_retry_is_guarded() is true of
 *
 * Returns: (transfer full): the same for all jobs that do the same work
 */
char *
wd_retry_dup_guard_key (const WdJob *job)
{
  return g_strconcat (job->job_type, "\n", job->wallet_address, NULL);
}

/**
 * wd_retry_compare_newest:
 * @one: a failed job
 * @other: another, or the same
 *
 * Returns: less than 0 where @one goes rather than @other, of two that one is enough of: the newer
 *   one, and of two that were made at once always the same; 0 for the same job
 */
int
wd_retry_compare_newest (const WdJob *one, const WdJob *other)
{
  if (one->created_at != other->created_at)
    return one->created_at > other->created_at ? -1 : 1;
  return strcmp (other->id, one->id);
}
