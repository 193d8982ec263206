/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-audit-list.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-audit-query.h"
#include "postgres/wd-pg-audit-row.h"
#include "postgres/wd-pg-list.h"

static gpointer
read_row (WdPgResult *result, guint row)
{
  return wd_pg_audit_from_row (result, row);
}

/**
 * wd_pg_audit_list:
 * @connection: a connection without an open transaction
 * @filter: which entries
 * @request: in which direction, and which page
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_list_run(); %WD_ERROR_NOT_MIGRATED where there is no trail yet
 *
 * Worker thread. Returns: (transfer full): a page of #WdAuditEntry
 */
WdPage *
wd_pg_audit_list (WdPgConnection *connection, const WdAuditFilter *filter,
                  const WdPageRequest *request, gint64 deadline, GCancellable *cancellable,
                  GError **error)
{
  static const WdPgListKind kind = { WD_PG_AUDIT_N_COLUMNS, read_row,
                                     (GDestroyNotify) wd_audit_entry_unref };
  g_autoptr (WdPgListQuery) query = NULL;
  g_autoptr (GError) local = NULL;
  WdPage *page;

  g_return_val_if_fail (filter != NULL && request != NULL, NULL);

  query = wd_pg_audit_query_new (filter, request, error);
  if (query == NULL)
    return NULL;
  page = wd_pg_list_run (connection, query, NULL, request, &kind, deadline, cancellable, &local);
  if (page != NULL)
    return page;
  if (g_error_matches (local, WD_ERROR, WD_ERROR_NOT_MIGRATED))
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_MIGRATED,
                         _("There is no audit trail in this database yet. The migrations make "
                           "it."));
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
