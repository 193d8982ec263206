/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Step 1 of a retry, or of queueing a lost job again: the failed row becomes pending, and the
 * promise, with all that the row said before, and the entry of the audit trail are written, in one
 * statement. Only rows that say failed at that moment, and have not failed once more since they
 * were looked at, change; a promise still open about such a row has been overtaken by that and
 * goes. A lost job's row changes only if it is in every way as it was when it was looked at. */

#include "postgres/wd-pg-retry.h"

#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-job-row.h"
#include "postgres/wd-pg-request-key.h"
#include "postgres/wd-pg-retry-guard.h"
#include "postgres/wd-pg-time.h"
#include "postgres/wd-pg-write.h"

/* Each row is looked up by its key and changed where it stands. Statistics lag behind a mass
 * failure, and a planner that believes in few failed rows reads all of them for each one: so status
 * is compared in a way that no index serves. Nor is the table read through to hash it.
 *
 * %1$s: what is kept of the start; %2$s: further columns to clear; %3$s: a row's columns; %4$s: its
 * wallet; %5$s: what is noted of a bulk run; %6$s and %7$s: which of its items a promise is for. */
#define SQL_RETRY                                                                          \
  "WITH before AS MATERIALIZED ("                                                          \
  "SELECT w.p_job, w.p_outbox, w.p_queue, w.p_options, w.p_n, w.p_status, b.p_place, "      \
  "b.p_previous "                                                                          \
  "FROM (SELECT * FROM unnest ($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], "          \
  "$12::bigint[], $13::bigint[], $14::text[], $15::timestamptz[]) "                        \
  "AS u (p_job, p_outbox, p_queue, p_options, p_n, p_retries, p_status, p_updated) "       \
  "ORDER BY p_job) AS w, "                                                                 \
  "LATERAL (SELECT j.ctid AS p_place, jsonb_build_object ("                                \
  "'status', j.status, 'error_message', j.error_message, %1$s "                            \
  "'completed_at', j.completed_at, 'retry_count', j.retry_count) AS p_previous "           \
  "FROM public.job_logs j WHERE j.id = w.p_job "                                           \
  "AND j.status::text IS NOT DISTINCT FROM w.p_status "                                    \
  "AND j.retry_count IS NOT DISTINCT FROM w.p_retries "                                    \
  "AND ($16::text IS NULL OR (j.updated_at IS NOT DISTINCT FROM w.p_updated AND NOT EXISTS " \
  "(SELECT FROM worker_dashboard.outbox AS o WHERE o.job_log_id = j.id))) "                \
  "FOR UPDATE) AS b), "                                                                    \
  "changed AS (UPDATE public.job_logs AS j SET status = 'pending', error_message = NULL, "      \
  "completed_at = NULL, %2$s retry_count = CASE WHEN $5::boolean THEN 0 ELSE j.retry_count END, " \
  "updated_at = now() FROM before WHERE j.ctid = p_place AND j.id = p_job "                      \
  "AND j.status::text IS NOT DISTINCT FROM p_status "                                            \
  "RETURNING %3$s, p_outbox::text AS r_outbox, p_queue AS r_queue, p_options::text AS r_options, " \
  "p_previous AS r_previous, p_n AS r_n, j.id AS r_id, j.job_id AS r_job_id, "                   \
  "j.job_type AS r_type, j.retry_count AS r_retries, %4$s AS r_wallet), "                        \
  "promised AS (INSERT INTO worker_dashboard.outbox (id, job_log_id, job_id, operation, "  \
  "job_type, queue, prefix, options, previous, sites, attempts, last_attempt_at%6$s) "     \
  "SELECT r_outbox::uuid, r_id, r_job_id, 'retry', r_type, r_queue, $6, r_options::jsonb, " \
  "r_previous, ARRAY[$7::text], 1, clock_timestamp()%7$s FROM changed WHERE $8::boolean), " \
  "audited AS (" WD_PG_AUDIT_INSERT                                                        \
  "SELECT $9::text, $10::text, $11::text, coalesce ($16::text, '" WD_AUDIT_RETRY "'), 'job', " \
  "r_id::text, "                                                                           \
  "CASE WHEN pg_column_size (r_previous) < 4000 THEN r_previous ELSE r_previous || "       \
  "jsonb_build_object ('error_message', left (r_previous ->> 'error_message', 2000)) END, " \
  "jsonb_build_object ('status', 'pending', 'retry_count', r_retries, "                    \
  "'reset', $5::boolean, 'job_id', r_job_id, 'job_type', r_type, "                         \
  "'wallet_address', r_wallet, 'queue', r_queue) || CASE WHEN $17::boolean "               \
  "THEN '{\"forced\": true}'::jsonb ELSE '{}' END FROM changed), "                         \
  "%5$s past AS (DELETE FROM worker_dashboard.outbox AS o USING changed "                  \
  "WHERE o.job_log_id = r_id) "                                                            \
  "SELECT * FROM changed"

