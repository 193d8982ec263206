/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What mends a row. Each statement writes its entry of the audit trail, and changes a row only if
 * that is as it was when it was looked at, and nothing is promised about it. */

#include "postgres/wd-pg-drift.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-columns.h"

#define SQL_MARK                                                                           \
  "WITH changed AS (UPDATE public.job_logs AS j SET status = $5::text, "                   \
  "error_message = coalesce ($6::text, j.error_message), "                                 \
  "completed_at = CASE WHEN $5::text = 'pending' THEN NULL "                               \
  "ELSE coalesce (j.completed_at, now()) END, updated_at = now() "                         \
  "WHERE j.id = $4::uuid AND j.status::text IS NOT DISTINCT FROM $7::text "                \
  "AND j.updated_at IS NOT DISTINCT FROM $8::timestamptz "                                 \
  "AND NOT EXISTS (SELECT FROM worker_dashboard.outbox AS o WHERE o.job_log_id = j.id) "   \
  "RETURNING j.id, j.job_id, j.job_type, %s AS wallet) "                                   \
  WD_PG_AUDIT_INSERT                                                                       \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_MARK "', 'job', id::text, "            \
  "jsonb_build_object ('status', $7::text), jsonb_strip_nulls (jsonb_build_object ("       \
  "'status', $5::text, 'error_message', left ($6::text, 2000), 'note', $9::text, "         \
  "'job_id', job_id, 'job_type', job_type, 'wallet_address', wallet, 'queue', $10::text)) " \
  "FROM changed RETURNING 1"

#define SQL_RENAME                                                                         \
  "WITH changed AS (UPDATE public.job_logs AS j SET job_id = $5::text, updated_at = now() " \
  "WHERE j.id = $4::uuid AND j.job_id = $6::text "                                         \
  "AND j.updated_at IS NOT DISTINCT FROM $7::timestamptz "                                 \
  "AND NOT EXISTS (SELECT FROM worker_dashboard.outbox AS o WHERE o.job_log_id = j.id) "   \
  "RETURNING j.id, j.status, j.job_type) "                                                 \
  WD_PG_AUDIT_INSERT                                                                       \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_MARK "', 'job', id::text, "            \
  "jsonb_build_object ('job_id', $6::text), jsonb_build_object ('status', status::text, "  \
  "'job_id', $5::text, 'job_type', job_type::text) FROM changed RETURNING 1"

/* Two who write the row of one job at once wait for each other, also where job_id is not unique. */
#define SQL_ONE_AT_A_TIME                                                                  \
  "SELECT pg_catalog.pg_advisory_xact_lock (pg_catalog.hashtextextended ($1::text, 7322))"

#define SQL_WRITE_ROW                                                                      \
  "WITH written AS (INSERT INTO public.job_logs (job_id, job_type, status, wallet_address, " \
  "user_id, triggered_by, data, error_message, completed_at, retry_count, max_retries, "   \
  "created_at, updated_at) "                                                               \
  "SELECT $4::text, $5::text, $6::text, $7::text, $8::uuid, 'system', $9::jsonb, $10::text, " \
  "$11::timestamptz, $12::int, $13::int, coalesce ($14::timestamptz, now()), now() "       \
  "WHERE NOT EXISTS (SELECT FROM public.job_logs AS k WHERE k.job_id = $4::text) "         \
  "ON CONFLICT DO NOTHING RETURNING id) "                                                  \
  WD_PG_AUDIT_INSERT                                                                       \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_WRITE_ROW "', 'job', id::text, NULL, " \
  "jsonb_strip_nulls (jsonb_build_object ('status', $6::text, 'job_id', $4::text, "        \
  "'job_type', $5::text, 'wallet_address', $7::text, 'queue', $15::text)) FROM written "   \
  "RETURNING 1"

static gboolean
was_written (WdPgResult *result, const char *refusal, GError **error)
{
  if (result == NULL)
    return FALSE;
  if (wd_pg_result_get_rows (result) > 0)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED, refusal);
  return FALSE;
}

/**
 * wd_pg_drift_lock:
 * @self: a connection inside a transaction
 * @job_log_id: UUID of a row
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_BUSY where a worker has it; %WD_ERROR_NOT_FOUND
 *
 * Nobody else writes the row until the transaction ends. Worker.
 */
