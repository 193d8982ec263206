/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Under which key something was asked and done, written in the transaction that did it: both are
 * in the database or neither is. Whoever did not get the answer asks again under the same key, and
 * gets what that transaction left instead of a second job.
 *
 * Two who ask at once under one key: the second one's insert waits for the first and then fails,
 * and with it all that the second wrote. Keys are kept for a week at least: each new one takes a
 * few that are older with it. */

#include "postgres/wd-pg-request-key.h"

#include <string.h>

#include "base/wd-error.h"
#include "model/wd-audit-action.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-job-row.h"
#include "postgres/wd-pg-wallet-row.h"

#define FORGET                                                                              \
  "WITH past AS (DELETE FROM worker_dashboard.request_key AS k USING "                      \
  "(SELECT o.key FROM worker_dashboard.request_key AS o "                                   \
  "WHERE o.created_at < now() - interval '7 days' AND o.key <> $1 ORDER BY o.created_at "   \
  "LIMIT 10 FOR UPDATE SKIP LOCKED) AS old WHERE k.key = old.key) "

#define INSERT                                                                              \
  FORGET "INSERT INTO worker_dashboard.request_key "                                        \
  "(key, hash, operation, asked_by, job_log_id, answer) "

#define SQL_JOB                                                                             \
  INSERT "SELECT $1, $2, $3, $4, j.id, to_jsonb (j) FROM public.job_logs AS j "             \
  "WHERE j.id = $5::uuid"

#define SQL_WALLET                                                                          \
  INSERT "SELECT $1, $2, $3, $4, NULL, to_jsonb (w) FROM public.user_wallets AS w "         \
  "WHERE w.address = $5 LIMIT 1"

#define SQL_BULK                                                                            \
  INSERT "VALUES ($1, $2, $3, $4, NULL, jsonb_build_object ('id', $5::text))"

#define CONSTRAINT "request_key_pkey"

static WdPgParams *
make_params (const WdOrigin *origin, const char *operation, const char *subject)
{
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_params_text (params, origin->key);
  wd_pg_params_text (params, origin->hash);
  wd_pg_params_text (params, operation);
  wd_pg_params_text (params, origin->name);
  wd_pg_params_text (params, subject);
  return params;
}

/**
 * wd_pg_request_key_job_sql:
 *
 * Returns: (transfer none): SQL that notes a job, to be run once its row is written
 */
const char *
wd_pg_request_key_job_sql (void)
{
  return SQL_JOB;
}

/**
 * wd_pg_request_key_job_params:
 * @origin: one with a key
 * @operation: what is done
 * @job_log_id: UUID of the row
 *
 * Returns: (transfer full): the values of wd_pg_request_key_job_sql()
 */
WdPgParams *
wd_pg_request_key_job_params (const WdOrigin *origin, const char *operation,
                              const char *job_log_id)
{
  return make_params (origin, operation, job_log_id);
}

/**
 * wd_pg_request_key_bulk_sql:
 *
 * Returns: (transfer none): SQL that notes a bulk run
 */
const char *
wd_pg_request_key_bulk_sql (void)
{
  return SQL_BULK;
}

/**
 * wd_pg_request_key_bulk_params:
 * @origin: one with a key
 * @run_id: UUID of the run
 *
 * Returns: (transfer full): the values of wd_pg_request_key_bulk_sql()
 */
WdPgParams *
wd_pg_request_key_bulk_params (const WdOrigin *origin, const char *run_id)
{
  return make_params (origin, WD_PG_KEY_BULK, run_id);
}

/**
 * wd_pg_request_key_explain:
 * @self: a connection whose last statement failed
 * @error: (inout): why; %WD_ERROR_BUSY where it was the key, which somebody has just used
 */
void
wd_pg_request_key_explain (WdPgConnection *self, GError **error)
{
  if (error == NULL || *error == NULL
      || g_strcmp0 (wd_pg_connection_get_constraint (self), CONSTRAINT) != 0)
    return;
  g_clear_error (error);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_BUSY,
                       "The same request is being answered: ask again under the same key");
}

static gboolean
write_entry (WdPgConnection *self, const char *sql, WdPgParams *params, gint64 deadline,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result
      = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);

  if (result == NULL)
    wd_pg_request_key_explain (self, error);
  return result != NULL;
}

/**
 * wd_pg_request_key_write_job:
 * @self: a connection inside the transaction that wrote the row
 * @origin: one with a key
 * @operation: what is done
 * @job_log_id: UUID of the row
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR; as of wd_pg_request_key_explain()
 *
 * Worker.
 */
gboolean
wd_pg_request_key_write_job (WdPgConnection *self, const WdOrigin *origin, const char *operation,
                             const char *job_log_id, gint64 deadline, GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (WdPgParams) params = make_params (origin, operation, job_log_id);

  return write_entry (self, SQL_JOB, params, deadline, cancellable, error);
}

/**
 * wd_pg_request_key_write_wallet:
 * @self: a connection inside the transaction that changed the wallet
 * @origin: one with a key
 * @address: of the wallet
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR; as of wd_pg_request_key_explain()
 *
 * Worker.
 */
gboolean
wd_pg_request_key_write_wallet (WdPgConnection *self, const WdOrigin *origin, const char *address,
                                gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = make_params (origin, WD_PG_KEY_SET_FLAGS, address);

  return write_entry (self, SQL_WALLET, params, deadline, cancellable, error);
}

