/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdAuditEntry:
 * @id: its number, as text
 * @at: when it was written, by the database's clock
 * @os_user: (nullable): who was at the keyboard
 * @host: (nullable): of which machine
 * @db_role: by which role of the database
 * @client: (nullable): by which program
 * @action: as the database has it; wd_audit_action_label() knows ours
 * @target_type: (nullable): `job`, `wallet`, `queue`, `setting`, `migration` or `token`
 * @target_id: (nullable): a job's row, a wallet's address, a name
 * @before: (nullable): JSON text: what the target was
 * @after: (nullable): JSON text: what it became
 *
 * A row of the audit trail. Immutable once published.
 */
typedef struct {
  char *id;
  WdTime at;
  char *os_user;
  char *host;
  char *db_role;
  char *client;
  char *action;
  char *target_type;
  char *target_id;
  char *before;
  char *after;
} WdAuditEntry;

WD_DECLARE_RECORD (WdAuditEntry, wd_audit_entry)

gboolean wd_audit_entry_equal (const WdAuditEntry *a, const WdAuditEntry *b);

G_END_DECLS
