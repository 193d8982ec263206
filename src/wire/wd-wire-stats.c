/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-stats.h"

#include "wire/wd-wire-value.h"

/* Null where nobody looked into its queue. */
static WdTristate
if_looked_into (const WdWorkerStats *worker, gboolean value)
{
  if (worker->has_signs == WD_TRISTATE_UNSET)
    return WD_TRISTATE_UNSET;
  return value ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
}

static void
write_worker (WdJsonWriter *writer, const WdWorkerStats *worker, gboolean queue_seen)
{
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "worker_name", worker->worker_name);
  wd_json_writer_string_member (writer, "job_type", worker->job_type);
  wd_json_writer_string_member (writer, "queue", worker->queue);
  wd_json_writer_int_member (writer, "active_jobs", worker->active);
  wd_json_writer_int_member (writer, "queued_jobs", worker->queued);
  wd_wire_count_member (writer, "waiting_jobs", queue_seen ? worker->waiting : -1);
  wd_wire_time_member (writer, "oldest_waiting",
                       queue_seen ? worker->oldest_waiting : WD_TIME_NONE);
  wd_wire_count_member (writer, "overdue_jobs",
                        worker->has_signs != WD_TRISTATE_UNSET ? worker->overdue : -1);
  wd_json_writer_int_member (writer, "completed_jobs", worker->completed);
  wd_json_writer_int_member (writer, "failed_jobs", worker->failed);
  wd_json_writer_int_member (writer, "completed_today", worker->completed_today);
  wd_wire_count_member (writer, "finished_last_hour", worker->finished_last_hour);
  wd_wire_count_member (writer, "failed_last_hour", worker->failed_last_hour);
  wd_wire_time_member (writer, "last_active", worker->last_active);
  wd_wire_tristate_member (writer, "paused", queue_seen ? (WdTristate) (worker->paused != FALSE)
                                                        : WD_TRISTATE_UNSET);
  wd_wire_count_member (writer, "connected_workers", worker->workers);
  wd_wire_tristate_member (writer, "signs_of_workers", worker->has_signs);
  wd_wire_tristate_member (writer, "workers_can_be_seen",
                           if_looked_into (worker, worker->sees_workers));
  wd_json_writer_string_member (writer, "status", wd_worker_status_word (worker->status));
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_stats_members:
 * @writer: a writer inside an object
 * @stats: every stat card
 *
 * Writes the figures of the workers and their totals. Without a look at the queues, whether they
 * are paused is null.
 */
void
wd_wire_stats_members (WdJsonWriter *writer, const WdStats *stats)
{
  int healthy = 0, in_error = 0;

  wd_json_writer_name (writer, "workers");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      write_worker (writer, worker, stats->queue_error == NULL);
      healthy += worker->status == WD_WORKER_STATUS_ACTIVE
                 || worker->status == WD_WORKER_STATUS_IDLE;
      in_error += worker->status == WD_WORKER_STATUS_ERROR;
    }
  wd_json_writer_end_array (writer);
  wd_json_writer_int_member (writer, "pending_jobs", stats->pending_jobs);
  wd_json_writer_int_member (writer, "active_jobs", stats->active_jobs);
  wd_json_writer_int_member (writer, "completed_jobs_today", stats->completed_jobs_today);
  wd_json_writer_int_member (writer, "total_workers", stats->workers->len);
  wd_json_writer_int_member (writer, "healthy_workers", healthy);
  wd_json_writer_int_member (writer, "error_workers", in_error);
  wd_wire_count_member (writer, "undelivered_jobs", stats->undelivered_jobs);
  wd_wire_time_member (writer, "last_updated", stats->last_updated);
}
