/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-discover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "bullmq/wd-bullmq-script.h"

/* SCAN looks at this many keys a call, well under a millisecond. */
#define LOOKS "1000"

static void
append_escaped (GString *pattern, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr ("*?[]\\", *p) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
}

/* @key: `<prefix>:<queue>:meta`; the prefix may hold colons, the queue's name cannot. */
static WdBullmqQueue *
queue_of (const char *key, const char *prefix)
{
  g_autofree char *base = g_strndup (key, strlen (key) - strlen (":meta"));
  char *colon = strrchr (base, ':');

  if (colon == NULL || strstr (key, "::relay:") != NULL)
    return NULL;
  *colon = '\0';
  if (prefix != NULL && strcmp (base, prefix) != 0)
    return NULL;
  return wd_bullmq_queue_new (base, colon + 1, NULL);
}

/* Keys of others may end in `:meta` too: BullMQ's have one of these fields. */
static gboolean
keep_confirmed (WdRedisConnection *conn, GPtrArray *keys, const char *prefix, gint64 deadline,
                GCancellable *cancellable, GHashTable *seen, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) commands =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (GPtrArray) replies = NULL;

  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (commands, wd_redis_command_new ("HMGET", g_ptr_array_index (keys, i),
                                                     "opts.maxLenEvents", "version", NULL));
  replies = wd_redis_connection_pipeline (conn, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, deadline, cancellable, error);
  if (replies == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      const redisReply *reply = g_ptr_array_index (replies, i);
      const char *key = g_ptr_array_index (keys, i);
      WdBullmqQueue *queue;

      if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2
          || (reply->element[0]->type == REDIS_REPLY_NIL
              && reply->element[1]->type == REDIS_REPLY_NIL))
        continue;
      queue = queue_of (key, prefix);
      if (queue != NULL && g_hash_table_add (seen, g_strdup (key)))
        g_ptr_array_add (found, queue);
      else
        wd_bullmq_queue_free (queue);
    }
  return TRUE;
}

static int
compare_queues (gconstpointer a, gconstpointer b)
{
  const WdBullmqQueue *left = *(const WdBullmqQueue *const *) a;
  const WdBullmqQueue *right = *(const WdBullmqQueue *const *) b;
  int order = strcmp (left->prefix, right->prefix);

  return order != 0 ? order : strcmp (left->name, right->name);
}

static redisReply *
scan (WdRedisConnection *conn, const char *cursor, const char *pattern, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisCommand) command =
    wd_redis_command_new ("SCAN", cursor, "MATCH", pattern, "COUNT", LOOKS, NULL);
  g_autoptr (redisReply) reply =
    wd_redis_connection_call (conn, command, deadline, cancellable, error);

  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;
  if (reply->elements == 2 && reply->element[0]->type == REDIS_REPLY_STRING
      && reply->element[1]->type == REDIS_REPLY_ARRAY)
    return g_steal_pointer (&reply);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL,
                       _("Redis gave no list of keys when asked for one"));
  return NULL;
}

/**
 * wd_bullmq_discover:
 * @conn: a connection
 * @prefix: (nullable): of the queues; %NULL for all prefixes
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * BullMQ keeps no list of its queues: all keys are looked at, in short calls.
 *
 * Returns: (transfer full) (nullable) (element-type WdBullmqQueue): queues, sorted
 */
GPtrArray *
wd_bullmq_discover (WdRedisConnection *conn, const char *prefix, gint64 deadline,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bullmq_queue_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) pattern = g_string_new (NULL);
  g_autofree char *cursor = g_strdup ("0");

  g_return_val_if_fail (conn != NULL, NULL);

  if (prefix != NULL)
    append_escaped (pattern, prefix);
  g_string_append (pattern, prefix ? ":*:meta" : "*:meta");
  if (!wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  do
    {
      g_autoptr (redisReply) reply =
        scan (conn, cursor, pattern->str, deadline, cancellable, error);
      g_autoptr (GPtrArray) keys = g_ptr_array_new ();

      if (reply == NULL)
        return NULL;
      for (gsize i = 0; i < reply->element[1]->elements; i++)
        g_ptr_array_add (keys, reply->element[1]->element[i]->str);
      g_free (cursor);
      cursor = g_strdup (reply->element[0]->str);
      if (keys->len > 0 && !keep_confirmed (conn, keys, prefix, deadline, cancellable, seen, found,
                                            error))
        return NULL;
    }
  while (strcmp (cursor, "0") != 0);
  g_ptr_array_sort (found, compare_queues);
  return g_steal_pointer (&found);
}
