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

/* Several at a time take as many old ones with them. */
#define SQL_JOBS                                                                            \
  "WITH past AS (DELETE FROM worker_dashboard.request_key AS k USING "                      \
  "(SELECT o.key FROM worker_dashboard.request_key AS o "                                   \
  "WHERE o.created_at < now() - interval '7 days' AND o.key <> ALL ($1::text[]) "           \
  "ORDER BY o.created_at LIMIT 10 * cardinality ($1::text[]) FOR UPDATE SKIP LOCKED) "      \
  "AS old WHERE k.key = old.key) INSERT INTO worker_dashboard.request_key "                 \
  "(key, hash, operation, asked_by, job_log_id, answer) "                                   \
  "SELECT a.key, a.hash, $3, $4, j.id, to_jsonb (j) FROM "                                  \
  "unnest ($1::text[], $2::text[], $5::uuid[]) AS a (key, hash, id) "                       \
  "JOIN public.job_logs AS j ON j.id = a.id ORDER BY a.key"

#define SQL_WALLET                                                                          \
  INSERT "SELECT $1, $2, $3, $4, NULL, to_jsonb (w) FROM public.user_wallets AS w "         \
  "WHERE w.address = $5 LIMIT 1"

#define SQL_BULK                                                                            \
  INSERT "VALUES ($1, $2, $3, $4, NULL, jsonb_build_object ('id', $5::text))"

#define CONSTRAINT "request_key_pkey"

/* Keys and hashes, as two arrays. */
static void
add_keys (WdPgParams *params, const WdOrigin *const *origins, gsize n)
{
  g_autofree const char **keys = g_new (const char *, n);
  g_autofree const char **hashes = g_new (const char *, n);

  for (gsize i = 0; i < n; i++)
    {
      keys[i] = origins[i]->key;
      hashes[i] = origins[i]->hash;
    }
  wd_pg_params_text_array (params, keys, n);
  wd_pg_params_text_array (params, hashes, n);
}

static void
add_names (WdPgParams *params, const WdOrigin *const *origins, gsize n)
{
  g_autofree const char **names = g_new (const char *, n);

  for (gsize i = 0; i < n; i++)
    names[i] = origins[i]->name;
  wd_pg_params_text_array (params, names, n);
}

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
 * wd_pg_request_key_jobs_sql:
 *
 * Returns: (transfer none): SQL that notes jobs, to be run once their rows are written
 */
const char *
wd_pg_request_key_jobs_sql (void)
{
  return SQL_JOBS;
}

/**
 * wd_pg_request_key_jobs_params:
 * @origins: (array length=n): each with a key, and of one name
 * @operation: what is done
 * @job_log_ids: (array length=n): UUIDs of the rows, beside them
 * @n: how many; one at least
 *
 * Returns: (transfer full): the values of wd_pg_request_key_jobs_sql()
 */
WdPgParams *
wd_pg_request_key_jobs_params (const WdOrigin *const *origins, const char *operation,
                               const char *const *job_log_ids, gsize n)
{
  WdPgParams *params = wd_pg_params_new ();

  add_keys (params, origins, n);
  wd_pg_params_text (params, operation);
  wd_pg_params_text (params, origins[0]->name);
  wd_pg_params_text_array (params, job_log_ids, n);
  return params;
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
  g_autoptr (WdPgParams) params = wd_pg_request_key_jobs_params (&origin, operation, &job_log_id,
                                                                 1);

  return write_entry (self, SQL_JOBS, params, deadline, cancellable, error);
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

/* A key is his who used it first: names of tokens are given once. */
#define SAME(hash, name) "(k.hash = " hash " AND k.asked_by IS NOT DISTINCT FROM " name ")"

/* The columns of a record that are not in what was kept are null. What became of a later retry of
 * the row is no answer to what was asked under the key, whose own retry is older than the key. */
#define SQL_FIND_JOBS                                                                       \
  "SELECT %s, " SAME ("asked.hash", "asked.name") ", "                                      \
  "EXISTS (SELECT FROM worker_dashboard.outbox AS o "                                       \
  "WHERE o.job_log_id = k.job_log_id), "                                                    \
  "(SELECT coalesce (a.after ->> 'note', a.after ->> 'error_message', a.action) "           \
  "FROM worker_dashboard.audit AS a WHERE a.target_type = 'job' "                           \
  "AND a.target_id = k.job_log_id::text AND a.at >= k.created_at "                          \
  "AND a.action IN ('" WD_AUDIT_REFUSED "', '" WD_AUDIT_FOUND_COMPLETED "', '"              \
  WD_AUDIT_DISCARD "', '" WD_AUDIT_FOUND_DISCARDED "') "                                    \
  "AND NOT EXISTS (SELECT FROM worker_dashboard.audit AS b WHERE b.target_type = 'job' "    \
  "AND b.target_id = a.target_id AND b.action IN ('" WD_AUDIT_RETRY "', '" WD_AUDIT_REQUEUE \
  "') AND b.at > k.created_at AND b.id < a.id) ORDER BY a.id LIMIT 1), k.key "              \
  "FROM unnest ($1::text[], $2::text[], $3::text[]) AS asked (key, hash, name) "            \
  "JOIN worker_dashboard.request_key AS k ON k.key = asked.key LEFT JOIN LATERAL "          \
  "jsonb_populate_record (NULL::public.job_logs, "                                          \
  "CASE WHEN " SAME ("asked.hash", "asked.name") " THEN k.answer END) AS j ON TRUE"

#define SQL_FIND_WALLET                                                                     \
  "SELECT %s, " SAME ("$2", "$3") " FROM worker_dashboard.request_key AS k "                \
  "LEFT JOIN LATERAL jsonb_populate_record (NULL::public.user_wallets, "                    \
  "CASE WHEN " SAME ("$2", "$3") " THEN k.answer END) AS w ON TRUE WHERE k.key = $1"

static void
refuse_other (GError **error)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                       "This Idempotency-Key was used for another request: nothing was done");
}

