/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-audit.h"

#include "wire/wd-wire-value.h"

/**
 * wd_wire_audit_entry:
 * @writer: a writer where a value may stand
 * @entry: a row of the audit trail; its number, before and after go in verbatim
 */
void
wd_wire_audit_entry (WdJsonWriter *writer, const WdAuditEntry *entry)
{
  wd_json_writer_begin_object (writer);
  wd_wire_raw_member (writer, "id", entry->id);
  wd_wire_time_member (writer, "at", entry->at);
  wd_json_writer_string_member (writer, "os_user", entry->os_user);
  wd_json_writer_string_member (writer, "host", entry->host);
  wd_json_writer_string_member (writer, "db_role", entry->db_role);
  wd_json_writer_string_member (writer, "client", entry->client);
  wd_json_writer_string_member (writer, "action", entry->action);
  wd_json_writer_string_member (writer, "target_type", entry->target_type);
  wd_json_writer_string_member (writer, "target_id", entry->target_id);
  wd_wire_raw_member (writer, "before", entry->before);
  wd_wire_raw_member (writer, "after", entry->after);
  wd_json_writer_end_object (writer);
}
