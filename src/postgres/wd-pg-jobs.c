/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-jobs.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-count-query.h"
#include "postgres/wd-pg-job-query.h"
#include "postgres/wd-pg-job-row.h"
#include "postgres/wd-pg-list.h"

/* Where the table does not forbid it, several rows may name one job. */
#define MOST_ROWS_OF_A_JOB 4

typedef struct {
  const WdJobFilter *filter;
  const WdPageRequest *request;
} ListData;

typedef struct {
  const char *const *ids;
  gsize n_ids;
  gboolean rows_only;
  gboolean by_index;
  GPtrArray *missing; /* element-type utf8 */
} FindData;

static gpointer
read_row (WdPgResult *result, guint row)
{
  return wd_pg_job_from_row (result, row);
}

static gpointer
list (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  static const WdPgListKind kind = { WD_PG_JOB_N_COLUMNS, read_row, (GDestroyNotify) wd_job_unref };
  const ListData *wanted = data;
  g_autoptr (WdPgListQuery) query = NULL;
  g_autoptr (WdPgParams) params = NULL;
  g_autofree char *sql = NULL;
  WdPgStatement total;

  query = wd_pg_job_query_new (columns, wanted->filter, wanted->request, error);
  if (query == NULL)
    return NULL;
  sql = wd_pg_count_query_jobs (columns, wanted->filter, &params);
  total = (WdPgStatement) { sql, params, TRUE };
  return wd_pg_list_run (connection, query, sql != NULL ? &total : NULL, wanted->request, &kind,
                         deadline, cancellable, error);
}

/* Row ids win over job_ids. What is no UUID cannot be a row's id, and is null among those. */
static char *
find_sql (const WdPgColumns *columns, const FindData *wanted, WdPgParams *params)
{
  g_autofree char *select = wd_pg_columns_job_select (columns, TRUE);
  g_autoptr (GPtrArray) uuids = g_ptr_array_new ();

  for (gsize i = 0; i < wanted->n_ids; i++)
    g_ptr_array_add (uuids, g_uuid_string_is_valid (wanted->ids[i]) ? (char *) wanted->ids[i]
                                                                    : NULL);
  wd_pg_params_text_array (params, wanted->ids, wanted->n_ids);
  wd_pg_params_text_array (params, (const char *const *) uuids->pdata, uuids->len);
  if (wanted->rows_only)
    return g_strdup_printf (
      "SELECT %s, want.place FROM ROWS FROM (unnest($1::text[]), unnest($2::uuid[]))"
      " WITH ORDINALITY AS want (word, uuid, place) JOIN LATERAL (SELECT r.*"
      " FROM public.job_logs AS r WHERE r.id = want.uuid LIMIT 1) AS j ON TRUE"
      " ORDER BY want.place", select);
  return g_strdup_printf (
    "SELECT %s, want.place FROM ROWS FROM (unnest($1::text[]), unnest($2::uuid[]))"
    " WITH ORDINALITY AS want (word, uuid, place)"
    " JOIN LATERAL ("
    "SELECT r.*, 0 AS wd_rank FROM public.job_logs AS r WHERE r.id = want.uuid"
    " UNION ALL SELECT r.*, 1 FROM public.job_logs AS r WHERE r.job_id = want.word"
    " ORDER BY wd_rank LIMIT 1) AS j ON TRUE ORDER BY want.place", select);
}

static gpointer
find (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  FindData *wanted = data;
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *sql = NULL;
  gsize place = 0;

  if (!wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return NULL;
  sql = find_sql (columns, wanted, params);
  result = wd_pg_connection_query (connection, sql, params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      gsize found = (gsize) wd_pg_result_int (result, row, WD_PG_JOB_N_COLUMNS) - 1;

      for (; place < found; place++)
        g_ptr_array_add (wanted->missing, g_strdup (wanted->ids[place]));
      place = found + 1;
      g_ptr_array_add (jobs, wd_pg_job_from_row (result, row));
    }
  for (; place < wanted->n_ids; place++)
    g_ptr_array_add (wanted->missing, g_strdup (wanted->ids[place]));
  return g_steal_pointer (&jobs);
}

/**
 * wd_pg_jobs_list:
 * @connection: a connection without an open transaction
 * @filter: which jobs
 * @request: in which order, and which page
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_list_run(), or %WD_ERROR_NOT_MIGRATED without the table
 *
 * Worker thread. Returns: (transfer full): a page of #WdJob
 */
WdPage *
wd_pg_jobs_list (WdPgConnection *connection, const WdJobFilter *filter,
                 const WdPageRequest *request, gint64 deadline, GCancellable *cancellable,
                 GError **error)
{
  ListData data = { filter, request };

  g_return_val_if_fail (filter != NULL && request != NULL, NULL);

  return wd_pg_columns_apply (connection, list, &data, deadline, cancellable, error);
}

static GPtrArray *
find_all (WdPgConnection *connection, FindData *data, GPtrArray **missing, gint64 deadline,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) not_found = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *jobs;

  data->missing = not_found;
  jobs = wd_pg_columns_apply (connection, find, data, deadline, cancellable, error);
  if (jobs != NULL && missing != NULL)
    *missing = g_steal_pointer (&not_found);
  return jobs;
}

