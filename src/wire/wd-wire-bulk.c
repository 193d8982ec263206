/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-bulk.h"

#include "wire/wd-wire-result.h"
#include "wire/wd-wire-value.h"

static void
write_counts (WdJsonWriter *writer, const GPtrArray *counts)
{
  wd_json_writer_name (writer, "types");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < counts->len; i++)
    {
      const WdBulkCount *count = counts->pdata[i];

      wd_json_writer_begin_object (writer);
      wd_json_writer_string_member (writer, "job_type", count->job_type);
      wd_json_writer_int_member (writer, "jobs", count->n);
      wd_json_writer_int_member (writer, "retries_exhausted", count->exhausted);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_bulk_members:
 * @writer: a writer inside an object
 * @run: a bulk run
 */
void
wd_wire_bulk_members (WdJsonWriter *writer, const WdBulkRun *run)
{
  wd_json_writer_string_member (writer, "id", run->id);
  wd_json_writer_string_member (writer, "operation", run->operation);
  wd_json_writer_boolean_member (writer, "reset", run->reset);
  wd_json_writer_string_member (writer, "state", run->state);
  wd_json_writer_int_member (writer, "total", run->total);
  wd_json_writer_int_member (writer, "done", run->done);
  wd_json_writer_int_member (writer, "left", run->total - run->done - run->refused);
  wd_json_writer_int_member (writer, "refused_count", run->refused);
  wd_wire_time_member (writer, "created_at", run->created_at);
  wd_json_writer_string_member (writer, "created_by", run->created_by);
  wd_wire_time_member (writer, "heartbeat", run->heartbeat);
  wd_json_writer_string_member (writer, "last_error", run->last_error);
  if (run->counts != NULL)
    write_counts (writer, run->counts);
  if (run->refusals != NULL)
    wd_wire_refusals_member (writer, "refused", "id", run->refusals);
}

/**
 * wd_wire_bulk_list_members:
 * @writer: a writer inside an object
 * @runs: (element-type WdBulkRun): bulk runs
 */
void
wd_wire_bulk_list_members (WdJsonWriter *writer, const GPtrArray *runs)
{
  wd_json_writer_name (writer, "runs");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < runs->len; i++)
    {
      wd_json_writer_begin_object (writer);
      wd_wire_bulk_members (writer, runs->pdata[i]);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}
