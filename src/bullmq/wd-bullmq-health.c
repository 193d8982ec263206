/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-health.h"

#include "base/wd-error.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-script.h"

/* What health.lua answers. */
enum {
  ANSWER_NOW,
  ANSWER_ACTIVE,
  ANSWER_WAITING,
  ANSWER_FAILED,
  ANSWER_OLDEST,
  ANSWER_LAST_FINISHED,
  ANSWER_LAST_STARTED,
  ANSWER_HAS_SIGNS,
  N_ANSWERS,
};

/* And of each job. */
enum {
  JOB_ID,
  JOB_NAME,
  JOB_STARTED,
  JOB_LOCKED,
  JOB_STALLED,
};

static gboolean
is_one (const redisReply *reply, gsize i)
{
  return i < reply->elements && reply->element[i]->type == REDIS_REPLY_INTEGER
         && reply->element[i]->integer == 1;
}

static WdActiveJob *
read_job (const redisReply *reply)
{
  WdActiveJob *self = g_new0 (WdActiveJob, 1);
  const char *name = wd_bullmq_answer_text (reply, JOB_NAME);

  self->id = g_strdup (wd_bullmq_answer_text (reply, JOB_ID));
  self->name = *name != '\0' ? g_strdup (name) : NULL;
  self->started = wd_bullmq_answer_time (reply, JOB_STARTED);
  self->locked = is_one (reply, JOB_LOCKED);
  self->stalled = g_ascii_strtoll (wd_bullmq_answer_text (reply, JOB_STALLED), NULL, 10);
  return self;
}

static void
read_jobs (GPtrArray *jobs, const redisReply *reply)
{
  /* The list has the newest on the left, and the script's slice keeps that order. */
  for (gsize i = reply->type == REDIS_REPLY_ARRAY ? reply->elements : 0; i > 0; i--)
    if (reply->element[i - 1]->type == REDIS_REPLY_ARRAY)
      g_ptr_array_add (jobs, read_job (reply->element[i - 1]));
}

/* Of what is no queue, and of a Redis that runs no scripts, nothing is known. */
static WdQueueActivity *
read_activity (const redisReply *reply)
{
  WdQueueActivity *self;

  if (reply->type != REDIS_REPLY_ARRAY || reply->elements < N_ANSWERS)
    return NULL;
  self = wd_queue_activity_create (wd_bullmq_answer_time (reply, ANSWER_NOW));
  read_jobs (self->active, reply->element[ANSWER_ACTIVE]);
  read_jobs (self->stalled_waiting, reply->element[ANSWER_WAITING]);
  read_jobs (self->stalled_failed, reply->element[ANSWER_FAILED]);
  self->oldest_ready = wd_bullmq_answer_time (reply, ANSWER_OLDEST);
  self->last_finished = wd_bullmq_answer_time (reply, ANSWER_LAST_FINISHED);
  self->last_started = wd_bullmq_answer_time (reply, ANSWER_LAST_STARTED);
  self->has_signs = is_one (reply, ANSWER_HAS_SIGNS);
  return self;
}

static void
unref_activity (gpointer activity)
{
  wd_queue_activity_unref (activity);
}

/**
 * wd_bullmq_health:
 * @conn: a connection
 * @queues: (array length=n_queues): which
 * @n_queues: how many
 * @deadline: for connecting and the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_pipeline()
 *
 * What tells whether jobs get anywhere, in one round trip; of each queue some thousand jobs are
 * looked at, not more. In a worker thread.
 *
 * Returns: (transfer full) (element-type WdQueueActivity): in the order of @queues; %NULL for one
 *   that cannot be looked into
 */
GPtrArray *
wd_bullmq_health (WdRedisConnection *conn, const WdBullmqQueue *queues, gsize n_queues,
                  gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) commands =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (GPtrArray) replies = NULL;
  GPtrArray *all;

  g_return_val_if_fail (conn != NULL, NULL);

  for (gsize i = 0; i < n_queues; i++)
    {
      if (!wd_bullmq_queue_check (&queues[i], error))
        return NULL;
      g_ptr_array_add (commands, wd_bullmq_script_command (WD_BULLMQ_SCRIPT_HEALTH, &queues[i]));
    }
  if (!wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  replies = wd_redis_connection_pipeline (conn, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, deadline, cancellable, error);
  if (replies == NULL)
    return NULL;
  all = g_ptr_array_new_with_free_func (unref_activity);
  for (gsize i = 0; i < n_queues; i++)
    g_ptr_array_add (all, read_activity (replies->pdata[i]));
  return all;
}