/**
 * wd_pg_jobs_find:
 * @connection: a connection without an open transaction
 * @ids: (array length=n_ids): rows' UUIDs, or `job_id`s; a row's UUID wins
 * @n_ids: how many
 * @missing: (out) (optional) (transfer full) (element-type utf8): those that no job has
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query()
 *
 * Worker thread. One round trip. A job asked for twice is there twice.
 *
 * Returns: (transfer full) (element-type WdJob): the jobs found, in the order of @ids, with data
 */
GPtrArray *
wd_pg_jobs_find (WdPgConnection *connection, const char *const *ids, gsize n_ids,
                 GPtrArray **missing, gint64 deadline, GCancellable *cancellable, GError **error)
{
  FindData data = { .ids = ids, .n_ids = n_ids };

  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  return find_all (connection, &data, missing, deadline, cancellable, error);
}

/**
 * wd_pg_jobs_find_rows:
 * @connection: a connection without an open transaction
 * @ids: (array length=n_ids): rows' UUIDs
 * @n_ids: how many
 * @missing: (out) (optional) (transfer full) (element-type utf8): those that no row has
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query()
 *
 * Worker thread. Like wd_pg_jobs_find(), for rows that were seen before: another row's `job_id` may
 * be the id of one that is gone.
 *
 * Returns: (transfer full) (element-type WdJob): the rows found, in the order of @ids, with data
 */
GPtrArray *
wd_pg_jobs_find_rows (WdPgConnection *connection, const char *const *ids, gsize n_ids,
                      GPtrArray **missing, gint64 deadline, GCancellable *cancellable,
                      GError **error)
{
  FindData data = { .ids = ids, .n_ids = n_ids, .rows_only = TRUE };

  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  return find_all (connection, &data, missing, deadline, cancellable, error);
}

/**
 * wd_pg_jobs_get:
 * @connection: a connection without an open transaction
 * @id: a row's UUID, or a `job_id`
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_NOT_FOUND, else as for wd_pg_connection_query()
 *
 * Worker thread. Returns: (transfer full): the job with its data
 */
WdJob *
wd_pg_jobs_get (WdPgConnection *connection, const char *id, gint64 deadline,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) jobs = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  jobs = wd_pg_jobs_find (connection, &id, 1, NULL, deadline, cancellable, error);
  if (jobs == NULL)
    return NULL;
  if (jobs->len == 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no job “%s”"), id);
      return NULL;
    }
  return wd_job_ref (g_ptr_array_index (jobs, 0));
}

static gpointer
find_named (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
            GCancellable *cancellable, GError **error)
{
  const FindData *wanted = data;
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *select = NULL, *sql = NULL;
  GPtrArray *jobs;

  if (!wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return NULL;
  if (wanted->by_index && !wd_pg_columns_has_order (columns, WD_PG_JOB_LOGS, "job_id"))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                           _("Which jobs have a row is not looked up: job_logs has no index by "
                             "job_id"));
      return NULL;
    }
  select = wd_pg_columns_job_select (columns, FALSE);
  sql = g_strdup_printf ("SELECT %s FROM public.job_logs AS j WHERE j.job_id = ANY ($1::text[]) "
                         "ORDER BY j.created_at DESC, j.id LIMIT $2::bigint", select);
  wd_pg_params_text_array (params, wanted->ids, wanted->n_ids);
  wd_pg_params_int (params, (gint64) wanted->n_ids * MOST_ROWS_OF_A_JOB);
  result = wd_pg_connection_query (connection, sql, params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_ptr_array_add (jobs, wd_pg_job_from_row (result, row));
  return jobs;
}

/**
 * wd_pg_jobs_find_named:
 * @connection: a connection without an open transaction
 * @job_ids: (array length=n_job_ids): `job_id`s
 * @n_job_ids: how many
 * @by_index: refuse to look at every row for them
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query(); %WD_ERROR_NOT_SUPPORTED where no index finds them
 *
 * Worker thread. One round trip.
 *
 * Returns: (transfer full) (element-type WdJob): every row of these, newest first, without data
 */
GPtrArray *
wd_pg_jobs_find_named (WdPgConnection *connection, const char *const *job_ids, gsize n_job_ids,
                       gboolean by_index, gint64 deadline, GCancellable *cancellable,
                       GError **error)
{
  FindData data = { .ids = job_ids, .n_ids = n_job_ids, .by_index = by_index };

  g_return_val_if_fail (job_ids != NULL || n_job_ids == 0, NULL);

  return wd_pg_columns_apply (connection, find_named, &data, deadline, cancellable, error);
}
