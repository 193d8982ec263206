/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The states of very many jobs at once: without the lists, which would be looked through once for
 * each job. A slice takes Redis less than a millisecond; as many travel together as make the way to
 * a server far off matter little, and between them it serves others, since it reads no more than
 * one or two at a time. */

#include "bullmq/wd-bullmq-glance.h"

#include <string.h>

#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-job.h"
#include "bullmq/wd-bullmq-script.h"

#define SLICE 200
#define GROUP 10

static const char *const words[] = { "completed", "failed", "delayed", "prioritized",
                                     "waiting-children" };

/* A completed one says when. */
static const char *
read_state (const char *answer, gint64 *completed_ms)
{
  *completed_ms = 0;
  if (strcmp (answer, "missing") == 0)
    return NULL;
  if (g_str_has_prefix (answer, "completed "))
    {
      *completed_ms = g_ascii_strtoll (answer + strlen ("completed "), NULL, 10);
      return words[0];
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (answer, words[i]) == 0)
      return words[i];
  return "unknown";
}

static WdRedisCommand *
make_command (const WdBullmqQueue *queue, const char *const *ids, const WdBullmqBirth *births,
              gsize n)
{
  WdRedisCommand *command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_GLANCE, queue);

  for (gsize i = 0; i < n; i++)
    wd_bullmq_job_add_to (command, ids[i], &births[i]);
  return command;
}

/* One round trip. */
static gboolean
read_group (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *const *ids,
            const WdBullmqBirth *births, gsize n, GArray *completed, gint64 deadline,
            GCancellable *cancellable, GPtrArray *states, GError **error)
{
  g_autoptr (GPtrArray) commands
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (GPtrArray) replies = NULL;

  for (gsize at = 0; at < n; at += SLICE)
    g_ptr_array_add (commands, make_command (queue, ids + at, births + at, MIN (SLICE, n - at)));
  replies = wd_redis_connection_pipeline (conn, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, deadline, cancellable, error);
  if (replies == NULL)
    return FALSE;
  for (gsize at = 0; at < n; at++)
    {
      redisReply *reply = replies->pdata[at / SLICE];
      gint64 completed_ms;

      if (at % SLICE == 0 && !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
        return FALSE;
      g_ptr_array_add (states, (gpointer) read_state (wd_bullmq_answer_text (reply, at % SLICE),
                                                      &completed_ms));
      if (completed != NULL)
        g_array_append_val (completed, completed_ms);
    }
  return TRUE;
}

/**
 * wd_bullmq_glance:
 * @conn: a connection
 * @queue: where they are
 * @ids: (array length=n_ids): of jobs
 * @births: (array length=n_ids): when they were made
 * @n_ids: how many
 * @completed: (nullable) (element-type gint64): gets beside each when it was completed, in
 *   milliseconds; 0 where it was not
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_pipeline()
 *
 * Reads only. Worker.
 *
 * Returns: (transfer container) (nullable) (element-type utf8): the state of each in order, %NULL
 *   for a job that BullMQ has no record of or that is not meant, `unknown` for one that is waiting,
 *   active or nowhere
 */
GPtrArray *
wd_bullmq_glance (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *const *ids,
                  const WdBullmqBirth *births, gsize n_ids, GArray *completed, gint64 deadline,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new ();

  g_return_val_if_fail (conn != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  for (gsize at = 0; at < n_ids; at += SLICE * GROUP)
    if (!read_group (conn, queue, ids + at, births + at, MIN (SLICE * GROUP, n_ids - at), completed,
                     deadline, cancellable, states, error))
      return NULL;
  return g_steal_pointer (&states);
}
