/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs of a queue, also those without a row. That rows cannot be read is part of the answer. */

#include "direct/wd-direct-queue-jobs.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-counts.h"
#include "bullmq/wd-bullmq-flow.h"
#include "bullmq/wd-bullmq-job.h"
#include "bullmq/wd-bullmq-jobs.h"
#include "direct/wd-queue-rows.h"

static WdBullmqQueue
queue_of (WdLane *lane, const char *name)
{
  return (WdBullmqQueue) { wd_lane_get_profile (lane)->prefix, (char *) name };
}

/* Returns whether to go on: with the rows, or without them and the reason. */
static gboolean
load_rows (WdQueueRows *rows, WdLane *lane, char **rows_error, GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local = NULL;

  if (wd_queue_rows_load (rows, lane, TRUE, cancellable, &local))
    return TRUE;
  if (wd_error_is_cancelled (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *rows_error = g_strdup (local->message);
  return TRUE;
}

static gboolean
find_rows (WdLane *lane, WdQueueJobs *page, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdQueueRows) rows = wd_queue_rows_new ();

  for (guint i = 0; i < page->entries->len; i++)
    {
      const WdQueueJob *job = ((WdQueueJobEntry *) page->entries->pdata[i])->job;

      wd_queue_rows_want (rows, job->queue, job->id);
    }
  if (!load_rows (rows, lane, &page->rows_error, cancellable, error))
    return FALSE;
  for (guint i = 0; i < page->entries->len; i++)
    {
      WdQueueJobEntry *entry = page->entries->pdata[i];
      WdJob *row = wd_queue_rows_get (rows, entry->job->queue, entry->job->id,
                                      entry->job->timestamp / 1000);

      entry->row = row != NULL ? wd_job_ref (row) : NULL;
      entry->is_row_known = page->rows_error == NULL;
    }
  return TRUE;
}

/**
 * wd_direct_list_queue_jobs:
 * @lane: the lane that watches
 * @request: which
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND where there is no such queue, %WD_ERROR_LAYOUT, or Redis'
 *
 * Worker.
 *
 * Returns: (transfer full): a page of the jobs of a queue
 */
WdQueueJobs *
wd_direct_list_queue_jobs (WdLane *lane, WdQueueJobsRequest *request, GCancellable *cancellable,
                           GError **error)
{
  WdBullmqQueue queue = queue_of (lane, request->queue);
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autoptr (WdQueueJobs) page = wd_queue_jobs_new ();
  g_autoptr (GPtrArray) counts = NULL;
  gboolean is_known = FALSE;

  if (redis == NULL)
    return NULL;
  page->request = wd_queue_jobs_request_ref (request);
  counts = wd_bullmq_counts (redis, &queue, 1, wd_deadline_in (WD_QUEUE_MS), cancellable, error);
  if (counts == NULL
      || !wd_bullmq_jobs (redis, &queue, page, &is_known, wd_deadline_in (WD_QUEUE_MS),
                          cancellable, error))
    return NULL;
  if (!is_known && wd_profile_get_job_type (wd_lane_get_profile (lane), request->queue) == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no queue “%s”"),
                   request->queue);
      return NULL;
    }
  page->counts = wd_queue_counts_ref (counts->pdata[0]);
  page->read_at = wd_time_now ();
  return find_rows (lane, page, cancellable, error) ? g_steal_pointer (&page) : NULL;
}

/**
 * wd_direct_load_queue_job:
 * @lane: the lane that watches
 * @queue: where it is
 * @id: its id there
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, or Redis'
 *
 * Worker.
 *
 * Returns: (transfer full): the job as its queue sees it, and its row if it has one
 */
WdJobDetail *
wd_direct_load_queue_job (WdLane *lane, const char *queue, const char *id,
                          GCancellable *cancellable, GError **error)
{
  WdBullmqQueue key = queue_of (lane, queue);
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autoptr (WdJobDetail) detail = wd_job_detail_new ();
  g_autoptr (WdQueueRows) rows = wd_queue_rows_new ();
  WdJob *row;

  if (redis == NULL)
    return NULL;
  detail->queue_job = wd_bullmq_job (redis, &key, id, wd_deadline_in (WD_QUEUE_MS), cancellable,
                                     error);
  if (detail->queue_job == NULL)
    return NULL;
  wd_queue_rows_want (rows, queue, id);
  if (!load_rows (rows, lane, &detail->row_error, cancellable, error))
    return NULL;
  row = wd_queue_rows_get (rows, queue, id, detail->queue_job->timestamp / 1000);
  detail->job = row != NULL ? wd_job_ref (row) : NULL;
  return g_steal_pointer (&detail);
}

static void
want_cb (WdFlowNode *node, guint depth, gpointer rows)
{
  if (!node->is_foreign)
    wd_queue_rows_want (rows, node->queue, node->id);
}

static void
take_row_cb (WdFlowNode *node, guint depth, gpointer rows)
{
  const WdJob *row = node->is_foreign ? NULL : wd_queue_rows_get (rows, node->queue, node->id,
                                                                  node->made_ms);

  if (row == NULL)
    return;
  node->job_log_id = g_strdup (row->id);
  node->row_status = g_strdup (row->status);
}

/**
 * wd_direct_load_flow:
 * @lane: the lane that watches
 * @queue: where a job is
 * @id: its id there
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, or Redis'
 *
 * Worker.
 *
 * Returns: (transfer full): the flow that it is part of
 */
WdFlow *
wd_direct_load_flow (WdLane *lane, const char *queue, const char *id, GCancellable *cancellable,
                     GError **error)
{
  WdBullmqQueue key = queue_of (lane, queue);
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autoptr (WdQueueRows) rows = wd_queue_rows_new ();
  g_autoptr (WdFlow) flow = NULL;

  if (redis == NULL)
    return NULL;
  flow = wd_bullmq_flow (redis, &key, id, wd_deadline_in (WD_READ_MS), cancellable, error);
  if (flow == NULL)
    return NULL;
  wd_flow_foreach (flow->root, want_cb, rows);
  if (!load_rows (rows, lane, &flow->rows_error, cancellable, error))
    return NULL;
  wd_flow_foreach (flow->root, take_row_cb, rows);
  return g_steal_pointer (&flow);
}
