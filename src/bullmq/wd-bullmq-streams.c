/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Event streams are trimmed: what is not read within seconds on a busy queue is gone, and XREAD
 * skips it without a word. Since Redis 7 a stream counts what was ever added to it, so added less
 * length is how many are gone, and of those it matters whether they had been read. Before, the
 * oldest entry being younger than the last one read says that some may be. */

#include "bullmq/wd-bullmq-streams.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "bullmq/wd-bullmq-script.h"

/* Of each stream at once, unless told otherwise. */
#define COUNT       1000
/* For the answer, once the wait is over. */
#define ANSWER_MS   5000
#define NOT_COUNTED (-1)

typedef struct {
  char *key;          /* (owned) */
  char *last;         /* (owned) (nullable): id of the last entry read; NULL before any look */
  gint64 n_read;      /* entries ever added up to it, or NOT_COUNTED */
  gboolean exists;
  gboolean is_stream; /* nothing else stands there, and what was said of it can be read */
  gboolean lost;      /* and nobody has asked since */
  gboolean is_behind; /* its last entry is older than the last one read */
} Place;

struct _WdBullmqStreams {
  Place *places;      /* (owned) (array length=n_places) */
  gsize n_places;
  gsize next;         /* the one to check next */
  guint count;        /* of each stream at once */
  WdBullmqStreamsFunc func;
  gpointer func_data;
};

typedef struct {
  gint64 length;
  gint64 added;       /* or NOT_COUNTED */
  const char *last;   /* (not owned) */
  const char *oldest; /* (not owned) (nullable) */
} Info;

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
  self->places = g_new0 (Place, n_queues);
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

