/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-census.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-wait.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-script.h"

/* Ids of one call: under a millisecond of the server's time, and then as long for others. */
#define SLICE   150
#define REST_MS 1

struct _WdBullmqCensus {
  GHashTable *jobs;      /* (owned) (element-type utf8 WdQueueFacts) */
  gboolean complete;
};

/* In the order in which jobs pass through them, so that one that goes on meanwhile is met again. */
static const struct {
  const char *name;
  WdQueuePlaces place;
  gsize most;
} containers[] = {
  { "delayed", WD_PLACE_DELAYED, WD_BULLMQ_CENSUS_MOST },
  { "children", WD_PLACE_CHILDREN, WD_BULLMQ_CENSUS_MOST },
  { "prioritized", WD_PLACE_PRIORITIZED, WD_BULLMQ_CENSUS_MOST },
  { "wait", WD_PLACE_WAIT, WD_BULLMQ_CENSUS_MOST },
  { "paused", WD_PLACE_PAUSED, WD_BULLMQ_CENSUS_MOST },
  { "active", WD_PLACE_ACTIVE, WD_BULLMQ_CENSUS_MOST },
  { "failed", WD_PLACE_FAILED, WD_BULLMQ_CENSUS_FAILED },
};

/**
 * wd_bullmq_census_free:
 * @self: (transfer full): a census
 */
void
wd_bullmq_census_free (WdBullmqCensus *self)
{
  g_hash_table_unref (self->jobs);
  g_free (self);
}

/* Takes one id down; it may have been met before. */
static void
enter (WdBullmqCensus *self, const redisReply *const *texts, WdQueuePlaces place, gint64 now)
{
  const char *id = texts[0]->str;
  WdQueueFacts *facts = g_hash_table_lookup (self->jobs, id);

  /* Signs of BullMQ 3 and 4, no jobs. */
  if (g_str_has_prefix (id, "0:"))
    return;
  if (facts == NULL)
    {
      facts = g_new0 (WdQueueFacts, 1);
      g_hash_table_insert (self->jobs, g_strdup (id), facts);
    }
  facts->twice = facts->twice || (facts->places & place) != 0;
  facts->places |= place;
  wd_bullmq_facts_read (texts[1], now, facts);
  if (texts[2]->type == REDIS_REPLY_STRING && texts[2]->len > 0)
    facts->places |= WD_PLACE_COMPLETED;
}

/* One window; returns how many ids it held, or -1. */
static gssize
read_window (WdBullmqCensus *self, WdRedisConnection *conn, const WdBullmqQueue *queue,
             gsize container, gsize from, gsize n, guint slice_ms, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_WALK, queue);
  g_autoptr (redisReply) reply = NULL;
  gint64 now;

  wd_redis_command_add_text (command, containers[container].name);
  wd_redis_command_add_int (command, (gint64) from);
  wd_redis_command_add_int (command, (gint64) (from + n - 1));
  reply = wd_redis_connection_call (conn, command, wd_deadline_in (slice_ms), cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return -1;
  if (strcmp (wd_bullmq_answer_text (reply, 0), "wrongtype") == 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_LAYOUT,
                   _("The queue “%s” is not one of BullMQ: its “%s” is of another kind"),
                   queue->name, containers[container].name);
      return -1;
    }
  now = g_ascii_strtoll (wd_bullmq_answer_text (reply, 0), NULL, 10);
  for (gsize at = 1; at + 2 < reply->elements; at += 3)
    if (reply->element[at]->type == REDIS_REPLY_STRING)
      enter (self, (const redisReply *const *) reply->element + at, containers[container].place,
             now);
  return (gssize) (reply->elements / 3);
}

static gboolean
walk (WdBullmqCensus *self, WdRedisConnection *conn, const WdBullmqQueue *queue, gsize container,
      WdBullmqCensusFunc func, gpointer func_data, guint slice_ms, GCancellable *cancellable,
      GError **error)
{
  for (gsize from = 0;; from += SLICE)
    {
      gssize n;

      if (from >= containers[container].most)
        {
          self->complete = self->complete && containers[container].place == WD_PLACE_FAILED;
          return TRUE;
        }
      n = read_window (self, conn, queue, container, from, SLICE, slice_ms, cancellable, error);
      if (n < 0)
        return FALSE;
      if (func != NULL && n > 0)
        func ((gsize) n, func_data);
      if (n < SLICE)
        return TRUE;
      if (!wd_wait_ms (REST_MS, cancellable, error))
        return FALSE;
    }
}

/**
 * wd_bullmq_census_take:
 * @conn: a connection
 * @queue: whose jobs
 * @func: (nullable) (scope call): told of each slice
 * @func_data: for @func
 * @slice_ms: how long one slice may take
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call(); %WD_ERROR_LAYOUT
 *
 * Reads only, in slices of about a millisecond of the server's time. Worker.
 *
 * Returns: (transfer full) (nullable): what stands in @queue
 */
WdBullmqCensus *
wd_bullmq_census_take (WdRedisConnection *conn, const WdBullmqQueue *queue,
                       WdBullmqCensusFunc func, gpointer func_data, guint slice_ms,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (WdBullmqCensus) self = NULL;

  g_return_val_if_fail (conn != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, wd_deadline_in (slice_ms), cancellable, error))
    return NULL;
  self = g_new0 (WdBullmqCensus, 1);
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->complete = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++)
    if (!walk (self, conn, queue, i, func, func_data, slice_ms, cancellable, error))
      return NULL;
  return g_steal_pointer (&self);
}

/**
 * wd_bullmq_census_is_complete:
 * @self: a census
 *
 * Returns: whether every container but the failed one was read to its end
 */
gboolean
wd_bullmq_census_is_complete (WdBullmqCensus *self)
{
  return self->complete;
}

/**
 * wd_bullmq_census_get_jobs:
 * @self: a census
 *
 * Returns: (transfer none) (element-type utf8 WdQueueFacts): what is known of each id
 */
GHashTable *
wd_bullmq_census_get_jobs (WdBullmqCensus *self)
{
  return self->jobs;
}
