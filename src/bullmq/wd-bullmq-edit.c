/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs that are taken out of where they wait: into the hands of the workers, or for good. */

#include "bullmq/wd-bullmq-edit.h"

#include <string.h>

#include "bullmq/wd-bullmq-add-private.h"

#define BYTES_BESIDE_ID 16

static void
append_id (WdRedisCommand *command, gconstpointer id)
{
  wd_redis_command_add_text (command, id);
}

static gsize
size_of_id (gconstpointer id)
{
  return strlen (id) + BYTES_BESIDE_ID;
}

static gboolean
run (WdBullmqBatch *batch, const char *const *ids, GPtrArray **results, GError **error)
{
  guint n_ids = g_strv_length ((char **) ids);
  g_autofree guint *places = g_new (guint, n_ids);

  *results = NULL;
  if (!wd_bullmq_queue_check (batch->queue, error))
    return FALSE;
  for (guint i = 0; i < n_ids; i++)
    places[i] = i;
  *results = batch->results = wd_bullmq_results_new (n_ids);
  return wd_bullmq_batch_run (batch, (gconstpointer *) ids, places, n_ids, NULL, error);
}

/**
 * wd_bullmq_promote:
 * @conn: connected; a connection made anew since @site was read is not used
 * @queue: where the jobs are
 * @site: which Redis it is meant for
 * @ids: (array zero-terminated=1): of delayed jobs
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @results: (out) (transfer full) (element-type WdBullmqResult): one for each; those of slices that
 *   were not answered are %NULL
 * @error: %WD_ERROR_UNKNOWN_OUTCOME when a slice was sent and its answer never came, and as
 *   wd_redis_connection_call()
 *
 * Lets delayed jobs run now, each by its priority. One that is not delayed any more is refused: to
 * ask again is harmless. In a worker thread.
 *
 * Returns: whether there is a result for every job
 */
gboolean
wd_bullmq_promote (WdRedisConnection *conn, const WdBullmqQueue *queue, const WdBullmqSite *site,
                   const char *const *ids, gint64 deadline, GCancellable *cancellable,
                   GPtrArray **results, GError **error)
{
  WdBullmqBatch batch = { conn, queue, site, WD_BULLMQ_SCRIPT_PROMOTE, NULL, NULL, append_id,
                          size_of_id, "bullmq:promote-slice", deadline, cancellable };

  g_return_val_if_fail (conn != NULL && site != NULL && site->id != NULL, FALSE);
  g_return_val_if_fail (ids != NULL && results != NULL, FALSE);

  return run (&batch, ids, results, error);
}

/**
 * wd_bullmq_evict:
 * @conn: connected; a connection made anew since @site was read is not used
 * @queue: where the jobs are
 * @site: which Redis it is meant for
 * @state: `waiting`, `prioritized`, `delayed`, `completed` or `failed`: where all of them are
 * @ids: (array zero-terminated=1): of jobs; those that wait best from the oldest on, for there the
 *   search begins
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @results: (out) (transfer full) (element-type WdBullmqResult): as wd_bullmq_promote()
 * @error: as wd_bullmq_promote()
 *
 * Removes jobs with all that BullMQ keeps of them. Refused are those in another state by now, those
 * of flows and the next one of a scheduler. In a worker thread.
 *
 * Returns: whether there is a result for every job
 */
gboolean
wd_bullmq_evict (WdRedisConnection *conn, const WdBullmqQueue *queue, const WdBullmqSite *site,
                 const char *state, const char *const *ids, gint64 deadline,
                 GCancellable *cancellable, GPtrArray **results, GError **error)
{
  WdBullmqBatch batch = { conn, queue, site, WD_BULLMQ_SCRIPT_EVICT, state, NULL, append_id,
                          size_of_id, "bullmq:evict-slice", deadline, cancellable };

  g_return_val_if_fail (conn != NULL && site != NULL && site->id != NULL, FALSE);
  g_return_val_if_fail (state != NULL && ids != NULL && results != NULL, FALSE);

  return run (&batch, ids, results, error);
}
