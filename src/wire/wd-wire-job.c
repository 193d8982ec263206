/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-job.h"

#include "wire/wd-wire-queue.h"

/**
 * wd_wire_job_fields:
 *
 * Returns: (transfer none): the fields of a row of `job_logs`
 */
const WdWireField *
wd_wire_job_fields (void)
{
  static const WdWireField fields[] = {
    { "id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdJob, id) },
    { "job_id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdJob, job_id) },
    { "job_type", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdJob, job_type) },
    { "status", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdJob, status) },
    { "wallet_address", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdJob, wallet_address) },
    { "user_id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdJob, user_id) },
    { "triggered_by", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdJob, triggered_by) },
    { "data", WD_WIRE_JSON, G_STRUCT_OFFSET (WdJob, data) },
    { "error_message", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdJob, error_message) },
    { "started_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdJob, started_at) },
    { "completed_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdJob, completed_at) },
    { "retry_count", WD_WIRE_INT, G_STRUCT_OFFSET (WdJob, retry_count) },
    { "max_retries", WD_WIRE_INT, G_STRUCT_OFFSET (WdJob, max_retries) },
    { "created_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdJob, created_at) },
    { "updated_at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdJob, updated_at) },
    { NULL },
  };

  return fields;
}

/**
 * wd_wire_job_listed_fields:
 *
 * The main thread only.
 *
 * Returns: (transfer none): what a list has read of its rows: all but their data
 */
const WdWireField *
wd_wire_job_listed_fields (void)
{
  static WdWireField listed[32];
  guint n = 0;

  if (listed[0].name == NULL)
    for (const WdWireField *field = wd_wire_job_fields (); field->name != NULL; field++)
      if (field->kind != WD_WIRE_JSON)
        listed[n++] = *field;
  return listed;
}

/**
 * wd_wire_job_members:
 * @writer: a writer inside an object
 * @job: a row; its data goes in verbatim
 */
void
wd_wire_job_members (WdJsonWriter *writer, const WdJob *job)
{
  wd_wire_fields_members (writer, wd_wire_job_fields (), job);
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