/* The columns of a record that are not in what was kept are null. */
#define SQL_FIND_JOB                                                                        \
  "SELECT %s, k.hash = $2, EXISTS (SELECT FROM worker_dashboard.outbox AS o "               \
  "WHERE o.job_log_id = k.job_log_id), "                                                    \
  "(SELECT coalesce (a.after ->> 'note', a.after ->> 'error_message', a.action) "           \
  "FROM worker_dashboard.audit AS a WHERE a.target_type = 'job' "                           \
  "AND a.target_id = k.job_log_id::text AND a.at >= k.created_at "                          \
  "AND a.action IN ('" WD_AUDIT_REFUSED "', '" WD_AUDIT_FOUND_COMPLETED "', '"              \
  WD_AUDIT_DISCARD "', '" WD_AUDIT_FOUND_DISCARDED "') ORDER BY a.id LIMIT 1) "             \
  "FROM worker_dashboard.request_key AS k LEFT JOIN LATERAL "                               \
  "jsonb_populate_record (NULL::public.job_logs, CASE WHEN k.hash = $2 THEN k.answer END) " \
  "AS j ON TRUE WHERE k.key = $1"

#define SQL_FIND_WALLET                                                                     \
  "SELECT %s, k.hash = $2 FROM worker_dashboard.request_key AS k LEFT JOIN LATERAL "        \
  "jsonb_populate_record (NULL::public.user_wallets, "                                      \
  "CASE WHEN k.hash = $2 THEN k.answer END) AS w ON TRUE WHERE k.key = $1"

/* Returns: (transfer full) (nullable): what is kept under the key; without a row for nothing */
static WdPgResult *
find (WdPgConnection *self, const WdOrigin *origin, const char *sql, guint column, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text (params, origin->key);
  wd_pg_params_text (params, origin->hash);
  result = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (result == NULL || wd_pg_result_get_rows (result) == 0
      || wd_pg_result_bool (result, 0, column))
    return g_steal_pointer (&result);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                       "This Idempotency-Key was used for another request: nothing was done");
  return NULL;
}

/**
 * wd_pg_request_key_find_job:
 * @self: a connection without an open transaction
 * @origin: one with a key
 * @result: gets the job as it was then, or why its queue did not take it
 * @found: (out): whether the key was used
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where it was used for something else
 *
 * Worker.
 */
gboolean
wd_pg_request_key_find_job (WdPgConnection *self, const WdOrigin *origin, WdActionResult *result,
                            gboolean *found, gint64 deadline, GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgResult) kept = NULL;
  g_autoptr (WdJob) job = NULL;
  g_autofree char *select = NULL;
  g_autofree char *sql = NULL;
  const char *refusal;

  if (columns == NULL || !wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return FALSE;
  select = wd_pg_columns_job_select (columns, TRUE);
  sql = g_strdup_printf (SQL_FIND_JOB, select);
  kept = find (self, origin, sql, WD_PG_JOB_N_COLUMNS, deadline, cancellable, error);
  if (kept == NULL)
    return FALSE;
  *found = wd_pg_result_get_rows (kept) > 0;
  if (!*found)
    return TRUE;
  job = wd_pg_job_from_row (kept, 0);
  refusal = wd_pg_result_text (kept, 0, WD_PG_JOB_N_COLUMNS + 2);
  if (refusal != NULL)
    wd_action_result_refuse (result, job->id, WD_ERROR_REFUSED, "%s", refusal);
  else
    wd_action_result_add_job (result, g_steal_pointer (&job),
                              !wd_pg_result_bool (kept, 0, WD_PG_JOB_N_COLUMNS + 1));
  return TRUE;
}

/**
 * wd_pg_request_key_find_wallet:
 * @self: a connection without an open transaction
 * @origin: one with a key
 * @wallet: (out) (transfer full) (nullable): the wallet as it was then; %NULL where the key was not
 *   used
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where it was used for something else
 *
 * Worker.
 */
gboolean
wd_pg_request_key_find_wallet (WdPgConnection *self, const WdOrigin *origin, WdWallet **wallet,
                               gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgResult) kept = NULL;
  g_autofree char *select = NULL;
  g_autofree char *sql = NULL;

  *wallet = NULL;
  if (columns == NULL || !wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error))
    return FALSE;
  select = wd_pg_columns_wallet_select (columns);
  sql = g_strdup_printf (SQL_FIND_WALLET, select);
  kept = find (self, origin, sql, WD_PG_WALLET_N_COLUMNS, deadline, cancellable, error);
  if (kept == NULL)
    return FALSE;
  if (wd_pg_result_get_rows (kept) > 0)
    *wallet = wd_pg_wallet_from_row (kept, 0);
  return TRUE;
}

#define SQL_FIND_BULK                                                                       \
  "SELECT k.answer ->> 'id', k.hash = $2 FROM worker_dashboard.request_key AS k "           \
  "WHERE k.key = $1"

/**
 * wd_pg_request_key_find_bulk:
 * @self: a connection without an open transaction
 * @origin: one with a key
 * @run_id: (out) (transfer full) (nullable): the run that was frozen then; %NULL where the key was
 *   not used
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where it was used for something else
 *
 * Worker.
 */
gboolean
wd_pg_request_key_find_bulk (WdPgConnection *self, const WdOrigin *origin, char **run_id,
                             gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) kept = find (self, origin, SQL_FIND_BULK, 1, deadline, cancellable,
                                      error);

  *run_id = NULL;
  if (kept != NULL && wd_pg_result_get_rows (kept) > 0)
    *run_id = g_strdup (wd_pg_result_text (kept, 0, 0));
  return kept != NULL;
}
