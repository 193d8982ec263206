/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where one stands in several event streams, and reading on from there, all of them by one XREAD.
 * What XREAD does not tell is looked up in wd-bullmq-streams-look.c. */

#include "bullmq/wd-bullmq-streams-private.h"

#include <string.h>

#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "bullmq/wd-bullmq-script.h"

/* Of each stream at once, unless told otherwise. */
#define COUNT     1000
/* For the answer, once the wait is over. */
#define ANSWER_MS 5000

/**
 * wd_bullmq_streams_new:
 * @queues: (array length=n_queues): whose events
 * @n_queues: how many
 *
 * Returns: (transfer full): nowhere yet
 */
WdBullmqStreams *
wd_bullmq_streams_new (const WdBullmqQueue *queues, gsize n_queues)
{
  WdBullmqStreams *self = g_new0 (WdBullmqStreams, 1);

  self->count = COUNT;
  self->n_places = n_queues;
  self->places = g_new0 (WdBullmqPlace, n_queues);
  for (gsize i = 0; i < n_queues; i++)
    {
      self->places[i].key = wd_bullmq_key (&queues[i], "events");
      self->places[i].is_stream = TRUE;
    }
  return self;
}

/**
 * wd_bullmq_streams_free:
 * @self: (transfer full): any
 */
void
wd_bullmq_streams_free (WdBullmqStreams *self)
{
  for (gsize i = 0; i < self->n_places; i++)
    {
      g_free (self->places[i].key);
      g_free (self->places[i].last);
    }
  g_free (self->places);
  g_free (self);
}

void
wd_bullmq_place_set (WdBullmqPlace *self, const char *last, gint64 n_read)
{
  g_autofree char *before = self->last;

  self->last = g_strdup (last);
  self->n_read = n_read;
}

/**
 * wd_bullmq_streams_set_func:
 * @self: any
 * @func: called with each event that is read
 * @data: for @func
 *
 * From then on nothing of a stream that was made anew is left out.
 */
void
wd_bullmq_streams_set_func (WdBullmqStreams *self, WdBullmqStreamsFunc func, gpointer data)
{
  self->func = func;
  self->func_data = data;
}

/**
 * wd_bullmq_streams_set_count:
 * @self: any
 * @count: how many events of each stream one read takes, at least one
 */
void
wd_bullmq_streams_set_count (WdBullmqStreams *self, guint count)
{
  self->count = MAX (count, 1);
}

/**
 * wd_bullmq_streams_place:
 * @self: any
 * @queue: which of its queues
 * @last: id of the last event read there, however long ago
 * @n_read: events ever added up to it, or -1
 */
void
wd_bullmq_streams_place (WdBullmqStreams *self, gsize queue, const char *last, gint64 n_read)
{
  self->places[queue].exists = strcmp (last, WD_BULLMQ_STREAMS_START) != 0;
  wd_bullmq_place_set (&self->places[queue], last, n_read);
}

/**
 * wd_bullmq_streams_get_place:
 * @self: after wd_bullmq_streams_catch_up()
 * @queue: which of its queues
 * @n_read: (out): events ever added up to it, or -1 where Redis does not count them
 *
 * Returns: (transfer none): id of the last event read
 */
const char *
wd_bullmq_streams_get_place (WdBullmqStreams *self, gsize queue, gint64 *n_read)
{
  *n_read = self->places[queue].n_read;
  return self->places[queue].last;
}

/**
 * wd_bullmq_streams_take_lost:
 * @self: any
 * @queue: which of its queues
 *
 * Returns: whether events of it were lost since this was asked last
 */
gboolean
wd_bullmq_streams_take_lost (WdBullmqStreams *self, gsize queue)
{
  gboolean lost = self->places[queue].lost;

  self->places[queue].lost = FALSE;
  return lost;
}

/**
 * wd_bullmq_streams_is_behind:
 * @self: after wd_bullmq_streams_catch_up()
 * @queue: which of its queues
 *
 * Returns: whether its last entry is older than the last one read: it is not the same stream
 */
gboolean
wd_bullmq_streams_is_behind (WdBullmqStreams *self, gsize queue)
{
  return self->places[queue].is_behind;
}

/**
 * wd_bullmq_streams_compare:
 * @a: id of an event
 * @b: of another
 *
 * Returns: less than 0, 0 or more, as for strcmp()
 */
