/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-events.h"

#include <string.h>

#include "bullmq/wd-bullmq-script.h"

#define PAGE 1000

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
    wd_redis_command_new ("XRANGE", key, last, "+", "COUNT", G_STRINGIFY (PAGE), NULL);
  g_autoptr (redisReply) reply =
    wd_redis_connection_call (conn, command, deadline, cancellable, error);

  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;
  return g_steal_pointer (&reply);
}

/* Called for each event that is about a job. @entry: the time of the event, and its fields. */
typedef void (*EventFunc) (const redisReply *entry, const char *event, const char *id,
                           gpointer data);

static const redisReply *
fields_of (const redisReply *entry)
{
  return entry->element[1];
}

/* By the clock of Redis. */
static gint64
time_of (const redisReply *entry)
{
  return g_ascii_strtoll (entry->element[0]->str, NULL, 10);
}

/* Reads the whole stream, in pages: to where it ended a moment ago, as it may never stand still.
 * Returns the id of the last event. */
static char *
read_all (WdRedisConnection *conn, const WdBullmqQueue *queue, EventFunc func, gpointer data,
          gint64 deadline, GCancellable *cancellable, GError **error)
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
          const char *id, *event;

          if (!is_entry (entry) || strcmp (entry->element[0]->str, last) == 0)
            continue;
          n_new++;
          g_free (last);
          last = g_strdup (entry->element[0]->str);
          id = field_of (fields_of (entry), "jobId");
          event = field_of (fields_of (entry), "event");
          if (id != NULL && event != NULL)
            func (entry, event, id, data);
        }
      if (n_new == 0 || page->elements < PAGE)
        return g_steal_pointer (&last);
    }
}

typedef struct {
  GHashTable *wanted;     /* (unowned) */
  GHashTable *found;      /* (unowned) */
  GHashTable *added;      /* (owned) (nullable) (element-type utf8 gint64): when, in milliseconds */
} Search;

/* Whether what completed under that id is of the past: the job of that id is a new one, or the same
 * that was put back. One that is added while there is one of its id says so by another event. */
static gboolean
begins_anew (const redisReply *entry, const char *event)
{
  return strcmp (event, "added") == 0
         || (strcmp (event, "waiting") == 0
             && g_strcmp0 (field_of (fields_of (entry), "prev"), "completed") == 0);
}

static void
note_completed (const redisReply *entry, const char *event, const char *id, gpointer data)
{
  Search *search = data;

  if (!g_hash_table_contains (search->wanted, id))
    return;
  if (strcmp (event, "completed") == 0)
    {
      const gint64 *added = g_hash_table_lookup (search->added, id);
      WdBullmqCompletion end = { added != NULL ? *added : 0, time_of (entry) };

      g_hash_table_replace (search->found, g_strdup (id), g_memdup2 (&end, sizeof end));
    }
  else if (begins_anew (entry, event))
    g_hash_table_remove (search->found, id);
  if (strcmp (event, "added") == 0)
    {
      gint64 now = time_of (entry);

      g_hash_table_replace (search->added, g_strdup (id), g_memdup2 (&now, sizeof now));
    }
}

/**
 * wd_bullmq_events_completed:
 * @conn: connected
 * @queue: whose events
 * @wanted: (element-type utf8): set of job ids
 * @completed: (element-type utf8 WdBullmqCompletion): frees what it holds; gets those of @wanted
 *   that the stream says were completed, and did not enter their queue again after that
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
  g_autoptr (GHashTable) added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Search search = { wanted, completed, added };

  return read_all (conn, queue, note_completed, &search, deadline, cancellable, error);
}

/**
 * wd_bullmq_completions_new:
 *
 * Returns: (transfer full) (element-type utf8 WdBullmqCompletion): none, by job id
 */
GHashTable *
wd_bullmq_completions_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * wd_bullmq_events_completions:
 * @conn: a connection
 * @queue: whose events
 * @wanted: (element-type utf8): set of job ids
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * As wd_bullmq_events_completed(). Worker.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 WdBullmqCompletion): those completed
 */
GHashTable *
wd_bullmq_events_completions (WdRedisConnection *conn, const WdBullmqQueue *queue,
                              GHashTable *wanted, gint64 deadline, GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GHashTable) completed = wd_bullmq_completions_new ();
  g_autofree char *last = NULL;

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  last = wd_bullmq_events_completed (conn, queue, wanted, completed, deadline, cancellable, error);
  return last != NULL ? g_steal_pointer (&completed) : NULL;
}

/* A job enters its queue as a new one, or again after it had ended; what BullMQ moves by itself
 * between attempts is no entering. */
static gboolean
enters (const redisReply *entry, const char *event)
{
  return begins_anew (entry, event)
         || (strcmp (event, "waiting") == 0
             && g_strcmp0 (field_of (fields_of (entry), "prev"), "failed") == 0);
}

static void
note_ran (const redisReply *entry, const char *event, const char *id, gpointer data)
{
  static const char *const runs[] = { "active", "failed", "stalled", "progress",
                                      "waiting-children", NULL };
  Search *search = data;
  WdQueueRan ran;

  if (!g_hash_table_contains (search->wanted, id))
    return;
  ran = GPOINTER_TO_INT (g_hash_table_lookup (search->found, id));
  if (strcmp (event, "completed") == 0)
    ran = WD_QUEUE_RAN_TO_ITS_END;
  else if (begins_anew (entry, event)
           || (ran != WD_QUEUE_RAN_TO_ITS_END && enters (entry, event)))
    ran = WD_QUEUE_RAN_NOT;
  else if (ran == WD_QUEUE_RAN_NOT && g_strv_contains (runs, event))
    ran = WD_QUEUE_RAN_PERHAPS;
  g_hash_table_insert (search->found, g_strdup (id), GINT_TO_POINTER (ran));
}

/**
 * wd_bullmq_events_ran:
 * @conn: a connection
 * @queue: whose events
 * @wanted: (element-type utf8): set of job ids
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * Reads the whole stream, in pages. It is cut at its old end only: where it still says that a job
 * entered its queue, all that happened to the job since is there too. Worker.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 WdQueueRan): what the stream says of them;
 *   one it does not name is not in it, and that is %WD_QUEUE_RAN_PERHAPS
 */
GHashTable *
wd_bullmq_events_ran (WdRedisConnection *conn, const WdBullmqQueue *queue, GHashTable *wanted,
                      gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { wanted, found, NULL };
  g_autofree char *last = NULL;

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  last = read_all (conn, queue, note_ran, &search, deadline, cancellable, error);
  return last != NULL ? g_steal_pointer (&found) : NULL;
}
