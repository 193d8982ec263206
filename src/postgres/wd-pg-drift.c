/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows as they are compared with their queues: read in slices by an index, or by the ids of
 * jobs. */

#include "postgres/wd-pg-drift.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-job-row.h"

/* %s: the columns of a row; whether it has data; which rows. What is added begins behind those of a
 * job. */
#define SQL_ROW                                                                            \
  "SELECT %s, %s, EXISTS (SELECT FROM worker_dashboard.outbox AS o "                       \
  "WHERE o.job_log_id = j.id), clock_timestamp() FROM public.job_logs AS j %s"

/* Rows of which nobody knows when they were made come last, and a comparison with a time finds none
 * of them. */
#define SQL_FIRST                                                                          \
  "WHERE j.status = $1 ORDER BY j.created_at, j.id LIMIT $2::bigint"
#define SQL_NEXT                                                                           \
  "WHERE j.status = $1 AND (j.created_at, j.id) > ($3::timestamptz, $4::uuid) "            \
  "ORDER BY j.created_at, j.id LIMIT $2::bigint"
#define SQL_NEXT_UNDATED                                                                   \
  "WHERE j.status = $1 AND j.created_at IS NULL "                                          \
  "AND ($3::uuid IS NULL OR j.id > $3::uuid) ORDER BY j.id LIMIT $2::bigint"

#define SQL_FIND "WHERE j.job_id = ANY ($1::text[])"

/**
 * wd_pg_drift_row_free:
 * @self: (transfer full): a row
 */
void
wd_pg_drift_row_free (WdPgDriftRow *self)
{
  wd_job_unref (self->job);
  g_free (self);
}

static WdTime
last_change (const WdJob *job)
{
  const WdTime times[] = { job->created_at, job->updated_at, job->started_at, job->completed_at };
  WdTime last = WD_TIME_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (wd_time_is_finite (times[i]))
      last = MAX (last, times[i]);
  return last;
}

static GPtrArray *
select_rows (WdPgConnection *self, const char *which, WdPgParams *params, gint64 deadline,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *select = NULL, *sql = NULL;
  GPtrArray *rows;

  if (columns == NULL)
    return NULL;
  select = wd_pg_columns_job_select (columns, FALSE);
  sql = g_strdup_printf (SQL_ROW, select,
                         wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "data") != NULL
                           ? "j.data IS NOT NULL" : "false", which);
  result = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_pg_drift_row_free);
  for (guint i = 0; i < wd_pg_result_get_rows (result); i++)
    {
      WdPgDriftRow *row = g_new0 (WdPgDriftRow, 1);
      WdTime changed;

      row->job = wd_pg_job_from_row (result, i);
      row->has_data = wd_pg_result_bool (result, i, WD_PG_JOB_N_COLUMNS);
      row->promised = wd_pg_result_bool (result, i, WD_PG_JOB_N_COLUMNS + 1);
      changed = last_change (row->job);
      row->age_ms = changed == WD_TIME_NONE
                      ? G_MAXINT64
                      : (wd_pg_result_time (result, i, WD_PG_JOB_N_COLUMNS + 2) - changed) / 1000;
      g_ptr_array_add (rows, row);
    }
  return rows;
}

static GPtrArray *
select_undated (WdPgConnection *self, const char *status, const char *after, guint limit,
                gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();

  wd_pg_params_text (params, status);
  wd_pg_params_int (params, limit);
  wd_pg_params_text (params, after);
  return select_rows (self, SQL_NEXT_UNDATED, params, deadline, cancellable, error);
}

/**
 * wd_pg_drift_can_compare:
 * @self: a connection
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_MIGRATED where what is promised cannot be told from what is lost, or the
 *   rows of a status cannot be read in slices
 *
 * Worker.
 */
gboolean
wd_pg_drift_can_compare (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);

  if (columns == NULL || !wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error)
      || !wd_pg_columns_require_schema (columns, error))
    return FALSE;
  if (wd_pg_columns_has_order (columns, WD_PG_JOB_LOGS, "status,created_at,id"))
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_MIGRATED,
                       _("Rows cannot be compared with the queues: job_logs has no index by status "
                         "and time. Run “wdctl migrate”."));
  return FALSE;
}

/**
 * wd_pg_drift_unfinished:
 * @self: a connection to a migrated database
 * @status: of the rows
 * @after: (nullable): the last row of the slice before
 * @limit: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdPgDriftRow): the next rows of that status, oldest first.
 *   Worker.
 */
GPtrArray *
wd_pg_drift_unfinished (WdPgConnection *self, const char *status, const WdPgDriftRow *after,
                        guint limit, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) undated = NULL;
  GPtrArray *rows;

  wd_pg_params_text (params, status);
  wd_pg_params_int (params, limit);
  if (after == NULL)
    return select_rows (self, SQL_FIRST, params, deadline, cancellable, error);
  if (after->job->created_at == WD_TIME_NONE)
    return select_undated (self, status, after->job->id, limit, deadline, cancellable, error);
  wd_pg_params_time (params, after->job->created_at);
  wd_pg_params_text (params, after->job->id);
  rows = select_rows (self, SQL_NEXT, params, deadline, cancellable, error);
  if (rows == NULL || rows->len == limit)
    return rows;
  undated = select_undated (self, status, NULL, limit - rows->len, deadline, cancellable, error);
  if (undated == NULL)
    {
      g_ptr_array_unref (rows);
      return NULL;
    }
  g_ptr_array_extend_and_steal (rows, g_steal_pointer (&undated));
  return rows;
}

/**
 * wd_pg_drift_find:
 * @self: a connection to a migrated database
 * @job_ids: (array length=n_job_ids): as rows carry them
 * @n_job_ids: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdPgDriftRow): the rows about them, in no order. Worker.
 */
GPtrArray *
wd_pg_drift_find (WdPgConnection *self, const char *const *job_ids, gsize n_job_ids,
                  gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();

  wd_pg_params_text_array (params, job_ids, n_job_ids);
  return select_rows (self, SQL_FIND, params, deadline, cancellable, error);
}
