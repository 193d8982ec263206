/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-events.h"

#include <string.h>

#include "bullmq/wd-bullmq-script.h"

#define PAGE "1000"

static const char *
field_of (const redisReply *fields, const char *name)
{
  for (gsize i = 0; i + 1 < fields->elements; i += 2)
    if (g_strcmp0 (fields->element[i]->str, name) == 0)
      return fields->element[i + 1]->str;
  return NULL;
}

static gboolean
is_entry (const redisReply *entry)
{
  return entry->type == REDIS_REPLY_ARRAY && entry->elements == 2
         && entry->element[0]->type == REDIS_REPLY_STRING
         && entry->element[1]->type == REDIS_REPLY_ARRAY;
}

/* Reads the entries from @last on. */
static redisReply *
read_page (WdRedisConnection *conn, const char *key, const char *last, gint64 deadline,
           GCancellable *cancellable, GError **error)
{
  /* Redis before 6.2 has no exclusive range: the entry of @last comes again. */
  g_autoptr (WdRedisCommand) command =
    wd_redis_command_new ("XRANGE", key, last, "+", "COUNT", PAGE, NULL);
  g_autoptr (redisReply) reply =
    wd_redis_connection_call (conn, command, deadline, cancellable, error);

  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;
  return g_steal_pointer (&reply);
}

/**
 * wd_bullmq_events_completed:
 * @conn: connected
 * @queue: whose events
 * @wanted: (element-type utf8): set of job ids
 * @completed: (element-type utf8): gets those of @wanted that the stream says were completed
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_call()
 *
 * Reads the whole stream, in pages.
 *
 * Returns: (transfer full) (nullable): the id of the last event read, `0-0` when there is none
 */
char *
wd_bullmq_events_completed (WdRedisConnection *conn, const WdBullmqQueue *queue, GHashTable *wanted,
                            GHashTable *completed, gint64 deadline, GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *key = wd_bullmq_key (queue, "events");
  g_autofree char *last = g_strdup ("0-0");

  for (;;)
    {
      g_autoptr (redisReply) page = read_page (conn, key, last, deadline, cancellable, error);
      gsize n_new = 0;

      if (page == NULL)
        return NULL;
      for (gsize i = 0; i < page->elements; i++)
        {
          const redisReply *entry = page->element[i];
          const char *id;

          if (!is_entry (entry) || strcmp (entry->element[0]->str, last) == 0)
            continue;
          n_new++;
          g_free (last);
          last = g_strdup (entry->element[0]->str);
          id = field_of (entry->element[1], "jobId");
          if (id != NULL && g_strcmp0 (field_of (entry->element[1], "event"), "completed") == 0
              && g_hash_table_contains (wanted, id))
            g_hash_table_add (completed, g_strdup (id));
        }
      if (n_new == 0)
        return g_steal_pointer (&last);
    }
}
