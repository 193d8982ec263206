/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows need of the records of many jobs: their data above all, which no event tells. */

#include "bullmq/wd-bullmq-recall.h"

#include <string.h>

#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-record.h"
#include "bullmq/wd-bullmq-script.h"

#define DATA_MAX (256 * 1024)
#define TEXT_MAX 8192

/* As recall.lua tells them. */
enum {
  ANSWER_NAME,
  ANSWER_DATA,
  ANSWER_OPTS,
  ANSWER_REASON,
  ANSWER_TIMESTAMP,
  ANSWER_PROCESSED_ON,
  ANSWER_FINISHED_ON,
  ANSWER_MADE,
  ANSWER_MADE_OLD,
  ANSWER_SCHEDULER,
  ANSWER_RETURNED,
  ANSWER_LARGE,
  ANSWER_PLACE,
  N_ANSWERS,
};

static char *
dup_text (const redisReply *reply, gsize i)
{
  const redisReply *element = reply->element[i];

  return element->type == REDIS_REPLY_STRING
           ? g_utf8_make_valid (element->str, (gssize) strnlen (element->str, element->len)) : NULL;
}

static gint64
number_of (const redisReply *reply, gsize i)
{
  const redisReply *element = reply->element[i];

  if (element->type == REDIS_REPLY_INTEGER)
    return element->integer;
  return element->type == REDIS_REPLY_STRING ? g_ascii_strtoll (element->str, NULL, 10) : 0;
}

static WdTime
time_of (const redisReply *reply, gsize i)
{
  return wd_time_from_ms (number_of (reply, i));
}

static WdQueuePlaces
place_of (const char *name)
{
  static const struct {
    const char *name;
    WdQueuePlaces place;
  } names[] = {
    { "failed", WD_PLACE_FAILED }, { "completed", WD_PLACE_COMPLETED },
    { "delayed", WD_PLACE_DELAYED }, { "prioritized", WD_PLACE_PRIORITIZED },
    { "children", WD_PLACE_CHILDREN }, { "active", WD_PLACE_ACTIVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i].name) == 0)
      return names[i].place;
  return 0;
}

/* Returns: bytes of its data */
static gsize
read_known (const redisReply *reply, WdQueueKnown *known)
{
  g_autofree char *options = NULL;

  *known = (WdQueueKnown) {
    .timestamp = WD_TIME_NONE, .processed_on = WD_TIME_NONE, .finished_on = WD_TIME_NONE,
    .attempts = 1,
  };
  if (reply->type != REDIS_REPLY_ARRAY || reply->elements < N_ANSWERS)
    return 0;
  options = dup_text (reply, ANSWER_OPTS);
  known->exists = TRUE;
  known->name = dup_text (reply, ANSWER_NAME);
  known->data = dup_text (reply, ANSWER_DATA);
  known->left_out = number_of (reply, ANSWER_LARGE) != 0;
  known->failed_reason = dup_text (reply, ANSWER_REASON);
  known->timestamp = time_of (reply, ANSWER_TIMESTAMP);
  known->processed_on = time_of (reply, ANSWER_PROCESSED_ON);
  known->finished_on = time_of (reply, ANSWER_FINISHED_ON);
  known->attempts_made = CLAMP (MAX (number_of (reply, ANSWER_MADE),
                                     number_of (reply, ANSWER_MADE_OLD)), 0, G_MAXINT32);
  known->attempts = CLAMP (wd_bullmq_record_attempts (options), 1, G_MAXINT32);
  known->returned = number_of (reply, ANSWER_RETURNED) != 0;
  known->scheduled = reply->element[ANSWER_SCHEDULER]->type == REDIS_REPLY_STRING;
  known->places = place_of (wd_bullmq_answer_text (reply, ANSWER_PLACE));
  return known->data != NULL ? strlen (known->data) : 0;
}

/**
 * wd_bullmq_recall:
 * @conn: connected
 * @queue: where the jobs are, or were
 * @ids: (array length=n_ids): of jobs
 * @known: (out caller-allocates) (array length=n_ids): gets what their records say; to be cleared
 *   as far as this got
 * @n_ids: how many, at least one
 * @last: (out) (transfer full) (optional): id of the last event before the first of them was asked
 *   for: all before it is in the records
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_call()
 *
 * In calls of about a millisecond each, until the data of the jobs are many bytes. Worker.
 *
 * Returns: how many it got to, from the first on; 0 on an error
 */
gsize
wd_bullmq_recall (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *const *ids,
                  WdQueueKnown *known, gsize n_ids, char **last, gint64 deadline,
                  GCancellable *cancellable, GError **error)
{
  gsize at = 0, bytes = 0;

  while (at < n_ids && bytes < WD_BULLMQ_RECALL_BYTES)
    {
      g_autoptr (WdRedisCommand) command =
        wd_bullmq_script_command (WD_BULLMQ_SCRIPT_RECALL, queue);
      g_autoptr (redisReply) reply = NULL;
      gsize n = MIN (WD_BULLMQ_RECALL_SLICE, n_ids - at);

      wd_redis_command_add_int (command, DATA_MAX);
      wd_redis_command_add_int (command, TEXT_MAX);
      for (gsize i = 0; i < n; i++)
        wd_redis_command_add_text (command, ids[at + i]);
      reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
      if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error)
          || reply->elements != n + 1)
        {
          if (error != NULL && *error == NULL)
            g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL, "recall.lua");
          for (gsize i = 0; i < at; i++)
            wd_queue_known_clear (&known[i]);
          return 0;
        }
      if (at == 0 && last != NULL)
        *last = g_strdup (wd_bullmq_answer_text (reply, 0));
      for (gsize i = 0; i < n; i++)
        bytes += read_known (reply->element[i + 1], &known[at + i]);
      at += n;
    }
  return at;
}

/**
 * wd_bullmq_completed_since:
 * @conn: connected
 * @queue: whose jobs
 * @since_ms: milliseconds since 1970
 * @limit: how many at most
 * @deadline: for the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_call()
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type utf8): ids of the jobs that were completed since then and
 *   are still kept, the newest
 */
GPtrArray *
wd_bullmq_completed_since (WdRedisConnection *conn, const WdBullmqQueue *queue, gint64 since_ms,
                           guint limit, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autofree char *key = wd_bullmq_key (queue, "completed");
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, since_ms);
  g_autoptr (WdRedisCommand) command =
    wd_redis_command_new ("ZREVRANGEBYSCORE", key, "+inf", since, "LIMIT", "0", NULL);
  g_autoptr (redisReply) reply = NULL;
  GPtrArray *ids;

  wd_redis_command_add_int (command, limit);
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;
  ids = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < reply->elements; i++)
    if (reply->element[i]->type == REDIS_REPLY_STRING
        && g_utf8_validate (reply->element[i]->str, (gssize) reply->element[i]->len, NULL))
      g_ptr_array_add (ids, g_strdup (reply->element[i]->str));
  return ids;
}

/**
 * wd_bullmq_clock:
 * @conn: connected
 * @now: (out): by Redis' clock, which stamps the events
 * @deadline: for the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_call()
 *
 * Worker.
 */
gboolean
wd_bullmq_clock (WdRedisConnection *conn, WdTime *now, gint64 deadline, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("TIME", NULL);
  g_autoptr (redisReply) reply =
    wd_redis_connection_call (conn, command, deadline, cancellable, error);

  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return FALSE;
  *now = g_ascii_strtoll (wd_bullmq_answer_text (reply, 0), NULL, 10) * G_USEC_PER_SEC
         + g_ascii_strtoll (wd_bullmq_answer_text (reply, 1), NULL, 10);
  return TRUE;
}
