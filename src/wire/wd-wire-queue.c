/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-queue.h"

#include "wire/wd-wire-value.h"

/**
 * wd_wire_queue_members:
 * @writer: a writer inside an object
 * @counts: a queue
 */
void
wd_wire_queue_members (WdJsonWriter *writer, const WdQueueCounts *counts)
{
  wd_json_writer_string_member (writer, "queue", counts->queue);
  wd_json_writer_int_member (writer, "waiting", counts->waiting);
  wd_json_writer_int_member (writer, "prioritized", counts->prioritized);
  wd_json_writer_int_member (writer, "delayed", counts->delayed);
  wd_json_writer_int_member (writer, "active", counts->active);
  wd_json_writer_int_member (writer, "completed", counts->completed);
  wd_json_writer_int_member (writer, "failed", counts->failed);
  wd_json_writer_int_member (writer, "waiting_children", counts->waiting_children);
  wd_json_writer_boolean_member (writer, "paused", counts->paused);
  wd_json_writer_string_member (writer, "version", counts->version);
  wd_wire_count_member (writer, "connected_workers", counts->workers);
}

/**
 * wd_wire_queues_members:
 * @writer: a writer inside an object
 * @queues: (element-type WdQueueCounts): the queues
 */
void
wd_wire_queues_members (WdJsonWriter *writer, const GPtrArray *queues)
{
  wd_json_writer_name (writer, "queues");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < queues->len; i++)
    {
      wd_json_writer_begin_object (writer);
      wd_wire_queue_members (writer, queues->pdata[i]);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_queue_job:
 * @writer: a writer where a value may stand
 * @job: a job as its queue sees it
 */
void
wd_wire_queue_job (WdJsonWriter *writer, const WdQueueJob *job)
{
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "queue", job->queue);
  wd_json_writer_string_member (writer, "state", job->state);
  wd_json_writer_int_member (writer, "attempts_made", job->attempts_made);
  wd_json_writer_int_member (writer, "attempts_started", job->attempts_started);
  wd_json_writer_int_member (writer, "attempts", job->attempts);
  wd_json_writer_int_member (writer, "priority", job->priority);
  wd_json_writer_int_member (writer, "delay", job->delay);
  wd_wire_raw_member (writer, "progress", job->progress);
  wd_wire_time_member (writer, "processed_on", job->processed_on);
  wd_wire_time_member (writer, "finished_on", job->finished_on);
  wd_json_writer_string_member (writer, "failed_reason", job->failed_reason);
  wd_wire_strings_member (writer, "stacktrace", (const char *const *) job->stacktrace);
  wd_wire_strings_member (writer, "logs", (const char *const *) job->logs);
  wd_json_writer_end_object (writer);
}