int
wd_bullmq_streams_compare (const char *a, const char *b)
{
  char *rest_a, *rest_b;
  guint64 time_a = g_ascii_strtoull (a, &rest_a, 10);
  guint64 time_b = g_ascii_strtoull (b, &rest_b, 10);
  guint64 number_a = *rest_a == '-' ? g_ascii_strtoull (rest_a + 1, NULL, 10) : 0;
  guint64 number_b = *rest_b == '-' ? g_ascii_strtoull (rest_b + 1, NULL, 10) : 0;

  if (time_a != time_b)
    return time_a < time_b ? -1 : 1;
  return number_a < number_b ? -1 : number_a > number_b;
}

/* BLOCK 0 would wait for ever. */
static WdRedisCommand *
read_command (WdBullmqStreams *self, guint wait_ms)
{
  WdRedisCommand *command = wd_redis_command_new ("XREAD", "COUNT", NULL);

  wd_redis_command_add_int (command, self->count);
  if (wait_ms > 0)
    {
      wd_redis_command_add_text (command, "BLOCK");
      wd_redis_command_add_int (command, wait_ms);
    }
  wd_redis_command_add_text (command, "STREAMS");
  for (gsize i = 0; i < self->n_places; i++)
    if (self->places[i].is_stream)
      wd_redis_command_add_text (command, self->places[i].key);
  for (gsize i = 0; i < self->n_places; i++)
    if (self->places[i].is_stream)
      wd_redis_command_add_text (command, self->places[i].last);
  return command;
}

static WdBullmqPlace *
find_place (WdBullmqStreams *self, const char *key)
{
  for (gsize i = 0; i < self->n_places; i++)
    if (strcmp (self->places[i].key, key) == 0)
      return &self->places[i];
  return NULL;
}

static void
take_stream (WdBullmqStreams *self, const redisReply *stream, WdBullmqNews *news)
{
  const redisReply *entries, *last;
  WdBullmqPlace *place;

  if (stream->type != REDIS_REPLY_ARRAY || stream->elements != 2
      || stream->element[0]->type != REDIS_REPLY_STRING
      || stream->element[1]->type != REDIS_REPLY_ARRAY || stream->element[1]->elements == 0)
    return;
  entries = stream->element[1];
  last = entries->element[entries->elements - 1];
  place = find_place (self, stream->element[0]->str);
  if (place == NULL || last->type != REDIS_REPLY_ARRAY || last->elements == 0
      || last->element[0]->type != REDIS_REPLY_STRING)
    return;
  place->exists = TRUE;
  wd_bullmq_place_set (place, last->element[0]->str,
                       place->n_read != WD_BULLMQ_NOT_COUNTED
                         ? place->n_read + (gint64) entries->elements : WD_BULLMQ_NOT_COUNTED);
  news->n_events += entries->elements;
  news->more |= entries->elements >= self->count;
  for (gsize i = 0; self->func != NULL && i < entries->elements; i++)
    self->func ((gsize) (place - self->places), entries->element[i], self->func_data);
}

static gboolean
has_streams (WdBullmqStreams *self)
{
  for (gsize i = 0; i < self->n_places; i++)
    if (self->places[i].is_stream)
      return TRUE;
  return FALSE;
}

/**
 * wd_bullmq_streams_read:
 * @self: after wd_bullmq_streams_catch_up()
 * @conn: connected; for this alone, since it waits
 * @wait_ms: how long to wait for the first event
 * @news: (out): what came; nothing when the time is over
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_call()
 *
 * Worker.
 */
gboolean
wd_bullmq_streams_read (WdBullmqStreams *self, WdRedisConnection *conn, guint wait_ms,
                        WdBullmqNews *news, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisCommand) command = NULL;
  g_autoptr (redisReply) reply = NULL;

  *news = (WdBullmqNews) { 0 };
  if (!has_streams (self))
    return wd_wait_ms (wait_ms, cancellable, error);
  command = read_command (self, wait_ms);
  reply = wd_redis_connection_call (conn, command, wd_deadline_in (wait_ms + ANSWER_MS),
                                    cancellable, error);
  if (reply == NULL)
    return FALSE;
  if (reply->type == REDIS_REPLY_ARRAY)
    for (gsize i = 0; i < reply->elements; i++)
      take_stream (self, reply->element[i], news);
  return TRUE;
}
