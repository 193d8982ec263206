/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Since when jobs wait, as their rows tell it. Where workers poll the rows nothing else does. */

#include "postgres/wd-pg-pending.h"

/* How many of those that were made first are looked at. */
#define FIRST_ROWS "100"

static gboolean
has (const WdPgColumns *columns, const char *name)
{
  return wd_pg_columns_find (columns, WD_PG_JOB_LOGS, name) != NULL;
}

/**
 * wd_pg_pending_since:
 * @columns: what the database has
 *
 * A job that is tried again waits since then, not since it was made.
 *
 * Returns: (transfer full): SQL of since when a pending row of `job_logs AS j` waits
 */
char *
wd_pg_pending_since (const WdPgColumns *columns)
{
  g_return_val_if_fail (columns != NULL, NULL);

  if (has (columns, "created_at") && has (columns, "updated_at"))
    return g_strdup ("greatest(j.created_at, j.updated_at)::timestamptz");
  return g_strdup (has (columns, "created_at") ? "j.created_at::timestamptz"
                                               : "NULL::timestamptz");
}

/**
 * wd_pg_pending_oldest:
 * @columns: what the database has
 * @job_type: SQL of a type
 *
 * Only where an index finds it, at any size.
 *
 * Returns: (transfer full): SQL of since when the pending job of that type waits that waits
 *   longest; null where none waits, or that cannot be told
 */
char *
wd_pg_pending_oldest (const WdPgColumns *columns, const char *job_type)
{
  g_autofree char *since = NULL;

  g_return_val_if_fail (columns != NULL && job_type != NULL, NULL);

  if (!wd_pg_columns_has_order (columns, WD_PG_JOB_LOGS, "status,job_type,created_at"))
    return g_strdup ("NULL::timestamptz");
  since = wd_pg_pending_since (columns);
  return g_strdup_printf (
    "(SELECT min(p.since) FROM (SELECT %s AS since FROM public.job_logs AS j"
    " WHERE j.status = 'pending' AND j.job_type = %s ORDER BY j.created_at LIMIT " FIRST_ROWS
    ") AS p WHERE p.since < 'infinity')", since, job_type);
}
