/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One page of the jobs of one state. The first fifty are told of by the same script that says which
 * they are, so they are as they stood at one moment; more are asked for by their ids, and those
 * that have gone elsewhere by then are left out. */

#include "bullmq/wd-bullmq-jobs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-layout.h"
#include "bullmq/wd-bullmq-record.h"
#include "bullmq/wd-bullmq-script.h"

/* Texts of a list are cut; one that is huge is not even read. */
#define TEXT_MAX  4096
#define TEXT_READ (64 * 1024)
/* Jobs of one call: about a millisecond. */
#define SLICE     50

typedef struct {
  WdRedisConnection *conn;
  const WdBullmqQueue *queue;
  const char *state;
  gint64 deadline;
  GCancellable *cancellable;
  GHashTable *told;    /* (element-type utf8 WdQueueJob): NULL for one that is not told of yet */
  GPtrArray *ids;      /* (element-type utf8): in order; the table's */
} Reading;

static WdRedisCommand *
make_command (const Reading *self)
{
  WdRedisCommand *command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_JOBS, self->queue);

  wd_redis_command_add_text (command, self->state);
  wd_redis_command_add_int (command, TEXT_MAX);
  wd_redis_command_add_int (command, TEXT_READ);
  return command;
}

static redisReply *
call (const Reading *self, WdRedisCommand *command, GError **error)
{
  g_autoptr (redisReply) reply =
    wd_redis_connection_call (self->conn, command, self->deadline, self->cancellable, error);

  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;
  if (strcmp (wd_bullmq_answer_text (reply, 0), "wrongtype") == 0)
    {
      g_autofree char *reason = wd_bullmq_layout_message ("wrongtype",
                                                          wd_bullmq_answer_text (reply, 1));

      g_set_error (error, WD_ERROR, WD_ERROR_LAYOUT,
                   _("The queue “%s” is not one of BullMQ: %s"), self->queue->name, reason);
      return NULL;
    }
  return g_steal_pointer (&reply);
}

/* Of what was told; an id that no text can hold is none of BullMQ's. */
static void
take (Reading *self, const redisReply *reply)
{
  for (gsize at = 2; at + 1 < reply->elements; at += 2)
    {
      const redisReply *id = reply->element[at];
      const redisReply *record = reply->element[at + 1];
      WdQueueJob *job = NULL;
      char *owned;

      if (id->type != REDIS_REPLY_STRING || strlen (id->str) != id->len)
        continue;
      if (record->type == REDIS_REPLY_ARRAY)
        job = wd_bullmq_record_read (self->queue, id->str, record);
      owned = g_strdup (id->str);
      if (!g_hash_table_contains (self->told, owned))
        g_ptr_array_add (self->ids, owned);
      g_hash_table_insert (self->told, owned, job);
    }
}

static gboolean
read_rest (Reading *self, GError **error)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  for (guint i = 0; i < self->ids->len; i++)
    if (g_hash_table_lookup (self->told, self->ids->pdata[i]) == NULL)
      g_ptr_array_add (left, self->ids->pdata[i]);
  wd_fault_point ("bullmq:before-more-jobs");
  for (guint at = 0; at < left->len; at += SLICE)
    {
      g_autoptr (WdRedisCommand) command = make_command (self);
      g_autoptr (redisReply) reply = NULL;

      wd_redis_command_add_text (command, "");
      for (guint i = at; i < MIN (at + SLICE, left->len); i++)
        wd_redis_command_add_text (command, left->pdata[i]);
      reply = call (self, command, error);
      if (reply == NULL)
        return FALSE;
      take (self, reply);
    }
  return TRUE;
}

static void
free_job (gpointer job)
{
  wd_queue_job_unref (job);
}

static gint64
integer_of (const redisReply *reply, gsize i)
{
  return i < reply->elements && reply->element[i]->type == REDIS_REPLY_INTEGER
           ? reply->element[i]->integer : 0;
}

/**
 * wd_bullmq_jobs:
 * @conn: a connection
 * @queue: whose jobs
 * @page: has its request; gets its entries, without their rows, and the total
 * @is_known: (out): whether there is anything of such a queue
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_LAYOUT, and as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * Reads fifty jobs in one round trip, more in slices. In a worker thread.
 */
gboolean
wd_bullmq_jobs (WdRedisConnection *conn, const WdBullmqQueue *queue, WdQueueJobs *page,
                gboolean *is_known, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_job);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  Reading self = { conn, queue, page->request->state, deadline, cancellable, told, ids };
  g_autoptr (WdRedisCommand) command = NULL;
  g_autoptr (redisReply) reply = NULL;

  g_return_val_if_fail (conn != NULL, FALSE);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return FALSE;
  command = make_command (&self);
  wd_redis_command_add_int (command, page->request->offset);
  wd_redis_command_add_int (command, page->request->offset + page->request->limit - 1);
  reply = call (&self, command, error);
  if (reply == NULL)
    return FALSE;
  page->total = integer_of (reply, 0);
  *is_known = integer_of (reply, 1) != 0;
  take (&self, reply);
  if (!read_rest (&self, error))
    return FALSE;
  page->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_job_entry_unref);
  for (guint i = 0; i < ids->len; i++)
    {
      WdQueueJob *job = g_hash_table_lookup (told, ids->pdata[i]);

      if (job != NULL)
        g_ptr_array_add (page->entries, wd_queue_job_entry_create (wd_queue_job_ref (job)));
    }
  return TRUE;
}
