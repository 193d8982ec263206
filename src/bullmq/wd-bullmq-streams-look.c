/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Event streams are trimmed: what is not read within seconds on a busy queue is gone, and XREAD
 * skips it without a word. Since Redis 7 a stream counts what was ever added to it, so added less
 * length is how many are gone, and of those it matters whether they had been read. Before, the
 * oldest entry being younger than the last one read says that some may be. */

#include "bullmq/wd-bullmq-streams-private.h"

#include <string.h>

#include "base/wd-error.h"
#include "bullmq/wd-bullmq-script.h"

typedef struct {
  gint64 length;
  gint64 added;       /* or WD_BULLMQ_NOT_COUNTED */
  const char *last;   /* (not owned) */
  const char *oldest; /* (not owned) (nullable) */
} Info;

static gboolean
parse_info (const redisReply *reply, Info *info)
{
  *info = (Info) { .length = WD_BULLMQ_NOT_COUNTED, .added = WD_BULLMQ_NOT_COUNTED };
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
lose (WdBullmqPlace *place, WdBullmqNews *news)
{
  place->lost = TRUE;
  news->lost = TRUE;
}

/* Nothing is there: whatever comes is new. */
static void
find_nothing (WdBullmqPlace *place, WdBullmqNews *news)
{
  if (place->exists)
    lose (place, news);
  place->exists = FALSE;
  wd_bullmq_place_set (place, WD_BULLMQ_STREAMS_START, 0);
}

/* A stream that was made anew, or restored, goes on with the time: what is in it and younger than
 * the last entry read was not read yet. */
static void
find_anew (WdBullmqStreams *self, WdBullmqPlace *place, const Info *info)
{
  if (self->func == NULL)
    wd_bullmq_place_set (place, info->last, info->added);
  else if (info->added == WD_BULLMQ_NOT_COUNTED
           || wd_bullmq_streams_compare (info->last, place->last) <= 0)
    place->n_read = info->added;
  else
    place->n_read = info->added - info->length;
}

static void
find_stream (WdBullmqStreams *self, WdBullmqPlace *place, const Info *info, WdBullmqNews *news)
{
  gboolean counted = info->added != WD_BULLMQ_NOT_COUNTED && place->n_read != WD_BULLMQ_NOT_COUNTED;
  gint64 trimmed = info->added - info->length;
  int ahead = 0;

  place->exists = TRUE;
  if (place->last != NULL)
    ahead = wd_bullmq_streams_compare (info->last, place->last);
  place->is_behind = ahead < 0;
  if (place->last == NULL)
    wd_bullmq_place_set (place, info->last, info->added);
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
look_at (WdBullmqStreams *self, WdBullmqPlace *place, const redisReply *reply, WdBullmqNews *news,
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
