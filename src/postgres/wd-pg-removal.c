/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of jobs that an admin takes out of their queue. */

#include "postgres/wd-pg-removal.h"

#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-columns.h"

#define UNFINISHED "j.status::text NOT IN ('completed', 'failed', 'cancelled')"

/* In one order, so that two who do it wait for each other instead of meeting. */
#define SQL_LOCK                                                                           \
  "SELECT 1 FROM public.job_logs AS j WHERE j.id = ANY ($1::uuid[]) ORDER BY j.id FOR UPDATE"

#define SQL_MARK                                                                           \
  "WITH changed AS (UPDATE public.job_logs AS j SET status = 'failed', "                   \
  "error_message = $5::text, completed_at = coalesce (j.completed_at, now()), "            \
  "updated_at = now() FROM public.job_logs AS old WHERE old.id = j.id "                    \
  "AND j.id = ANY ($4::uuid[]) AND " UNFINISHED                                            \
  " RETURNING j.id, j.job_id, j.job_type, old.status::text AS before, %s AS wallet) "      \
  WD_PG_AUDIT_INSERT                                                                       \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_REMOVE_JOB "', 'job', id::text, "      \
  "jsonb_build_object ('status', before), jsonb_strip_nulls (jsonb_build_object ("         \
  "'status', 'failed', 'error_message', $5::text, 'job_id', job_id, "                      \
  "'job_type', job_type, 'wallet_address', wallet, 'queue', $6::text)) FROM changed"

/**
 * wd_pg_removal_lock:
 * @self: a connection inside a transaction
 * @job_log_ids: (array zero-terminated=1): UUIDs of rows
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_BUSY where a worker has one
 *
 * Nobody else writes these rows until the transaction ends. Worker.
 */
gboolean
wd_pg_removal_lock (WdPgConnection *self, const char *const *job_log_ids, gint64 deadline,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text_array (params, job_log_ids, g_strv_length ((char **) job_log_ids));
  result = wd_pg_connection_query (self, SQL_LOCK, params, deadline, cancellable, error);
  return result != NULL;
}

/**
 * wd_pg_removal_mark:
 * @self: a connection inside a transaction
 * @job_log_ids: (array zero-terminated=1): UUIDs of rows whose jobs are out of their queue
 * @message: their error message
 * @queue: which queue
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Those that do not say that their job ended say failed, each with its entry of the audit trail.
 * Worker.
 */
gboolean
wd_pg_removal_mark (WdPgConnection *self, const char *const *job_log_ids, const char *message,
                    const char *queue, gint64 deadline, GCancellable *cancellable, GError **error)
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
  wd_pg_params_text_array (params, job_log_ids, g_strv_length ((char **) job_log_ids));
  wd_pg_params_text (params, message);
  wd_pg_params_text (params, queue);
  result = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  return result != NULL;
}
