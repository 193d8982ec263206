/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-queue-jobs.h"

#include <string.h>

#include "wire/wd-wire-job.h"
#include "wire/wd-wire-queue.h"
#include "wire/wd-wire-value.h"

/* Data that was cut would be no JSON: its size alone tells of it. */
static void
write_data (WdJsonWriter *writer, const WdQueueJob *job)
{
  gboolean is_whole = job->data != NULL && (gint64) strlen (job->data) >= job->data_size;

  wd_wire_raw_member (writer, "data", is_whole ? job->data : NULL);
  wd_json_writer_int_member (writer, "data_size", job->data_size);
}

static void
write_parent (WdJsonWriter *writer, const WdQueueJob *job)
{
  wd_json_writer_name (writer, "parent");
  if (job->parent_id == NULL)
    {
      wd_json_writer_null (writer);
      return;
    }
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "queue", job->parent_queue);
  wd_json_writer_string_member (writer, "id", job->parent_id);
  wd_json_writer_end_object (writer);
}

/* Whichever document tells of it. */
static void
write_job (WdJsonWriter *writer, const WdQueueJob *job)
{
  wd_json_writer_string_member (writer, "id", job->id);
  wd_json_writer_string_member (writer, "name", job->name);
  wd_json_writer_string_member (writer, "queue_state", job->state);
  wd_json_writer_boolean_member (writer, "has_record", job->has_record);
  write_data (writer, job);
  wd_json_writer_int_member (writer, "attempts_made", job->attempts_made);
  wd_json_writer_int_member (writer, "attempts_started", job->attempts_started);
  wd_json_writer_int_member (writer, "attempts", job->attempts);
  wd_json_writer_int_member (writer, "stalled", job->stalled);
  wd_json_writer_int_member (writer, "priority", job->priority);
  wd_json_writer_int_member (writer, "delay", job->delay);
  wd_wire_raw_member (writer, "progress", job->progress);
  wd_wire_time_member (writer, "added_on", job->timestamp);
  wd_wire_time_member (writer, "due_on", job->due);
  wd_wire_time_member (writer, "processed_on", job->processed_on);
  wd_wire_time_member (writer, "finished_on", job->finished_on);
  wd_json_writer_string_member (writer, "failed_reason", job->failed_reason);
  wd_json_writer_string_member (writer, "worker", job->worker);
  wd_json_writer_boolean_member (writer, "locked", job->lock_ms >= 0);
  wd_json_writer_string_member (writer, "deduplication_id", job->deduplication_id);
  write_parent (writer, job);
  wd_json_writer_int_member (writer, "children", job->n_children);
}

/**
 * wd_wire_queue_job_entry_members:
 * @writer: a writer inside an object
 * @entry: a job in a list of its queue
 */
void
wd_wire_queue_job_entry_members (WdJsonWriter *writer, const WdQueueJobEntry *entry)
{
  const WdJob *row = entry->row;

  write_job (writer, entry->job);
  wd_json_writer_string_member (writer, "job_log_id", row != NULL ? row->id : NULL);
  wd_json_writer_string_member (writer, "job_type", row != NULL ? row->job_type : NULL);
  wd_json_writer_string_member (writer, "status", row != NULL ? row->status : NULL);
  wd_json_writer_string_member (writer, "wallet_address", row != NULL ? row->wallet_address : NULL);
}

/**
 * wd_wire_queue_jobs_members:
 * @writer: a writer inside an object
 * @page: jobs of a queue
 */
void
wd_wire_queue_jobs_members (WdJsonWriter *writer, const WdQueueJobs *page)
{
  wd_json_writer_string_member (writer, "queue", page->request->queue);
  wd_json_writer_string_member (writer, "state", page->request->state);
  wd_json_writer_boolean_member (writer, "paused", page->counts->paused);
  wd_json_writer_string_member (writer, "layout", page->counts->layout);
  wd_json_writer_int_member (writer, "total", page->total);
  wd_json_writer_int_member (writer, "offset", page->request->offset);
  wd_wire_time_member (writer, "read_at", page->read_at);
  wd_json_writer_string_member (writer, "rows_error", page->rows_error);
  wd_json_writer_name (writer, "jobs");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < page->entries->len; i++)
    {
      wd_json_writer_begin_object (writer);
      wd_wire_queue_job_entry_members (writer, page->entries->pdata[i]);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_queue_job_members:
 * @writer: a writer inside an object
 * @detail: a job that was asked for by its queue
 */
void
wd_wire_queue_job_members (WdJsonWriter *writer, const WdJobDetail *detail)
{
  const WdQueueJob *job = detail->queue_job;

  wd_json_writer_string_member (writer, "queue", job->queue);
  write_job (writer, job);
  wd_wire_raw_member (writer, "return_value", job->return_value);
  wd_wire_strings_member (writer, "stacktrace", (const char *const *) job->stacktrace);
  wd_wire_strings_member (writer, "logs", (const char *const *) job->logs);
  wd_json_writer_string_member (writer, "row_error", detail->row_error);
  wd_json_writer_name (writer, "row");
  if (detail->job != NULL)
    wd_wire_job (writer, detail->job);
  else
    wd_json_writer_null (writer);
}

static void
write_node (WdJsonWriter *writer, const WdFlowNode *node, gboolean is_root)
{
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "queue", node->queue);
  wd_json_writer_string_member (writer, "id", node->id);
  wd_json_writer_string_member (writer, "name", node->name);
  wd_json_writer_string_member (writer, "queue_state", node->state);
  wd_json_writer_string_member (writer, "failed_reason", node->failed_reason);
  wd_json_writer_string_member (writer, "link", is_root ? NULL : wd_flow_link_word (node->link));
  wd_json_writer_boolean_member (writer, "asked_for", node->is_subject);
  wd_json_writer_boolean_member (writer, "repeated", node->is_repeated);
  wd_json_writer_string_member (writer, "job_log_id", node->job_log_id);
  wd_json_writer_string_member (writer, "status", node->row_status);
  for (WdFlowLink link = 0; link < WD_FLOW_N_LINKS; link++)
    wd_json_writer_int_member (writer, wd_flow_link_word (link), node->n_children[link]);
  wd_json_writer_int_member (writer, "more", node->n_more);
  wd_json_writer_name (writer, "children");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < node->children->len; i++)
    write_node (writer, node->children->pdata[i], FALSE);
  wd_json_writer_end_array (writer);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_flow_members:
 * @writer: a writer inside an object
 * @flow: a flow
 */
void
wd_wire_flow_members (WdJsonWriter *writer, const WdFlow *flow)
{
  wd_json_writer_int_member (writer, "jobs", flow->n_nodes);
  wd_json_writer_boolean_member (writer, "more_above", flow->has_more_above);
  wd_wire_time_member (writer, "read_at", flow->read_at);
  wd_json_writer_string_member (writer, "rows_error", flow->rows_error);
  wd_json_writer_name (writer, "root");
  write_node (writer, flow->root, TRUE);
}
