/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One pipeline for all queues: plain commands count, a script that only reads says what they cannot
 * (active jobs whose lock is gone, whether the layout is one we may write to). Where an ACL forbids
 * one of them the others still tell what they can. */

#include "bullmq/wd-bullmq-counts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-layout.h"
#include "bullmq/wd-bullmq-limits.h"
#include "bullmq/wd-bullmq-script.h"
#include "bullmq/wd-bullmq-worker.h"

typedef struct {
  const char *command;
  const char *suffix;
} Count;

enum {
  COUNT_WAIT,
  COUNT_PAUSED,
  COUNT_ACTIVE,
  COUNT_PRIORITIZED,
  COUNT_DELAYED,
  COUNT_COMPLETED,
  COUNT_FAILED,
  COUNT_CHILDREN,
  N_COUNTS,
  EVER_COMPLETED = N_COUNTS,
  EVER_FAILED,
  META,
  INSPECT,
  N_COMMANDS,
};

static const Count counts[N_COUNTS] = {
  [COUNT_WAIT] = { "LLEN", "wait" },
  [COUNT_PAUSED] = { "LLEN", "paused" },
  [COUNT_ACTIVE] = { "LLEN", "active" },
  [COUNT_PRIORITIZED] = { "ZCARD", "prioritized" },
  [COUNT_DELAYED] = { "ZCARD", "delayed" },
  [COUNT_COMPLETED] = { "ZCARD", "completed" },
  [COUNT_FAILED] = { "ZCARD", "failed" },
  [COUNT_CHILDREN] = { "ZCARD", "waiting-children" },
};

static void
add_commands (GPtrArray *commands, const WdBullmqQueue *queue)
{
  static const char *const kept[] = { "metrics:completed", "metrics:failed" };
  g_autofree char *meta = wd_bullmq_key (queue, "meta");

  for (gsize i = 0; i < N_COUNTS; i++)
    {
      g_autofree char *key = wd_bullmq_key (queue, counts[i].suffix);

      g_ptr_array_add (commands, wd_redis_command_new (counts[i].command, key, NULL));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *key = wd_bullmq_key (queue, kept[i]);

      g_ptr_array_add (commands, wd_redis_command_new ("HGET", key, "count", NULL));
    }
  g_ptr_array_add (commands, wd_redis_command_new ("HMGET", meta, "version", "paused",
                                                   "concurrency", "max", "duration", NULL));
  g_ptr_array_add (commands, wd_bullmq_script_command (WD_BULLMQ_SCRIPT_INSPECT, queue));
}

static gint64
integer_of (const redisReply *reply)
{
  return reply->type == REDIS_REPLY_INTEGER ? reply->integer : 0;
}

/* What workers count who were told to, and nobody else. */
static gint64
kept_count (const redisReply *reply)
{
  gint64 count;

  return reply->type == REDIS_REPLY_STRING
             && g_ascii_string_to_signed (reply->str, 10, 0, G_MAXINT64, &count, NULL)
           ? count : -1;
}

static const char *
text_of (const redisReply *reply, gsize i)
{
  const redisReply *element =
    reply->type == REDIS_REPLY_ARRAY && i < reply->elements ? reply->element[i] : NULL;

  return element != NULL && element->type == REDIS_REPLY_STRING ? element->str : NULL;
}

static char *
list_warning (const WdQueueCounts *self, gint64 in_wait, gint64 in_paused)
{
  if (self->paused && in_wait > 0 && in_paused > 0)
    return g_strdup (_("Both waiting lists hold jobs, as BullMQ 5 and 6 leave them when they share "
                       "a queue: resume it here, for resuming it with BullMQ 5 loses jobs"));
  if (!self->paused && in_paused > 0)
    return g_strdup (_("Jobs stand in the list of a paused queue, but it is not paused: nobody "
                       "takes them; resume the queue here"));
  return NULL;
}

/* A key of Redis may last longer than time has numbers. */
#define LIMITED_MOST_MS G_GINT64_CONSTANT (1000000000000)

/* As the scripts of BullMQ read a number. */
static gint64
limit_of (const redisReply *meta, gsize i)
{
  const char *text = text_of (meta, i);
  char *end = NULL;
  double number = text != NULL ? g_ascii_strtod (text, &end) : 0;

  if (text == NULL)
    return 0;
  return end != text && *end == '\0' && number >= 1 && number < 1e15 ? (gint64) number
                                                                   : WD_QUEUE_LIMIT_BROKEN;
}

static gint64
number_in (const redisReply *reply, gsize i)
{
  return reply->type == REDIS_REPLY_ARRAY && i < reply->elements ? integer_of (reply->element[i])
                                                                 : 0;
}

static void
read_limits (WdQueueCounts *self, const redisReply *meta, const redisReply *inspect)
{
  gint64 limited_ms = number_in (inspect, 5);

  self->limits = (WdQueueLimits) { limit_of (meta, 2), limit_of (meta, 3), limit_of (meta, 4) };
  self->limited_until = limited_ms > 0
                          ? wd_time_now () + MIN (limited_ms, LIMITED_MOST_MS) * 1000
                          : WD_TIME_NONE;
  self->rate_doubt = wd_bullmq_limits_doubt (self->version, &self->ignores_rate);
  self->schedulers = inspect->type == REDIS_REPLY_ARRAY && inspect->elements > 4
                       ? integer_of (inspect->element[4]) : -1;
}

