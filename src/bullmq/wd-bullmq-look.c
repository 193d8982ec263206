/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-look.h"

#include <string.h>

#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-script.h"

/* Jobs of one call, and how many ids of lists it may look at: about a millisecond. */
#define SLICE 100
#define MOST_LOOKS 100000

static const struct {
  const char *name;
  WdQueuePlaces place;
} names[] = {
  { "wait", WD_PLACE_WAIT },
  { "paused", WD_PLACE_PAUSED },
  { "active", WD_PLACE_ACTIVE },
  { "prioritized", WD_PLACE_PRIORITIZED },
  { "delayed", WD_PLACE_DELAYED },
  { "children", WD_PLACE_CHILDREN },
  { "failed", WD_PLACE_FAILED },
  { "completed", WD_PLACE_COMPLETED },
};

/**
 * wd_bullmq_facts_read:
 * @reply: what places.lua says of a job's record
 * @now_ms: the server's clock, in milliseconds since 1970
 * @facts: gets it
 *
 * Returns: whether there is such a record
 */
gboolean
wd_bullmq_facts_read (const redisReply *reply, gint64 now_ms, WdQueueFacts *facts)
{
  gint64 numbers[4] = { 0 };
  char *at;

  facts->made_ms = facts->age_ms = -1;
  if (reply->type != REDIS_REPLY_STRING || reply->len == 0)
    return FALSE;
  at = reply->str;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      numbers[i] = g_ascii_strtoll (at, &at, 10);
      /* A number with a fraction, as version 4 wrote some. */
      at += strcspn (at, " ");
    }
  facts->exists = TRUE;
  if (numbers[0] > 0)
    facts->made_ms = numbers[0];
  if (MAX (numbers[0], numbers[1]) > 0)
    facts->age_ms = now_ms - MAX (numbers[0], numbers[1]);
  facts->attempts_made = (int) CLAMP (numbers[2], 0, G_MAXINT);
  facts->attempts_started = (int) CLAMP (numbers[3], 0, G_MAXINT);
  return TRUE;
}

static void
read_places (const char *text, WdQueueFacts *facts)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (char **word = words; *word != NULL; word++)
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      if (strcmp (*word, names[i].name) == 0)
        {
          facts->twice = facts->twice || (facts->places & names[i].place) != 0;
          facts->places |= names[i].place;
        }
}

/* Looks at some of @ids, at least one; returns how many, or 0. */
static gsize
look_once (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *const *ids, gsize n,
           gboolean with_lists, gint64 deadline, GCancellable *cancellable, GArray *found,
           GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_LOOK, queue);
  g_autoptr (redisReply) reply = NULL;
  gint64 now;

  if (with_lists)
    wd_redis_command_add_int (command, MOST_LOOKS);
  else
    wd_redis_command_add_text (command, "");
  for (gsize i = 0; i < n; i++)
    wd_redis_command_add_text (command, ids[i]);
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return 0;
  now = g_ascii_strtoll (wd_bullmq_answer_text (reply, 0), NULL, 10);
  for (gsize at = 1; at + 2 < reply->elements; at += 3)
    {
      WdQueueFacts facts = { 0 };

      wd_bullmq_facts_read (reply->element[at + 1], now, &facts);
      read_places (wd_bullmq_answer_text (reply, at), &facts);
      facts.locked = *wd_bullmq_answer_text (reply, at + 2) != '\0';
      g_array_append_val (found, facts);
    }
  return MIN (n, reply->elements / 3);
}

/**
 * wd_bullmq_look:
 * @conn: a connection
 * @queue: where the jobs may be
 * @ids: (array length=n_ids): of jobs
 * @n_ids: how many
 * @with_lists: also look through the waiting lists and the active one, which takes the longer the
 *   longer they are; else those places are not known
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * In calls of about a millisecond each. Worker.
 *
 * Returns: (transfer full) (nullable) (element-type WdQueueFacts): one for each id in order
 */
GArray *
wd_bullmq_look (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *const *ids,
                gsize n_ids, gboolean with_lists, gint64 deadline, GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GArray) found = g_array_sized_new (FALSE, TRUE, sizeof (WdQueueFacts), n_ids);

  g_return_val_if_fail (conn != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  for (gsize at = 0; at < n_ids;)
    {
      gsize n = look_once (conn, queue, ids + at, MIN (SLICE, n_ids - at), with_lists, deadline,
                           cancellable, found, error);

      if (n == 0)
        return NULL;
      at += n;
    }
  return g_steal_pointer (&found);
}
