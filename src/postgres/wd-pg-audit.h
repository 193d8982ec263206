/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-audit-action.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/* How every statement that writes the trail begins. */
#define WD_PG_AUDIT_INSERT                                                                \
  "INSERT INTO worker_dashboard.audit (os_user, host, client, action, target_type, "      \
  "target_id, before, after) "

/**
 * WdPgAuditRow:
 * @action: a word of wd-audit-action.h
 * @target_type: `job`, `wallet`, `queue`, `bulk`, `setting`, `migration` or `token`
 * @target_id: which
 * @before: (nullable): JSON text
 * @after: (nullable): JSON text
 *
 * One row, but for who and when. Nothing is owned.
 */
typedef struct {
  const char *action;
  const char *target_type;
  const char *target_id;
  const char *before;
  const char *after;
} WdPgAuditRow;

guint    wd_pg_audit_add_actor (WdPgParams *params, WdPgConnection *connection);
gboolean wd_pg_audit_write (WdPgConnection *connection, const WdPgAuditRow *row, gint64 deadline,
                            GCancellable *cancellable, GError **error);
gboolean wd_pg_audit_write_alone (WdPgConnection *connection, const WdPgAuditRow *row,
                                  gint64 deadline, GCancellable *cancellable, GError **error);
gboolean wd_pg_audit_may_write (WdPgConnection *connection, gint64 deadline,
                                GCancellable *cancellable, GError **error);

G_END_DECLS
