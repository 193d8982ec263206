/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A row may say that its job was not queued only when nobody can queue it any more. Its sender may
 * be asleep with the job in hand, an attempt may be on its way for minutes: what stops them all is
 * a tombstone where the receipt would be. It always comes before the row. */

#include "direct/wd-tombstones.h"

#include <string.h>

#include "base/wd-time.h"
#include "direct/wd-lane.h"

static WdBullmqSign
sign_of (const WdOutboxEntry *entry, gboolean jobs_count)
{
  if (!jobs_count)
    return WD_BULLMQ_SIGN_RECEIPT;
  return strcmp (entry->operation, "dispatch") == 0 ? WD_BULLMQ_SIGN_THERE
                                                    : WD_BULLMQ_SIGN_UNDER_WAY;
}

/* Those of entries[from..to), which are of one queue. */
static gboolean
write_run (WdRedisConnection *redis, GPtrArray *entries, guint from, guint to, gboolean jobs_count,
           GCancellable *cancellable, WdBullmqReceipt *found, GError **error)
{
  const WdOutboxEntry *first = entries->pdata[from];
  WdBullmqQueue queue = { first->prefix, first->queue };
  g_autofree WdBullmqDiscard *discards = g_new (WdBullmqDiscard, to - from);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = from; i < to; i++)
    {
      const WdOutboxEntry *entry = entries->pdata[i];
      g_autofree char *name = NULL;
      char *id = NULL;

      if (!wd_bullmq_job_id_split (entry->job_id, entry->queue, &name, &id))
        id = g_strdup ("");
      g_ptr_array_add (ids, id);
      discards[i - from] = (WdBullmqDiscard) { entry->id, id, sign_of (entry, jobs_count) };
    }
  return wd_bullmq_discard (redis, &queue, discards, to - from, wd_deadline_in (WD_WRITE_MS),
                            cancellable, found + from, error);
}

/**
 * wd_tombstones_write:
 * @redis: a connection
 * @entries: (element-type WdOutboxEntry): what is never to be sent
 * @jobs_count: whether a job that is queued shows that its entry was sent, though it has no receipt
 * @cancellable: (nullable): a cancellable
 * @found: (out caller-allocates): for each entry %WD_BULLMQ_RECEIPT_DISCARDED,
 *   %WD_BULLMQ_RECEIPT_SENT where it is too late, %WD_BULLMQ_RECEIPT_NONE where that is not known
 * @error: the first reason for what is not known
 *
 * A queue that refuses hinders no other. Worker.
 *
 * Returns: whether everything is known
 */
gboolean
wd_tombstones_write (WdRedisConnection *redis, GPtrArray *entries, gboolean jobs_count,
                     GCancellable *cancellable, WdBullmqReceipt *found, GError **error)
{
  GError *first_problem = NULL;

  for (guint i = 0; i < entries->len; i++)
    found[i] = WD_BULLMQ_RECEIPT_NONE;
  for (guint from = 0, to; from < entries->len; from = to)
    {
      const WdOutboxEntry *first = entries->pdata[from];

      for (to = from + 1; to < entries->len; to++)
        {
          const WdOutboxEntry *next = entries->pdata[to];

          if (strcmp (first->queue, next->queue) != 0 || strcmp (first->prefix, next->prefix) != 0)
            break;
        }
      if (first_problem != NULL && !wd_redis_connection_is_connected (redis))
        break;
      write_run (redis, entries, from, to, jobs_count, cancellable, found,
                 first_problem == NULL ? &first_problem : NULL);
    }
  if (first_problem == NULL)
    return TRUE;
  g_propagate_error (error, first_problem);
  return FALSE;
}