/* Only a bulk run needs the right to write its items. */
#define SQL_BULK                                                                           \
  "bulk AS (UPDATE worker_dashboard.bulk_item AS i SET result = 'done' "                   \
  "FROM (SELECT r_n AS n FROM changed) AS t, " WD_PG_BULK_PLACES ("$18") "), "             \
  "counted AS (UPDATE worker_dashboard.bulk_run AS r SET done = r.done + "                 \
  "(SELECT count (*) FROM changed) WHERE r.id = $18::uuid),"

static char *
make_sql (const WdPgColumns *columns, const WdPgRetry *order)
{
  static const char *const starts[] = { "started_at", "processed_at" };
  g_autofree char *row = wd_pg_columns_job_select (columns, TRUE);
  g_autoptr (GString) kept = g_string_new (NULL);
  g_autoptr (GString) cleared = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, starts[i]) != NULL)
      {
        g_string_append_printf (kept, "'%s', j.%s, ", starts[i], starts[i]);
        g_string_append_printf (cleared, "%s = NULL, ", starts[i]);
      }
  return g_strdup_printf (SQL_RETRY, kept->str, cleared->str, row,
                          wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "wallet_address") != NULL
                            ? "j.wallet_address" : "NULL::text",
                          order->runner != NULL ? SQL_BULK : "",
                          order->runner != NULL ? ", bulk_run_id, bulk_n" : "",
                          order->runner != NULL ? ", $18::uuid, r_n" : "");
}

static WdPgParams *
make_params (WdPgConnection *self, const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs)
{
  WdPgParams *params = wd_pg_params_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) outbox_ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) queues = g_ptr_array_new ();
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  g_autoptr (GPtrArray) retries = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) statuses = g_ptr_array_new ();
  g_autoptr (GPtrArray) times = g_ptr_array_new_with_free_func (g_free);
  g_autofree gint64 *places = g_new (gint64, n_jobs);

  for (gsize i = 0; i < n_jobs; i++)
    {
      places[i] = jobs[i].n;
      g_ptr_array_add (retries, jobs[i].retry_count == WD_INT_NONE
                                  ? NULL
                                  : g_strdup_printf ("%" G_GINT64_FORMAT, jobs[i].retry_count));
      g_ptr_array_add (ids, (gpointer) jobs[i].id);
      g_ptr_array_add (outbox_ids, g_uuid_string_random ());
      g_ptr_array_add (queues, (gpointer) jobs[i].queue);
      g_ptr_array_add (options, (gpointer) jobs[i].options);
      g_ptr_array_add (statuses, (gpointer) (order->lost ? jobs[i].status : "failed"));
      g_ptr_array_add (times, order->lost ? wd_pg_time_format (jobs[i].updated_at) : NULL);
    }
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, n_jobs);
  wd_pg_params_text_array (params, (const char *const *) outbox_ids->pdata, n_jobs);
  wd_pg_params_text_array (params, (const char *const *) queues->pdata, n_jobs);
  wd_pg_params_text_array (params, (const char *const *) options->pdata, n_jobs);
  wd_pg_params_bool (params, order->reset);
  wd_pg_params_text (params, order->prefix);
  wd_pg_params_text (params, order->identity);
  wd_pg_params_bool (params, order->uses_queue);
  wd_pg_audit_add_actor (params, self);
  wd_pg_params_int_array (params, places, n_jobs);
  wd_pg_params_text_array (params, (const char *const *) retries->pdata, n_jobs);
  wd_pg_params_text_array (params, (const char *const *) statuses->pdata, n_jobs);
  wd_pg_params_text_array (params, (const char *const *) times->pdata, n_jobs);
  wd_pg_params_text (params, order->lost ? WD_AUDIT_REQUEUE : NULL);
  wd_pg_params_bool (params, order->force);
  if (order->runner != NULL)
    wd_pg_params_text (params, order->runner->run_id);
  return params;
}

/* Step 1 in an open transaction.
 *
 * Returns: (transfer full): the rows that changed */
static WdPgResult *
promise (WdPgConnection *self, const WdPgRetry *order, const char *sql,
         const WdPgRetryGuard *guard, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = make_params (self, order, (WdPgRetryJob *) guard->going->data,
                                               guard->going->len);
  WdPgStatement statements[] = { { WD_PG_WRITE_BY_KEYS, NULL }, { sql, params } };
  g_autoptr (GPtrArray) results = NULL;

  if (guard->held)
    return wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (order->runner != NULL)
    results = wd_pg_bulk_hold (self, order->runner, &statements[1], 1, deadline, cancellable,
                               error);
  else
    results = wd_pg_connection_query_many (self, statements, 2, deadline, cancellable, error);
  return results != NULL ? g_ptr_array_steal_index (results, results->len - 1) : NULL;
}

