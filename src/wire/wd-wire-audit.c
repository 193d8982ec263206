/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-audit.h"

/**
 * wd_wire_audit_fields:
 *
 * Returns: (transfer none): the fields of a row of the audit trail
 */
const WdWireField *
wd_wire_audit_fields (void)
{
  static const WdWireField fields[] = {
    { "id", WD_WIRE_JSON, G_STRUCT_OFFSET (WdAuditEntry, id) },
    { "at", WD_WIRE_TIME, G_STRUCT_OFFSET (WdAuditEntry, at) },
    { "os_user", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdAuditEntry, os_user) },
    { "host", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdAuditEntry, host) },
    { "db_role", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdAuditEntry, db_role) },
    { "client", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdAuditEntry, client) },
    { "action", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdAuditEntry, action) },
    { "target_type", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdAuditEntry, target_type) },
    { "target_id", WD_WIRE_TEXT, G_STRUCT_OFFSET (WdAuditEntry, target_id) },
    { "before", WD_WIRE_JSON, G_STRUCT_OFFSET (WdAuditEntry, before) },
    { "after", WD_WIRE_JSON, G_STRUCT_OFFSET (WdAuditEntry, after) },
    { NULL },
  };

  return fields;
}

/**
 * wd_wire_audit_entry:
 * @writer: a writer where a value may stand
 * @entry: a row of the audit trail; its number, before and after go in verbatim
 */
void
wd_wire_audit_entry (WdJsonWriter *writer, const WdAuditEntry *entry)
{
  wd_json_writer_begin_object (writer);
  wd_wire_fields_members (writer, wd_wire_audit_fields (), entry);
  wd_json_writer_end_object (writer);
}
