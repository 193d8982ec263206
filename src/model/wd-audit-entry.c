/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-audit-entry.h"

static void
clear_entry (WdAuditEntry *self)
{
  g_free (self->id);
  g_free (self->os_user);
  g_free (self->host);
  g_free (self->db_role);
  g_free (self->client);
  g_free (self->action);
  g_free (self->target_type);
  g_free (self->target_id);
  g_free (self->before);
  g_free (self->after);
}

WD_DEFINE_RECORD (WdAuditEntry, wd_audit_entry, clear_entry)

/**
 * wd_audit_entry_equal:
 * @a: an entry
 * @b: another
 *
 * Returns: whether every field is the same; entries never change, so this is so for one id
 */
gboolean
wd_audit_entry_equal (const WdAuditEntry *a, const WdAuditEntry *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_strcmp0 (a->id, b->id) == 0
         && a->at == b->at
         && g_strcmp0 (a->os_user, b->os_user) == 0
         && g_strcmp0 (a->host, b->host) == 0
         && g_strcmp0 (a->db_role, b->db_role) == 0
         && g_strcmp0 (a->client, b->client) == 0
         && g_strcmp0 (a->action, b->action) == 0
         && g_strcmp0 (a->target_type, b->target_type) == 0
         && g_strcmp0 (a->target_id, b->target_id) == 0
         && g_strcmp0 (a->before, b->before) == 0
         && g_strcmp0 (a->after, b->after) == 0;
}
