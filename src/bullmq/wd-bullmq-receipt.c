/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-receipt.h"

#include <string.h>

#include "bullmq/wd-bullmq-script.h"

#define SLICE 500

static WdBullmqReceipt
receipt_of (const redisReply *reply)
{
  if (reply->type != REDIS_REPLY_STRING)
    return WD_BULLMQ_RECEIPT_NONE;
  return strcmp (reply->str, "discarded") == 0 ? WD_BULLMQ_RECEIPT_DISCARDED
                                               : WD_BULLMQ_RECEIPT_SENT;
}

static gboolean
read_slice (WdRedisConnection *conn, const WdBullmqQueue *queue, const char * const *outbox_ids,
            gsize n, gint64 deadline, GCancellable *cancellable, GArray *found, GError **error)
{
  g_autoptr (WdRedisCommand) command = wd_redis_command_new ("MGET", NULL);
  g_autoptr (redisReply) reply = NULL;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *suffix = g_strconcat ("wd-receipt:", outbox_ids[i], NULL);
      g_autofree char *key = wd_bullmq_key (queue, suffix);

      wd_redis_command_add_text (command, key);
    }
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      WdBullmqReceipt receipt =
        i < reply->elements ? receipt_of (reply->element[i]) : WD_BULLMQ_RECEIPT_NONE;

      g_array_append_val (found, receipt);
    }
  return TRUE;
}

/**
 * wd_bullmq_receipts:
 * @conn: a connection
 * @queue: where the jobs were meant to go
 * @outbox_ids: (array length=n_outbox_ids): which entries
 * @n_outbox_ids: how many
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * Returns: (transfer full) (nullable) (element-type WdBullmqReceipt): one for each entry in order
 */
GArray *
wd_bullmq_receipts (WdRedisConnection *conn, const WdBullmqQueue *queue,
                    const char * const *outbox_ids, gsize n_outbox_ids, gint64 deadline,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (WdBullmqReceipt));

  g_return_val_if_fail (conn != NULL, NULL);
  g_return_val_if_fail (outbox_ids != NULL || n_outbox_ids == 0, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  for (gsize at = 0; at < n_outbox_ids; at += SLICE)
    if (!read_slice (conn, queue, outbox_ids + at, MIN (SLICE, n_outbox_ids - at), deadline,
                     cancellable, found, error))
      return NULL;
  return g_steal_pointer (&found);
}

static gboolean
discard_slice (WdRedisConnection *conn, const WdBullmqQueue *queue, const WdBullmqDiscard *entries,
               gsize n, gint64 deadline, GCancellable *cancellable, WdBullmqReceipt *found,
               GError **error)
{
  static const char *const signs[] = { "", "there", "under way" };
  g_autoptr (WdRedisCommand) command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_DISCARD, queue);
  g_autoptr (redisReply) reply = NULL;

  wd_redis_command_add_int (command, WD_BULLMQ_RECEIPT_SECONDS);
  for (gsize i = 0; i < n; i++)
    {
      wd_redis_command_add_text (command, entries[i].outbox_id);
      wd_redis_command_add_text (command, entries[i].job_id);
      wd_redis_command_add_text (command, signs[entries[i].sign]);
    }
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return FALSE;
  for (gsize i = 0; i < MIN (n, reply->elements); i++)
    found[i] = receipt_of (reply->element[i]);
  return TRUE;
}

/**
 * wd_bullmq_discard:
 * @conn: a connection
 * @queue: where the jobs were meant to go
 * @entries: (array length=n_entries): which entries
 * @n_entries: how many
 * @deadline: for the answers
 * @cancellable: (nullable): ends it at once
 * @found: (out caller-allocates) (array length=n_entries): for each entry
 *   %WD_BULLMQ_RECEIPT_DISCARDED, or %WD_BULLMQ_RECEIPT_SENT when it is too late;
 *   %WD_BULLMQ_RECEIPT_NONE where no answer came, and then it may be discarded all the same
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * Writes a tombstone in place of each receipt, so that nobody sends the entry any more, however
 * late and from wherever; unless it was sent already.
 *
 * Returns: whether there is an answer for every entry
 */
gboolean
wd_bullmq_discard (WdRedisConnection *conn, const WdBullmqQueue *queue,
                   const WdBullmqDiscard *entries, gsize n_entries, gint64 deadline,
                   GCancellable *cancellable, WdBullmqReceipt *found, GError **error)
{
  g_return_val_if_fail (conn != NULL && found != NULL, FALSE);
  g_return_val_if_fail (entries != NULL || n_entries == 0, FALSE);

  for (gsize i = 0; i < n_entries; i++)
    found[i] = WD_BULLMQ_RECEIPT_NONE;
  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return FALSE;
  for (gsize at = 0; at < n_entries; at += SLICE)
    if (!discard_slice (conn, queue, entries + at, MIN (SLICE, n_entries - at), deadline,
                        cancellable, found + at, error))
      return FALSE;
  return TRUE;
}