static WdQueueCounts *
read_counts (const WdBullmqQueue *queue, gpointer *replies)
{
  WdQueueCounts *self = wd_queue_counts_new ();
  const redisReply *inspect = replies[INSPECT];
  gint64 in_wait = integer_of (replies[COUNT_WAIT]);
  gint64 in_paused = integer_of (replies[COUNT_PAUSED]);
  const char *word = text_of (inspect, 0);

  self->queue = g_strdup (queue->name);
  self->waiting = in_wait + in_paused;
  self->active = integer_of (replies[COUNT_ACTIVE]);
  self->prioritized = integer_of (replies[COUNT_PRIORITIZED]);
  self->delayed = integer_of (replies[COUNT_DELAYED]);
  self->completed = integer_of (replies[COUNT_COMPLETED]);
  self->failed = integer_of (replies[COUNT_FAILED]);
  self->waiting_children = integer_of (replies[COUNT_CHILDREN]);
  self->ever_completed = kept_count (replies[EVER_COMPLETED]);
  self->ever_failed = kept_count (replies[EVER_FAILED]);
  self->version = g_strdup (text_of (replies[META], 0));
  self->paused = text_of (replies[META], 1) != NULL;
  self->workers = -1;
  self->lost_locks = word != NULL && inspect->elements > 2 ? integer_of (inspect->element[2]) : -1;
  self->has_signs = number_in (inspect, 6) > 0;
  self->overdue = number_in (inspect, 7);
  self->oldest_waiting = word != NULL ? wd_bullmq_answer_time (inspect, 3) : WD_TIME_NONE;
  if (word == NULL)
    self->layout = g_strdup (_("Whether the queue can be written to is not known: Redis does not "
                               "let us run scripts"));
  else if (*word != '\0')
    self->layout = wd_bullmq_layout_message (word, text_of (inspect, 1));
  read_limits (self, replies[META], inspect);
  self->warning = list_warning (self, in_wait, in_paused);
  if (self->warning == NULL)
    self->warning = wd_queue_limits_describe_oddity (&self->limits);
  return self;
}

/* Ages are whole seconds by the server's clock, and so is the order. */
static void
add_worker (GPtrArray *connected, const WdBullmqWorker *worker)
{
  WdQueueWorker *self = g_new0 (WdQueueWorker, 1);
  guint place = 0;

  self->name = g_strdup (worker->name);
  self->address = g_strdup (worker->address);
  self->since = wd_time_now () - worker->age * G_USEC_PER_SEC;
  while (place < connected->len
         && ((WdQueueWorker *) connected->pdata[place])->since <= self->since)
    place++;
  g_ptr_array_insert (connected, (int) place, self);
}

static void
count_workers (GPtrArray *all, const WdBullmqQueue *queues, gsize n_queues, const redisReply *reply)
{
  g_autoptr (GPtrArray) workers = NULL;

  if (reply->type != REDIS_REPLY_STRING)
    return;
  for (gsize i = 0; i < n_queues; i++)
    {
      WdQueueCounts *self = g_ptr_array_index (all, i);

      self->workers = 0;
      self->connected = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_worker_free);
    }
  workers = wd_bullmq_workers_parse (reply->str, reply->len, queues, n_queues);
  for (guint i = 0; i < workers->len; i++)
    {
      const WdBullmqWorker *worker = g_ptr_array_index (workers, i);
      WdQueueCounts *self = g_ptr_array_index (all, worker->queue);

      self->workers++;
      add_worker (self->connected, worker);
      if (worker->waits_the_old_way && self->warning == NULL)
        self->warning = g_strdup (_("A worker of BullMQ 3 or 4 is connected: it ignores that a "
                                    "queue is paused, and starts urgent and delayed jobs late"));
    }
  /* Workers of other languages, or named with a space, are not among those that can be counted. */
  for (guint i = 0; i < all->len; i++)
    {
      WdQueueCounts *self = g_ptr_array_index (all, i);

      if (self->workers == 0 && self->has_signs)
        self->workers = -1;
    }
}

/**
 * wd_bullmq_counts:
 * @conn: a connection
 * @queues: (array length=n_queues): which
 * @n_queues: how many
 * @deadline: for connecting and the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_pipeline(), and what Redis says
 *   when it refuses to count
 *
 * What the queues hold, whether they may be written to and how many workers are connected, in one
 * round trip. In a worker thread.
 *
 * Returns: (transfer full) (nullable) (element-type WdQueueCounts): in the order of @queues
 */
GPtrArray *
wd_bullmq_counts (WdRedisConnection *conn, const WdBullmqQueue *queues, gsize n_queues,
                  gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) commands =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (GPtrArray) all =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_counts_unref);
  g_autoptr (GPtrArray) replies = NULL;

  g_return_val_if_fail (conn != NULL, NULL);

  for (gsize i = 0; i < n_queues; i++)
    {
      if (!wd_bullmq_queue_check (&queues[i], error))
        return NULL;
      add_commands (commands, &queues[i]);
    }
  g_ptr_array_add (commands, wd_redis_command_new ("CLIENT", "LIST", NULL));
  if (!wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  replies = wd_redis_connection_pipeline (conn, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, deadline, cancellable, error);
  if (replies == NULL)
    return NULL;
  for (gsize i = 0; i < n_queues; i++)
    {
      gpointer *first = replies->pdata + i * N_COMMANDS;
      g_autoptr (GError) local = NULL;

      /* A wrong type is the queue's fault and said as its layout; all else is the server's. */
      if (!wd_redis_reply_to_error (first[COUNT_WAIT], &local) && local->code != WD_ERROR_LAYOUT)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_ptr_array_add (all, read_counts (&queues[i], first));
    }
  count_workers (all, queues, n_queues, g_ptr_array_index (replies, replies->len - 1));
  return g_steal_pointer (&all);
}
