/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-counts.h"

#include "base/wd-error.h"
#include "postgres/wd-pg-columns.h"

/**
 * wd_pg_counts_fold:
 * @connection: a connection without an open transaction
 * @most: deltas of each table to move at most; some thousands take some ten milliseconds
 * @n_folded: (out) (optional): how many were moved; 0 also while somebody else is at it
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_NOT_MIGRATED, %WD_ERROR_PERMISSION; else as for wd_pg_connection_query()
 *
 * Worker thread. Adds changes to the counts, so that reading these stays quick. Reading is exact
 * without it too.
 */
gboolean
wd_pg_counts_fold (WdPgConnection *connection, guint most, guint *n_folded, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = NULL;
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  WdPgOutcome outcome;

  g_return_val_if_fail (connection != NULL, FALSE);

  columns = wd_pg_columns_get (connection, deadline, cancellable, error);
  if (columns == NULL || !wd_pg_columns_require_schema (columns, error)
      || !wd_pg_connection_begin (connection, FALSE, 0, deadline, cancellable, error))
    return FALSE;
  wd_pg_params_int (params, most);
  result = wd_pg_connection_query (connection, "SELECT worker_dashboard.fold_counts($1::integer)",
                                   params, deadline, cancellable, error);
  if (result == NULL)
    {
      wd_pg_connection_rollback (connection);
      return FALSE;
    }
  if (n_folded != NULL)
    *n_folded = (guint) wd_pg_result_int (result, 0, 0);
  return wd_pg_connection_commit (connection, &outcome, deadline, cancellable, error);
}
