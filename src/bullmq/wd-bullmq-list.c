/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-list.h"

#include <string.h>

#include "bullmq/wd-bullmq-recall.h"
#include "bullmq/wd-bullmq-script.h"

#define SLICE 1000

/* Where the ids of a state are; the scores of what ended are the milliseconds when. */
static const struct {
  const char *state;
  const char *keys[2];
  gboolean is_list;
  gboolean ended;
} places[] = {
  { "waiting", { "paused", "wait" }, TRUE, FALSE },
  { "prioritized", { "prioritized" }, FALSE, FALSE },
  { "delayed", { "delayed" }, FALSE, FALSE },
  { "completed", { "completed" }, FALSE, TRUE },
  { "failed", { "failed" }, FALSE, TRUE },
};

typedef struct {
  WdRedisConnection *conn;
  gint64 deadline;
  GCancellable *cancellable;
  GHashTable *seen;    /* (owned) (element-type utf8): ids move while they are read */
  GPtrArray *ids;      /* (owned) (element-type utf8) */
  guint limit;
  char *until;         /* (owned) (nullable): the last score, of what ended */
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->until);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static redisReply *
call (Listing *self, WdRedisCommand *command, int type, GError **error)
{
  g_autoptr (redisReply) reply =
    wd_redis_connection_call (self->conn, command, self->deadline, self->cancellable, error);

  if (reply == NULL || !wd_redis_reply_expect (reply, type, error))
    return NULL;
  return g_steal_pointer (&reply);
}

/* By the server's clock, which stands between those of the workers. */
static gboolean
set_until (Listing *self, gint64 age_ms, GError **error)
{
  WdTime now;

  if (!wd_bullmq_clock (self->conn, &now, self->deadline, self->cancellable, error))
    return FALSE;
  self->until = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (now / 1000 - age_ms, 0));
  return TRUE;
}

static WdRedisCommand *
make_command (Listing *self, const char *key, gboolean is_list, guint at)
{
  WdRedisCommand *command;

  if (is_list)
    {
      /* Workers take from the right. */
      command = wd_redis_command_new ("LRANGE", key, NULL);
      wd_redis_command_add_int (command, -(gint64) at - SLICE);
      wd_redis_command_add_int (command, -(gint64) at - 1);
    }
  else if (self->until != NULL)
    {
      command = wd_redis_command_new ("ZRANGEBYSCORE", key, "-inf", self->until, "LIMIT", NULL);
      wd_redis_command_add_int (command, at);
      wd_redis_command_add_int (command, SLICE);
    }
  else
    {
      command = wd_redis_command_new ("ZRANGE", key, NULL);
      wd_redis_command_add_int (command, at);
      wd_redis_command_add_int (command, at + SLICE - 1);
    }
  return command;
}

static void
take_id (Listing *self, const redisReply *element)
{
  char *id;

  if (element->type != REDIS_REPLY_STRING || self->ids->len >= self->limit
      || strlen (element->str) != element->len || g_hash_table_contains (self->seen, element->str))
    return;
  id = g_strdup (element->str);
  g_ptr_array_add (self->ids, id);
  g_hash_table_add (self->seen, id);
}

static gboolean
read_key (Listing *self, const char *key, gboolean is_list, GError **error)
{
  gsize n_read = SLICE;

  for (guint at = 0; n_read >= SLICE && self->ids->len < self->limit; at += SLICE)
    {
      g_autoptr (WdRedisCommand) command = make_command (self, key, is_list, at);
      g_autoptr (redisReply) reply = call (self, command, REDIS_REPLY_ARRAY, error);

      if (reply == NULL)
        return FALSE;
      n_read = reply->elements;
      for (gsize i = 0; i < n_read; i++)
        take_id (self, reply->element[is_list ? n_read - 1 - i : i]);
    }
  return TRUE;
}

/**
 * wd_bullmq_list_ids:
 * @conn: connected
 * @queue: which
 * @state: `waiting`, `prioritized`, `delayed`, `completed` or `failed`
 * @age_ms: of what ended: only jobs that ended so long ago
 * @limit: how many at most
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_call()
 *
 * Reads in slices, so that other clients need not wait. In a worker thread.
 *
 * Returns: (transfer full) (element-type utf8): the ids in that state: what would run first comes
 *   first, or what ended first
 */
GPtrArray *
wd_bullmq_list_ids (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *state,
                    gint64 age_ms, guint limit, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  g_auto (Listing) self = {
    conn, deadline, cancellable, g_hash_table_new (g_str_hash, g_str_equal),
    g_ptr_array_new_with_free_func (g_free), limit,
  };
  gsize place = 0;

  g_return_val_if_fail (conn != NULL && state != NULL, NULL);

  while (place < G_N_ELEMENTS (places) && strcmp (places[place].state, state) != 0)
    place++;
  g_return_val_if_fail (place < G_N_ELEMENTS (places), NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || (places[place].ended && !set_until (&self, age_ms, error)))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (places[place].keys) && places[place].keys[i] != NULL; i++)
    {
      g_autofree char *key = wd_bullmq_key (queue, places[place].keys[i]);

      if (!read_key (&self, key, places[place].is_list, error))
        return NULL;
    }
  return g_steal_pointer (&self.ids);
}
