/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-drift.h"

#include "wire/wd-wire-value.h"

static void
write_remedies (WdJsonWriter *writer, guint remedies)
{
  wd_json_writer_name (writer, "remedies");
  wd_json_writer_begin_array (writer);
  for (guint bit = 1; bit <= WD_DRIFT_REMOVE; bit <<= 1)
    if (remedies & bit)
      wd_json_writer_string (writer, wd_drift_remedy_word (bit));
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_drift_item_members:
 * @writer: a writer inside an object
 * @drift: one disagreement
 */
void
wd_wire_drift_item_members (WdJsonWriter *writer, const WdDrift *drift)
{
  wd_json_writer_string_member (writer, "id", drift->id);
  wd_json_writer_string_member (writer, "kind", wd_drift_kind_word (drift->kind));
  wd_json_writer_string_member (writer, "queue", drift->queue);
  wd_json_writer_string_member (writer, "queue_job_id", drift->queue_id);
  wd_json_writer_string_member (writer, "job_log_id", drift->job_log_id);
  wd_json_writer_string_member (writer, "job_id", drift->job_id);
  wd_json_writer_string_member (writer, "job_type", drift->job_type);
  wd_json_writer_string_member (writer, "wallet_address", drift->wallet_address);
  wd_json_writer_string_member (writer, "status", drift->row_status);
  wd_json_writer_string_member (writer, "queue_state", drift->queue_state);
  wd_wire_time_member (writer, "since", drift->since);
  wd_json_writer_string_member (writer, "ran",
                                drift->kind == WD_DRIFT_LOST ? wd_queue_ran_word (drift->ran)
                                                             : NULL);
  write_remedies (writer, drift->remedies);
  wd_json_writer_string_member (writer, "message", drift->explanation);
}

static void
write_count (WdJsonWriter *writer, const WdDriftCount *count)
{
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "kind", wd_drift_kind_word (count->kind));
  wd_json_writer_string_member (writer, "job_type", count->job_type);
  wd_json_writer_int_member (writer, "count", count->n);
  wd_wire_time_member (writer, "oldest", count->oldest);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_drift_members:
 * @writer: a writer inside an object
 * @report: how rows and queues disagree
 */
void
wd_wire_drift_members (WdJsonWriter *writer, const WdDriftReport *report)
{
  wd_wire_time_member (writer, "checked_at", report->checked_at);
  wd_json_writer_int_member (writer, "jobs_compared", report->n_jobs);
  wd_json_writer_int_member (writer, "rows_compared", report->n_rows);
  wd_json_writer_int_member (writer, "total", wd_drift_report_total (report));
  wd_json_writer_name (writer, "counts");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < report->counts->len; i++)
    write_count (writer, report->counts->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_json_writer_name (writer, "items");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < report->items->len; i++)
    {
      wd_json_writer_begin_object (writer);
      wd_wire_drift_item_members (writer, report->items->pdata[i]);
      wd_json_writer_end_object (writer);
    }
  wd_json_writer_end_array (writer);
  wd_wire_strings_member (writer, "notes", (const char *const *) report->notes);
}