gboolean
wd_pg_drift_lock (WdPgConnection *self, const char *job_log_id, gint64 deadline,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text (params, job_log_id);
  result = wd_pg_connection_query (self,
                                   "SELECT 1 FROM public.job_logs WHERE id = $1::uuid FOR UPDATE",
                                   params, deadline, cancellable, error);
  if (result == NULL || wd_pg_result_get_rows (result) > 0)
    return result != NULL;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("Its row is gone"));
  return FALSE;
}

/**
 * wd_pg_drift_mark:
 * @self: a connection inside a transaction
 * @mark: which row, and what it is to say
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where it changed since it was looked at
 *
 * The row alone, with its entry of the audit trail. Worker.
 */
gboolean
wd_pg_drift_mark (WdPgConnection *self, const WdPgDriftMark *mark, gint64 deadline,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *sql = NULL;

  if (columns == NULL)
    return FALSE;
  sql = g_strdup_printf (SQL_MARK,
                         wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "wallet_address") != NULL
                           ? "j.wallet_address" : "NULL::text");
  wd_pg_audit_add_actor (params, self);
  wd_pg_params_text (params, mark->row->id);
  wd_pg_params_text (params, mark->status);
  wd_pg_params_text (params, mark->message);
  wd_pg_params_text (params, mark->row->status);
  wd_pg_params_time (params, mark->row->updated_at);
  wd_pg_params_text (params, mark->note);
  wd_pg_params_text (params, mark->queue);
  result = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  return was_written (result, _("Its row changed meanwhile, or something is promised about it"),
                      error);
}

/**
 * wd_pg_drift_rename:
 * @self: a connection inside a transaction
 * @row: a row about a job whose id its queue has given again
 * @job_id: what the row is to call its job
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where it changed since it was looked at
 *
 * Says of nothing else, with its entry of the audit trail. Worker.
 */
gboolean
wd_pg_drift_rename (WdPgConnection *self, const WdJob *row, const char *job_id, gint64 deadline,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_audit_add_actor (params, self);
  wd_pg_params_text (params, row->id);
  wd_pg_params_text (params, job_id);
  wd_pg_params_text (params, row->job_id);
  wd_pg_params_time (params, row->updated_at);
  result = wd_pg_connection_query (self, SQL_RENAME, params, deadline, cancellable, error);
  return was_written (result, _("Its row changed meanwhile, or something is promised about it"),
                      error);
}

static void
add_int (WdPgParams *params, gint64 value)
{
  if (value == WD_INT_NONE)
    wd_pg_params_text (params, NULL);
  else
    wd_pg_params_int (params, value);
}

/**
 * wd_pg_drift_write_row:
 * @self: a connection inside a transaction
 * @row: what it is to say; its id is the database's business
 * @queue: the job's queue
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where there is such a row
 *
 * Writes the row of a job that has none, with its entry of the audit trail. Worker.
 */
gboolean
wd_pg_drift_write_row (WdPgConnection *self, const WdJob *row, const char *queue, gint64 deadline,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) key = wd_pg_params_new ();
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;

  wd_pg_params_text (key, row->job_id);
  wd_pg_audit_add_actor (params, self);
  wd_pg_params_text (params, row->job_id);
  wd_pg_params_text (params, row->job_type);
  wd_pg_params_text (params, row->status);
  wd_pg_params_text (params, row->wallet_address);
  wd_pg_params_text (params, row->user_id);
  wd_pg_params_json (params, row->data);
  wd_pg_params_text (params, row->error_message);
  wd_pg_params_time (params, row->completed_at);
  add_int (params, row->retry_count);
  add_int (params, row->max_retries);
  wd_pg_params_time (params, row->created_at);
  wd_pg_params_text (params, queue);
  results = wd_pg_connection_query_many (self,
                                         (WdPgStatement[]) { { SQL_ONE_AT_A_TIME, key },
                                                             { SQL_WRITE_ROW, params } },
                                         2, deadline, cancellable, error);
  return results != NULL
         && was_written (results->pdata[1], _("There is a row about it meanwhile"), error);
}
