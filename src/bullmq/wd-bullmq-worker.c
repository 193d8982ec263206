/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-worker.h"

#include <string.h>

/**
 * wd_bullmq_worker_free:
 * @self: (nullable) (transfer full): a worker
 */
void
wd_bullmq_worker_free (WdBullmqWorker *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

/**
 * wd_bullmq_worker_connection_name:
 * @queue: a queue
 *
 * BullMQ names the connection on which a worker waits for work.
 *
 * Returns: (transfer full): the name, to which a worker that has one of its own adds it
 */
char *
wd_bullmq_worker_connection_name (const WdBullmqQueue *queue)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) queue->name, strlen (queue->name));

  return g_strconcat (queue->prefix, ":", encoded, NULL);
}

/* Returns: (transfer full) (nullable): the worker, when @line is one of the named queue's */
static WdBullmqWorker *
parse_line (const char *line, const char *base)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  const char *name, *command, *number;
  gsize length = strlen (base);
  WdBullmqWorker *self;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      g_hash_table_insert (values, words[i], equals + 1);
    }
  name = g_hash_table_lookup (values, "name");
  if (name == NULL || strncmp (name, base, length) != 0
      || (name[length] != '\0' && !g_str_has_prefix (name + length, WD_BULLMQ_WORKER_NAME)))
    return NULL;
  self = g_new0 (WdBullmqWorker, 1);
  if (name[length] != '\0')
    self->name = g_strdup (name + length + strlen (WD_BULLMQ_WORKER_NAME));
  self->address = g_strdup (g_hash_table_lookup (values, "addr"));
  number = g_hash_table_lookup (values, "age");
  self->age = number ? g_ascii_strtoll (number, NULL, 10) : 0;
  number = g_hash_table_lookup (values, "idle");
  self->idle = number ? g_ascii_strtoll (number, NULL, 10) : 0;
  command = g_hash_table_lookup (values, "cmd");
  self->waits_the_old_way = g_strcmp0 (command, "brpoplpush") == 0;
  return self;
}

/**
 * wd_bullmq_workers_parse:
 * @client_list: what CLIENT LIST answered
 * @length: its bytes
 * @queues: (array length=n_queues): whose workers
 * @n_queues: how many
 *
 * Workers behind libraries that name no connection are not among them, nor those whose own name
 * holds a space.
 *
 * Returns: (transfer full) (element-type WdBullmqWorker): the workers found
 */
GPtrArray *
wd_bullmq_workers_parse (const char *client_list, gsize length, const WdBullmqQueue *queues,
                         gsize n_queues)
{
  g_autofree char *text = g_strndup (client_list, length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bullmq_worker_free);

  for (gsize q = 0; q < n_queues; q++)
    {
      g_autofree char *base = wd_bullmq_worker_connection_name (&queues[q]);

      for (gsize i = 0; lines[i] != NULL; i++)
        {
          WdBullmqWorker *worker = strstr (lines[i], base) ? parse_line (lines[i], base) : NULL;

          if (worker == NULL)
            continue;
          worker->queue = q;
          g_ptr_array_add (workers, worker);
        }
    }
  return workers;
}

/**
 * wd_bullmq_workers_list:
 * @conn: connected
 * @queues: (array length=n_queues): whose workers
 * @n_queues: how many
 * @deadline: for the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_call(); %WD_ERROR_PERMISSION where clients may not be listed
 *
 * Returns: (transfer full) (nullable) (element-type WdBullmqWorker): as wd_bullmq_workers_parse()
 */
GPtrArray *
wd_bullmq_workers_list (WdRedisConnection *conn, const WdBullmqQueue *queues, gsize n_queues,
                        gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("CLIENT", "LIST", NULL);
  g_autoptr (redisReply) reply =
    wd_redis_connection_call (conn, command, deadline, cancellable, error);

  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_STRING, error))
    return NULL;
  return wd_bullmq_workers_parse (reply->str, reply->len, queues, n_queues);
}
