/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-job.h"

#include "wire/wd-wire-queue.h"
#include "wire/wd-wire-value.h"

/**
 * wd_wire_job_members:
 * @writer: a writer inside an object
 * @job: a row
 *
 * Writes a row of `job_logs`; its data goes in verbatim.
 */
void
wd_wire_job_members (WdJsonWriter *writer, const WdJob *job)
{
  wd_json_writer_string_member (writer, "id", job->id);
  wd_json_writer_string_member (writer, "job_id", job->job_id);
  wd_json_writer_string_member (writer, "job_type", job->job_type);
  wd_json_writer_string_member (writer, "status", job->status);
  wd_json_writer_string_member (writer, "wallet_address", job->wallet_address);
  wd_json_writer_string_member (writer, "user_id", job->user_id);
  wd_json_writer_string_member (writer, "triggered_by", job->triggered_by);
  wd_wire_raw_member (writer, "data", job->data);
  wd_json_writer_string_member (writer, "error_message", job->error_message);
  wd_wire_time_member (writer, "started_at", job->started_at);
  wd_wire_time_member (writer, "completed_at", job->completed_at);
  wd_wire_int_member (writer, "retry_count", job->retry_count);
  wd_wire_int_member (writer, "max_retries", job->max_retries);
  wd_wire_time_member (writer, "created_at", job->created_at);
  wd_wire_time_member (writer, "updated_at", job->updated_at);
}

/**
 * wd_wire_job:
 * @writer: a writer where a value may stand
 * @job: a row
 */
void
wd_wire_job (WdJsonWriter *writer, const WdJob *job)
{
  wd_json_writer_begin_object (writer);
  wd_wire_job_members (writer, job);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_job_detail_members:
 * @writer: a writer inside an object
 * @detail: a row and its queue's view of it
 */
void
wd_wire_job_detail_members (WdJsonWriter *writer, const WdJobDetail *detail)
{
  wd_wire_job_members (writer, detail->job);
  wd_json_writer_name (writer, "queue_job");
  if (detail->queue_job != NULL)
    wd_wire_queue_job (writer, detail->queue_job);
  else
    wd_json_writer_null (writer);
}