static WdOutboxEntry *
make_entry (const WdPgRetry *order, const WdJob *job, WdPgResult *result, guint row)
{
  WdOutboxEntry *entry = wd_outbox_entry_new ();
  guint column = WD_PG_JOB_N_COLUMNS;

  entry->id = g_strdup (wd_pg_result_text (result, row, column++));
  entry->queue = g_strdup (wd_pg_result_text (result, row, column++));
  entry->options = g_strdup (wd_pg_result_text (result, row, column++));
  entry->previous = g_strdup (wd_pg_result_text (result, row, column++));
  entry->job_log_id = g_strdup (job->id);
  entry->job_id = g_strdup (job->job_id);
  entry->job_type = g_strdup (job->job_type);
  entry->operation = g_strdup ("retry");
  entry->prefix = g_strdup (order->prefix);
  entry->row_status = g_strdup (job->status);
  entry->wallet_address = g_strdup (job->wallet_address);
  entry->data = g_strdup (job->data);
  entry->created_at = entry->row_created_at = job->created_at;
  entry->attempts = 1;
  return entry;
}

/* Under which key it was asked for, where it was done. */
static gboolean
note_key (WdPgConnection *self, const WdPgRetry *order, WdPgResult *rows, gint64 deadline,
          GCancellable *cancellable, GError **error)
{
  return order->origin == NULL || order->origin->key == NULL || wd_pg_result_get_rows (rows) == 0
         || wd_pg_request_key_write_job (self, order->origin, WD_PG_KEY_RETRY,
                                         wd_pg_result_text (rows, 0, 0), deadline, cancellable,
                                         error);
}

/* All of it is in the database or nothing: the first promise, or where workers poll the first row,
 * speaks for all. */
static gboolean
commit (WdPgConnection *self, const char *xid, const WdPgRetry *order, WdPgResult *rows,
        gint64 deadline, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  WdPgStatement proof = { "SELECT 1 FROM worker_dashboard.outbox WHERE id = $1::uuid", params };

  if (wd_pg_result_get_rows (rows) == 0)
    return wd_pg_write_commit (self, xid, deadline, error);
  if (!order->uses_queue)
    proof.sql = "SELECT 1 FROM public.job_logs WHERE id = $1::uuid AND status <> 'failed'";
  wd_pg_params_text (params, wd_pg_result_text (rows, 0,
                                                order->uses_queue ? WD_PG_JOB_N_COLUMNS : 0));
  return wd_pg_write_commit_proven (self, xid, &proof, deadline, error);
}

/* Returns: (transfer full) (nullable): the rows that changed; %NULL without @error: none could, and
 *   nothing was written */
static WdPgResult *
write_guarded (WdPgConnection *self, const WdPgRetry *order, const char *sql,
               WdPgRetryGuard *guard, const WdPgRetryJob *jobs, gsize n_jobs, gint64 deadline,
               GCancellable *cancellable, GError **error)
{
  g_autofree char *xid = NULL;
  g_autoptr (WdPgResult) result = NULL;
  gboolean ok;

  if (!wd_pg_write_begin (self, &xid, deadline, cancellable, error))
    return NULL;
  ok = wd_pg_retry_guard_lock (guard, self, order, jobs, n_jobs, deadline, cancellable, error);
  if (ok && guard->going->len == 0)
    {
      wd_pg_connection_rollback (self);
      return NULL;
    }
  if (ok)
    result = promise (self, order, sql, guard, deadline, cancellable, error);
  if (result == NULL || !note_key (self, order, result, deadline, cancellable, error))
    {
      wd_pg_write_abort (self, error);
      return NULL;
    }
  return commit (self, xid, order, result, deadline, error) ? g_steal_pointer (&result) : NULL;
}

/**
 * wd_pg_retry:
 * @self: a connection to a migrated database
 * @order: what the jobs have in common
 * @jobs: (array length=n_jobs): which rows
 * @n_jobs: how many
 * @result: gets the refusals for another job of the same type for the same wallet, as of
 *   wd_pg_retry_guard_tell()
 * @rows: (element-type WdJob): gets the rows that changed; the others, but for those refused, are
 *   not as they were when they were looked at
 * @entries: (element-type WdOutboxEntry): gets their promises; none where workers poll
 * @conflicts: (nullable) (element-type WdJob): gets the jobs under way, beside the last refusals
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME; %WD_ERROR_BUSY where somebody has
 *   taken the bulk run over; then nothing was added to anything
 *
 * Worker.
 */
gboolean
wd_pg_retry (WdPgConnection *self, const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs,
             WdActionResult *result, GPtrArray *rows, GPtrArray *entries, GPtrArray *conflicts,
             gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_auto (WdPgRetryGuard) guard;
  g_autoptr (WdPgResult) changed = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *sql = NULL;

  wd_pg_retry_guard_init (&guard);
  if (columns == NULL)
    return FALSE;
  sql = make_sql (columns, order);
  changed = write_guarded (self, order, sql, &guard, jobs, n_jobs, deadline, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  wd_pg_retry_guard_tell (&guard, result, conflicts);
  for (guint i = 0; changed != NULL && i < wd_pg_result_get_rows (changed); i++)
    {
      WdJob *job = wd_pg_job_from_row (changed, i);

      g_ptr_array_add (rows, job);
      if (order->uses_queue)
        g_ptr_array_add (entries, make_entry (order, job, changed, i));
    }
  return TRUE;
}