/* Returns: (transfer full) (nullable): what is kept under the key; without a row for nothing */
static WdPgResult *
find (WdPgConnection *self, const WdOrigin *origin, const char *sql, guint column, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text (params, origin->key);
  wd_pg_params_text (params, origin->hash);
  wd_pg_params_text (params, origin->name);
  result = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (result == NULL || wd_pg_result_get_rows (result) == 0
      || wd_pg_result_bool (result, 0, column))
    return g_steal_pointer (&result);
  refuse_other (error);
  return NULL;
}

/**
 * wd_pg_kept_free:
 * @self: (transfer full): what was kept
 */
void
wd_pg_kept_free (WdPgKept *self)
{
  g_free (self->key);
  g_clear_pointer (&self->job, wd_job_unref);
  g_clear_error (&self->refusal);
  g_free (self);
}

static WdPgKept *
read_kept (WdPgResult *rows, guint row)
{
  WdPgKept *kept = g_new0 (WdPgKept, 1);
  const char *refusal = wd_pg_result_text (rows, row, WD_PG_JOB_N_COLUMNS + 2);

  kept->key = g_strdup (wd_pg_result_text (rows, row, WD_PG_JOB_N_COLUMNS + 3));
  kept->is_other = !wd_pg_result_bool (rows, row, WD_PG_JOB_N_COLUMNS);
  if (kept->is_other)
    {
      refuse_other (&kept->refusal);
      return kept;
    }
  kept->job = wd_pg_job_from_row (rows, row);
  kept->delivered = !wd_pg_result_bool (rows, row, WD_PG_JOB_N_COLUMNS + 1);
  if (refusal != NULL)
    g_set_error_literal (&kept->refusal, WD_ERROR, WD_ERROR_REFUSED, refusal);
  return kept;
}

/**
 * wd_pg_request_key_find_jobs:
 * @self: a connection without an open transaction
 * @origins: (array length=n): each with a key
 * @n: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdPgKept): what is kept under those of the keys that were
 *   used
 */
GPtrArray *
wd_pg_request_key_find_jobs (WdPgConnection *self, const WdOrigin *const *origins, gsize n,
                             gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) rows = NULL;
  g_autofree char *select = NULL;
  g_autofree char *sql = NULL;
  GPtrArray *kept;

  if (columns == NULL || !wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return NULL;
  select = wd_pg_columns_job_select (columns, TRUE);
  sql = g_strdup_printf (SQL_FIND_JOBS, select);
  add_keys (params, origins, n);
  add_names (params, origins, n);
  rows = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (rows == NULL)
    return NULL;
  kept = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_pg_kept_free);
  for (guint row = 0; row < wd_pg_result_get_rows (rows); row++)
    g_ptr_array_add (kept, read_kept (rows, row));
  return kept;
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
  "SELECT k.answer ->> 'id', " SAME ("$2", "$3") " FROM worker_dashboard.request_key AS k " \
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
