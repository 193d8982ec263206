/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-audit-row.h"

/**
 * wd_pg_audit_from_row:
 * @result: rows of a statement whose first columns are those of wd_pg_audit_query_new()
 * @row: from 0
 *
 * Returns: (transfer full): the entry
 */
WdAuditEntry *
wd_pg_audit_from_row (WdPgResult *result, guint row)
{
  WdAuditEntry *entry = wd_audit_entry_new ();
  char **texts[WD_PG_AUDIT_N_COLUMNS] = {
    &entry->id, NULL, &entry->os_user, &entry->host, &entry->db_role, &entry->client,
    &entry->action, &entry->target_type, &entry->target_id, &entry->before, &entry->after,
  };

  for (guint i = 0; i < WD_PG_AUDIT_N_COLUMNS; i++)
    if (texts[i] != NULL)
      *texts[i] = g_strdup (wd_pg_result_text (result, row, i));
  entry->at = wd_pg_result_time (result, row, 1);
  return entry;
}
