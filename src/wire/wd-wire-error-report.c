/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-error-report.h"

#include "wire/wd-wire-value.h"

static void
write_group (WdJsonWriter *writer, const WdErrorGroup *group)
{
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "error_group", group->name);
  wd_json_writer_int_member (writer, "failed_jobs", group->n_jobs);
  wd_json_writer_int_member (writer, "failed_last_day", group->n_last_day);
  wd_json_writer_int_member (writer, "failed_day_before", group->n_day_before);
  wd_json_writer_int_member (writer, "wallets", group->n_wallets);
  wd_wire_strings_member (writer, "job_types", (const char *const *) group->job_types);
  wd_wire_time_member (writer, "first_failed_at", group->first_failed_at);
  wd_wire_time_member (writer, "last_failed_at", group->last_failed_at);
  wd_json_writer_string_member (writer, "error_message", group->sample);
  wd_json_writer_string_member (writer, "id", group->job_id);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_error_report_members:
 * @writer: a writer inside an object
 * @report: failed jobs by what went wrong
 */
void
wd_wire_error_report_members (WdJsonWriter *writer, const WdErrorReport *report)
{
  wd_json_writer_name (writer, "groups");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < report->groups->len; i++)
    write_group (writer, report->groups->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_json_writer_int_member (writer, "total", report->n_groups);
  wd_json_writer_int_member (writer, "failed_jobs", report->n_jobs);
  wd_json_writer_boolean_member (writer, "is_complete", report->is_complete);
}
