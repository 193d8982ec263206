/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-job.h"

#include <string.h>

#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-record.h"
#include "bullmq/wd-bullmq-script.h"

#define TEXT_MAX (256 * 1024)
#define LOG_LINES 1000
#define STATES_SLICE 500

/**
 * wd_bullmq_job:
 * @conn: a connection
 * @queue: where it is
 * @id: of the job
 * @deadline: for connecting and the answer
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NOT_FOUND, and as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * The job as BullMQ holds it at this moment, in one round trip. Texts are cut at 256 KiB, log lines
 * at 4 KiB; the stack traces are in the order they are stored in, oldest first. In a worker thread.
 *
 * Returns: (transfer full) (nullable): the job
 */
WdQueueJob *
wd_bullmq_job (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *id,
               gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdQueueJob) self = NULL;
  g_autoptr (WdRedisCommand) command = NULL;
  g_autoptr (redisReply) reply = NULL;

  g_return_val_if_fail (conn != NULL && id != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_JOB, queue);
  wd_redis_command_add_text (command, id);
  wd_redis_command_add_int (command, TEXT_MAX);
  wd_redis_command_add_int (command, LOG_LINES);
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;

  self = wd_bullmq_record_read (queue, id, reply);
  if (self->state != NULL && strcmp (self->state, "missing") != 0)
    return g_steal_pointer (&self);
  wd_bullmq_record_set_missing (error, queue, id);
  return NULL;
}

/**
 * wd_bullmq_job_add_to:
 * @command: a call of a script that tells jobs apart by when they were made
 * @id: of a job
 * @birth: (nullable): when it was made; %NULL for any time
 */
void
wd_bullmq_job_add_to (WdRedisCommand *command, const char *id, const WdBullmqBirth *birth)
{
  wd_redis_command_add_text (command, id);
  wd_redis_command_add_int (command, birth != NULL ? birth->since_ms : 0);
  wd_redis_command_add_int (command, birth != NULL ? birth->until_ms : 0);
}

static gboolean
read_states (WdRedisConnection *conn, const WdBullmqQueue *queue, const char * const *ids,
             const WdBullmqBirth *births, gsize n, gint64 deadline, GCancellable *cancellable,
             GPtrArray *states, GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_STATES, queue);
  g_autoptr (redisReply) reply = NULL;

  for (gsize i = 0; i < n; i++)
    wd_bullmq_job_add_to (command, ids[i], births != NULL ? &births[i] : NULL);
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      const char *state = wd_bullmq_answer_text (reply, i);

      g_ptr_array_add (states, strcmp (state, "missing") != 0 ? g_strdup (state) : NULL);
    }
  return TRUE;
}

/**
 * wd_bullmq_states:
 * @conn: a connection
 * @queue: where they are
 * @ids: (array length=n_ids): of jobs
 * @births: (nullable) (array length=n_ids): when they were made; %NULL where that is all the same
 * @n_ids: how many
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the state of each in order, %NULL for a
 *   job that BullMQ does not hold or that is not meant, `orphan` for a record that is in no list
 *   and no worker will find, `unknown` for one that is in none but may run, or where the lists are
 *   too long to look through
 */
GPtrArray *
wd_bullmq_states (WdRedisConnection *conn, const WdBullmqQueue *queue, const char * const *ids,
                  const WdBullmqBirth *births, gsize n_ids, gint64 deadline,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (conn != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  for (gsize at = 0; at < n_ids; at += STATES_SLICE)
    if (!read_states (conn, queue, ids + at, births != NULL ? births + at : NULL,
                      MIN (STATES_SLICE, n_ids - at), deadline, cancellable, states, error))
      return NULL;
  return g_steal_pointer (&states);
}