static void
stand_at (Place *place, const char *last, gint64 n_read)
{
  g_autofree char *before = place->last;

  place->last = g_strdup (last);
  place->n_read = n_read;
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
  stand_at (&self->places[queue], last, n_read);
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

static gboolean
parse_info (const redisReply *reply, Info *info)
{
  *info = (Info) { .length = NOT_COUNTED, .added = NOT_COUNTED };
  for (gsize i = 0; reply->type == REDIS_REPLY_ARRAY && i + 1 < reply->elements; i += 2)
    {
      const redisReply *name = reply->element[i];
      const redisReply *value = reply->element[i + 1];

      if (name->type != REDIS_REPLY_STRING)
        continue;
      if (strcmp (name->str, "length") == 0 && value->type == REDIS_REPLY_INTEGER)
        info->length = value->integer;
      else if (strcmp (name->str, "entries-added") == 0 && value->type == REDIS_REPLY_INTEGER)
        info->added = value->integer;
      else if (strcmp (name->str, "last-generated-id") == 0 && value->type == REDIS_REPLY_STRING)
        info->last = value->str;
      else if (strcmp (name->str, "first-entry") == 0 && value->type == REDIS_REPLY_ARRAY
               && value->elements > 0 && value->element[0]->type == REDIS_REPLY_STRING)
        info->oldest = value->element[0]->str;
    }
  return info->length >= 0 && info->last != NULL;
}

static void
lose (Place *place, WdBullmqNews *news)
{
  place->lost = TRUE;
  news->lost = TRUE;
}

/* Nothing is there: whatever comes is new. */
static void
find_nothing (Place *place, WdBullmqNews *news)
{
  if (place->exists)
    lose (place, news);
  place->exists = FALSE;
  stand_at (place, WD_BULLMQ_STREAMS_START, 0);
}

/* A stream that was made anew, or restored, goes on with the time: what is in it and younger than
 * the last entry read was not read yet. */
static void
find_anew (WdBullmqStreams *self, Place *place, const Info *info)
{
  if (self->func == NULL)
    stand_at (place, info->last, info->added);
  else if (info->added == NOT_COUNTED || wd_bullmq_streams_compare (info->last, place->last) <= 0)
    place->n_read = info->added;
  else
    place->n_read = info->added - info->length;
}

static void
find_stream (WdBullmqStreams *self, Place *place, const Info *info, WdBullmqNews *news)
{
  gboolean counted = info->added != NOT_COUNTED && place->n_read != NOT_COUNTED;
  gint64 trimmed = info->added - info->length;
  int ahead = 0;

  place->exists = TRUE;
  if (place->last != NULL)
    ahead = wd_bullmq_streams_compare (info->last, place->last);
  place->is_behind = ahead < 0;
  if (place->last == NULL)
    stand_at (place, info->last, info->added);
  else if (ahead < 0 || (counted && info->added < place->n_read))
    {
      lose (place, news);
      find_anew (self, place, info);
    }
  else if (counted && trimmed > place->n_read)
    {
      lose (place, news);
      place->n_read = trimmed;
    }
  /* Trimmed between the last look and the read after it. */
  else if (counted && ahead == 0 && info->added != place->n_read)
    {
      lose (place, news);
      place->n_read = info->added;
    }
  else if (!counted && info->oldest != NULL && ahead > 0
           && wd_bullmq_streams_compare (info->oldest, place->last) > 0)
    lose (place, news);
}

static gboolean
look_at (WdBullmqStreams *self, Place *place, const redisReply *reply, WdBullmqNews *news,
         GError **error)
{
  g_autoptr (GError) local = NULL;
  Info info;

  if (wd_redis_reply_to_error (reply, &local))
    {
      place->is_stream = parse_info (reply, &info);
      if (place->is_stream)
        find_stream (self, place, &info, news);
      return TRUE;
    }
  place->is_stream = local->code != WD_ERROR_LAYOUT;
  if (!place->is_stream)
    return TRUE;
  if (strstr (reply->str, "no such key") != NULL)
    {
      find_nothing (place, news);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
look (WdBullmqStreams *self, WdRedisConnection *conn, gsize first, gsize n, WdBullmqNews *news,
      gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) commands =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (GPtrArray) replies = NULL;

  for (gsize i = first; i < first + n; i++)
    g_ptr_array_add (commands, wd_redis_command_new ("XINFO", "STREAM", self->places[i].key, NULL));
  replies = wd_redis_connection_pipeline (conn, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, deadline, cancellable, error);
  if (replies == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!look_at (self, &self->places[first + i], replies->pdata[i], news, error))
      return FALSE;
  return TRUE;
}

/**
 * wd_bullmq_streams_catch_up:
 * @self: where one stands
 * @conn: connected
 * @news: (out): whether anything was lost since the last read
 * @deadline: for the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_pipeline(), or what Redis says when it may not be asked
 *
 * The first time it stands at the end of each stream: what the queues hold should be looked up
 * after that. Worker.
 */
gboolean
wd_bullmq_streams_catch_up (WdBullmqStreams *self, WdRedisConnection *conn, WdBullmqNews *news,
                            gint64 deadline, GCancellable *cancellable, GError **error)
{
  *news = (WdBullmqNews) { 0 };
  return look (self, conn, 0, self->n_places, news, deadline, cancellable, error);
}

/**
 * wd_bullmq_streams_check_next:
 * @self: where one stands
 * @conn: connected
 * @news: (out): whether anything of one of the streams was lost
 * @deadline: for the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_bullmq_streams_catch_up()
 *
 * With each call another stream, by one command. Worker.
 */
gboolean
wd_bullmq_streams_check_next (WdBullmqStreams *self, WdRedisConnection *conn, WdBullmqNews *news,
                              gint64 deadline, GCancellable *cancellable, GError **error)
{
  *news = (WdBullmqNews) { 0 };
  if (self->n_places == 0)
    return TRUE;
  self->next = (self->next + 1) % self->n_places;
  return look (self, conn, self->next, 1, news, deadline, cancellable, error);
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

static Place *
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
  Place *place;

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
  stand_at (place, last->element[0]->str,
            place->n_read != NOT_COUNTED ? place->n_read + (gint64) entries->elements
                                         : NOT_COUNTED);
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
