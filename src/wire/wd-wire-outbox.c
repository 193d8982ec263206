/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-outbox.h"

#include "wire/wd-wire-result.h"
#include "wire/wd-wire-value.h"

static void
write_entry (WdJsonWriter *writer, const WdOutboxEntry *entry)
{
  wd_json_writer_begin_object (writer);
  wd_json_writer_string_member (writer, "id", entry->id);
  wd_json_writer_string_member (writer, "job_id", entry->job_id);
  wd_json_writer_string_member (writer, "operation", entry->operation);
  wd_json_writer_string_member (writer, "queue", entry->queue);
  wd_wire_time_member (writer, "created_at", entry->created_at);
  wd_json_writer_int_member (writer, "attempts", entry->attempts);
  wd_json_writer_string_member (writer, "last_error", entry->last_error);
  wd_json_writer_string_member (writer, "verdict", entry->verdict);
  wd_json_writer_end_object (writer);
}

/**
 * wd_wire_outbox_members:
 * @writer: a writer inside an object
 * @entries: (element-type WdOutboxEntry): what is not known to be delivered
 */
void
wd_wire_outbox_members (WdJsonWriter *writer, const GPtrArray *entries)
{
  wd_json_writer_name (writer, "entries");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < entries->len; i++)
    write_entry (writer, entries->pdata[i]);
  wd_json_writer_end_array (writer);
}

static void
write_ids (WdJsonWriter *writer, const GPtrArray *ids)
{
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < ids->len; i++)
    wd_json_writer_string (writer, ids->pdata[i]);
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_outbox_report_members:
 * @writer: a writer inside an object
 * @done: what became of the entries done: `sent` or `discarded`
 * @report: what was done and what was left
 *
 * Those discarded that may have been queued before stand in `perhaps_queued`, too, where there are
 * any.
 */
void
wd_wire_outbox_report_members (WdJsonWriter *writer, const char *done, const WdOutboxReport *report)
{
  wd_json_writer_name (writer, done);
  write_ids (writer, report->done);
  if (report->perhaps->len > 0)
    {
      wd_json_writer_name (writer, "perhaps_queued");
      write_ids (writer, report->perhaps);
    }
  wd_wire_refusals_member (writer, "left", "id", report->left);
}
