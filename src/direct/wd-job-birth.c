/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a job is the one that a row is about. A queue that was emptied counts its ids from the
 * beginning, and the job that bears an id now may be about another wallet: the two are told apart
 * by when they were made. */

#include "direct/wd-job-birth.h"

#include <string.h>

#include "model/wd-recording.h"

/**
 * wd_job_birth_of:
 * @job_id: what a row calls its job
 * @id: of that job in its queue
 * @created: when the row says that it was made, or %WD_TIME_NONE
 *
 * Rows that bear an automatic id with its queue we have written ourselves, with the time at which
 * their job was made. A site that writes them may do so when the job is begun, long after that.
 * Ids that are no automatic ones are given once.
 *
 * Returns: when the job of the row was made
 */
WdBullmqBirth
wd_job_birth_of (const char *job_id, const char *id, WdTime created)
{
  WdBullmqBirth birth = { 0 };

  if (!wd_bullmq_job_id_is_automatic (id) || !wd_time_is_finite (created))
    return birth;
  birth.until_ms = (created + WD_RECORDING_DOUBT) / 1000;
  if (strcmp (job_id, id) != 0)
    birth.since_ms = MAX ((created - WD_RECORDING_DOUBT) / 1000, 0);
  return birth;
}

/**
 * wd_job_birth_fits:
 * @row: a row
 * @id: of its job in its queue
 * @made_ms: when the job that bears that id now was made, in milliseconds; 0 or less where it does
 *   not say
 *
 * Returns: whether that can be the job of the row
 */
gboolean
wd_job_birth_fits (const WdJob *row, const char *id, gint64 made_ms)
{
  WdBullmqBirth birth = wd_job_birth_of (row->job_id, id, row->created_at);

  return made_ms <= 0
         || (made_ms >= birth.since_ms && (birth.until_ms == 0 || made_ms <= birth.until_ms));
}

/**
 * wd_job_birth_overlaps:
 * @one: a row
 * @other: another
 * @id: of their jobs in one queue
 *
 * Returns: whether both can be about the same job
 */
gboolean
wd_job_birth_overlaps (const WdJob *one, const WdJob *other, const char *id)
{
  WdBullmqBirth first = wd_job_birth_of (one->job_id, id, one->created_at);
  WdBullmqBirth second = wd_job_birth_of (other->job_id, id, other->created_at);

  return (first.until_ms == 0 || first.until_ms >= second.since_ms)
         && (second.until_ms == 0 || second.until_ms >= first.since_ms);
}

/**
 * wd_job_birth_locate:
 * @row: a row
 * @profile: which jobs go through which queues
 * @queue: (out) (transfer full): the name of its queue
 * @id: (out) (transfer full): of its job there
 * @birth: (out): when that was made
 *
 * Returns: whether it can be in a queue
 */
gboolean
wd_job_birth_locate (const WdJob *row, const WdProfile *profile, char **queue, char **id,
                     WdBullmqBirth *birth)
{
  const WdQueueMapping *mapping = wd_profile_get_mapping (profile, row->job_type);

  if (mapping == NULL || !wd_bullmq_job_id_split (row->job_id, mapping->queue, queue, id))
    return FALSE;
  *birth = wd_job_birth_of (row->job_id, *id, row->created_at);
  return TRUE;
}
