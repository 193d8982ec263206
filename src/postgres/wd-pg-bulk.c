/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs and their frozen items. A job is marked as done by wd_pg_retry(), in the transaction that
 * promises it to its queue, so a run that dies at any moment knows what it did; what is written
 * here afterwards is only why others were refused. Whoever was taken for dead and goes on after all
 * writes nothing any more: each write holds the run, and only its owner can. */

#include "postgres/wd-pg-bulk.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-result.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-job-query.h"
#include "postgres/wd-pg-write.h"

/* Then its owner is taken for dead. */
#define TAKE_OVER "interval '60 seconds'"

#define RUN_COLUMNS                                                                        \
  "r.id::text, r.operation, coalesce((r.options ->> 'reset')::boolean, false), r.state, "  \
  "r.total, r.created_at, r.created_by, r.heartbeat, r.last_error, "                       \
  "(SELECT count(*) FROM worker_dashboard.bulk_item i WHERE i.run_id = r.id "              \
  "AND i.result = 'done'), "                                                               \
  "(SELECT count(*) FROM worker_dashboard.bulk_item i WHERE i.run_id = r.id "              \
  "AND i.result = 'refused')"

/* How many refusals a report tells one by one. */
#define MOST_REFUSALS "1000"

static WdBulkRun *
run_from_row (WdPgResult *result, guint row)
{
  WdBulkRun *run = wd_bulk_run_new ();

  run->id = g_strdup (wd_pg_result_text (result, row, 0));
  run->operation = g_strdup (wd_pg_result_text (result, row, 1));
  run->reset = wd_pg_result_bool (result, row, 2);
  run->state = g_strdup (wd_pg_result_text (result, row, 3));
  run->total = wd_pg_result_int (result, row, 4);
  run->created_at = wd_pg_result_time (result, row, 5);
  run->created_by = g_strdup (wd_pg_result_text (result, row, 6));
  run->heartbeat = wd_pg_result_time (result, row, 7);
  run->last_error = g_strdup (wd_pg_result_text (result, row, 8));
  run->done = wd_pg_result_int (result, row, 9);
  run->refused = wd_pg_result_int (result, row, 10);
  return run;
}

/* The rows that match now, oldest first: a filter's times bound them already. */
static char *
freeze_sql (WdPgListQuery *query, const char *run_id)
{
  guint run = wd_pg_params_text (query->params, run_id);

  return g_strdup_printf (
    "WITH items AS (INSERT INTO worker_dashboard.bulk_item (run_id, n, job_log_id, job_type, "
    "status, retry_count, max_retries) SELECT $%u::uuid, row_number() OVER (ORDER BY "
    "j.created_at, j.id), j.id, j.job_type, j.status, j.retry_count, j.max_retries FROM %s "
    "WHERE %s RETURNING 1) UPDATE worker_dashboard.bulk_run SET total = "
    "(SELECT count(*) FROM items) WHERE id = $%u::uuid", run, query->from, query->conditions->str,
    run);
}

/**
 * wd_pg_bulk_freeze:
 * @self: a connection to a migrated database
 * @run_id: a new UUID
 * @filter: which failed jobs; its statuses are not looked at
 * @reset: start with the full number of attempts again
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Writes down which jobs match, as they are now. Worker.
 */
gboolean
wd_pg_bulk_freeze (WdPgConnection *self, const char *run_id, const WdJobFilter *filter,
                   gboolean reset, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdJobFilter) failed = wd_job_filter_copy (filter);
  g_autoptr (WdPageRequest) order = wd_page_request_new ();
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgListQuery) query = NULL;
  const WdActor *actor = wd_pg_connection_get_actor (self);
  g_autofree char *sql = NULL;

  if (columns == NULL)
    return FALSE;
  g_strfreev (failed->statuses);
  failed->statuses = g_strsplit ("failed", ",", -1);
  query = wd_pg_job_query_new (columns, failed, order, error);
  if (query == NULL)
    return FALSE;
  sql = freeze_sql (query, run_id);
  wd_pg_params_text (params, run_id);
  wd_pg_params_bool (params, reset);
  wd_pg_params_text (params, actor->os_user);
  return wd_pg_write (self,
                      (WdPgStatement[]) {
                        { "INSERT INTO worker_dashboard.bulk_run (id, operation, options, "
                          "created_by) VALUES ($1::uuid, 'retry', "
                          "jsonb_build_object ('reset', $2::boolean), $3)", params },
                        { sql, query->params } },
                      2, deadline, cancellable, error);
}

static GPtrArray *
read_counts (WdPgResult *result)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_count_free);

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      WdBulkCount *count = g_new0 (WdBulkCount, 1);

      count->job_type = g_strdup (wd_pg_result_text (result, row, 0));
      count->n = wd_pg_result_int (result, row, 1);
      count->exhausted = wd_pg_result_int (result, row, 2);
      g_ptr_array_add (counts, count);
    }
  return counts;
}

static GPtrArray *
read_refusals (WdPgResult *result)
{
  GPtrArray *refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_ptr_array_add (refusals,
                     wd_refusal_new (wd_pg_result_text (result, row, 0),
                                     g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED,
                                                          wd_pg_result_text (result, row, 1))));
  return refusals;
}

/**
 * wd_pg_bulk_load:
 * @self: a connection
 * @run_id: UUID of a run
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker. Returns: (transfer full): the run with its counts and its first thousand refusals
 */
WdBulkRun *
wd_pg_bulk_load (WdPgConnection *self, const char *run_id, gint64 deadline,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;
  WdBulkRun *run;

  wd_pg_params_text (params, run_id);
  results = wd_pg_connection_query_many (
    self,
    (WdPgStatement[]) {
      { "SELECT " RUN_COLUMNS " FROM worker_dashboard.bulk_run AS r WHERE r.id = $1::uuid",
        params },
      { "SELECT i.job_type, count(*), count(*) FILTER (WHERE i.retry_count >= i.max_retries) "
        "FROM worker_dashboard.bulk_item AS i WHERE i.run_id = $1::uuid GROUP BY i.job_type "
        "ORDER BY i.job_type", params },
      { "SELECT i.job_log_id::text, coalesce(i.reason, '') FROM worker_dashboard.bulk_item AS i "
        "WHERE i.run_id = $1::uuid AND i.result = 'refused' ORDER BY i.n LIMIT " MOST_REFUSALS,
        params } },
    3, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  if (wd_pg_result_get_rows (results->pdata[0]) == 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no bulk run “%s”"), run_id);
      return NULL;
    }
  run = run_from_row (results->pdata[0], 0);
  run->counts = read_counts (results->pdata[1]);
  run->refusals = read_refusals (results->pdata[2]);
  return run;
}

/**
 * wd_pg_bulk_list:
 * @self: a connection
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker. Returns: (transfer full) (element-type WdBulkRun): the newest fifty
 */
GPtrArray *
wd_pg_bulk_list (WdPgConnection *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result = wd_pg_connection_query (
    self, "SELECT " RUN_COLUMNS " FROM worker_dashboard.bulk_run AS r ORDER BY r.created_at DESC, "
    "r.id LIMIT 50", NULL, deadline, cancellable, error);
  GPtrArray *runs;

  if (result == NULL)
    return NULL;
  runs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_run_unref);
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_ptr_array_add (runs, run_from_row (result, row));
  return runs;
}

static WdPgParams *
runner_params (const WdPgBulkRunner *runner)
{
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_params_text (params, runner->run_id);
  wd_pg_params_text (params, runner->owner);
  return params;
}

/* One statement in a transaction of its own; @n_changed tells how many rows it changed. */
static gboolean
change (WdPgConnection *self, const char *sql, WdPgParams *params, gint64 *n_changed,
        gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *xid = NULL;

  if (!wd_pg_write_begin (self, &xid, deadline, cancellable, error))
    return FALSE;
  result = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (result == NULL)
    {
      wd_pg_write_abort (self, error);
      return FALSE;
    }
  *n_changed = wd_pg_result_get_affected (result);
  return wd_pg_write_commit (self, xid, deadline, error);
}

/**
 * wd_pg_bulk_claim:
 * @self: a connection
 * @runner: who wants to work on what
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_BUSY where somebody works on it whose heartbeat is younger than a minute,
 *   %WD_ERROR_REFUSED where it is done
 *
 * Also the heartbeat of whoever has claimed it. Worker.
 */
gboolean
wd_pg_bulk_claim (WdPgConnection *self, const WdPgBulkRunner *runner, gint64 deadline,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = runner_params (runner);
  g_autoptr (WdBulkRun) run = NULL;
  gint64 n_changed = 0;

  if (!change (self,
               "UPDATE worker_dashboard.bulk_run SET owner = $2::uuid, state = 'running', "
               "heartbeat = clock_timestamp(), last_error = NULL WHERE id = $1::uuid "
               "AND state <> 'done' AND (owner IS NULL OR owner = $2::uuid "
               "OR heartbeat < clock_timestamp() - " TAKE_OVER ")",
               params, &n_changed, deadline, cancellable, error))
    return FALSE;
  if (n_changed > 0)
    return TRUE;
  run = wd_pg_bulk_load (self, runner->run_id, deadline, cancellable, error);
  if (run == NULL)
    return FALSE;
  if (g_str_equal (run->state, "done"))
    g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED, _("This bulk run is done already"));
  else
    g_set_error_literal (error, WD_ERROR, WD_ERROR_BUSY,
                         _("Somebody else works on this bulk run: it can be taken over when "
                           "nothing was heard of them for a minute"));
  return FALSE;
}

/**
 * wd_pg_bulk_next:
 * @self: a connection
 * @runner: who works on what
 * @limit: how many at most
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type utf8 utf8): rows not settled yet, each with its retry
 *   count when it was frozen, "" for null; none when all are
 */
GHashTable *
wd_pg_bulk_next (WdPgConnection *self, const WdPgBulkRunner *runner, guint limit, gint64 deadline,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  GHashTable *items;

  wd_pg_params_text (params, runner->run_id);
  wd_pg_params_int (params, limit);
  result = wd_pg_connection_query (
    self, "SELECT i.job_log_id::text, coalesce(i.retry_count::text, '') "
    "FROM worker_dashboard.bulk_item AS i WHERE i.run_id = $1::uuid AND i.result IS NULL "
    "ORDER BY i.n LIMIT $2", params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_hash_table_insert (items, g_strdup (wd_pg_result_text (result, row, 0)),
                         g_strdup (wd_pg_result_text (result, row, 1)));
  return items;
}

/**
 * wd_pg_bulk_fail_taken:
 * @error: %WD_ERROR_BUSY
 *
 * Returns: %FALSE: somebody has taken the run over
 */
gboolean
wd_pg_bulk_fail_taken (GError **error)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_BUSY,
                       _("Somebody else has taken over this bulk run, since nothing was heard of "
                         "this one for a minute"));
  return FALSE;
}

/**
 * wd_pg_bulk_note:
 * @self: a connection
 * @runner: who works on what
 * @refusals: (element-type WdRefusal): rows that were not retried, and why
 * @deadline: of wd_deadline_in()
 * @error: %WD_ERROR_BUSY where somebody has taken the run over, or in #WD_ERROR
 *
 * Also when they had been promised, and their queue then said no. Worker.
 */
gboolean
wd_pg_bulk_note (WdPgConnection *self, const WdPgBulkRunner *runner, GPtrArray *refusals,
                 gint64 deadline, GError **error)
{
  g_autoptr (WdPgParams) params = runner_params (runner);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();
  gint64 n_changed = 0;

  if (refusals->len == 0)
    return TRUE;
  for (guint i = 0; i < refusals->len; i++)
    {
      const WdRefusal *refusal = refusals->pdata[i];

      g_ptr_array_add (ids, refusal->subject);
      g_ptr_array_add (reasons, refusal->error->message);
    }
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, ids->len);
  wd_pg_params_text_array (params, (const char *const *) reasons->pdata, reasons->len);
  return change (self,
                 "WITH held AS (" WD_PG_BULK_HOLD " RETURNING id) "
                 "UPDATE worker_dashboard.bulk_item AS i SET result = 'refused', reason = u.reason "
                 "FROM held, unnest ($3::uuid[], $4::text[]) AS u (id, reason) "
                 "WHERE i.run_id = held.id AND i.job_log_id = u.id",
                 params, &n_changed, deadline, NULL, error)
         && (n_changed > 0 || wd_pg_bulk_fail_taken (error));
}

/**
 * wd_pg_bulk_leave:
 * @self: a connection
 * @runner: who has worked on what
 * @state: what it is now: `paused` or `done`
 * @reason: (nullable): why it was paused
 * @deadline: of wd_deadline_in()
 * @error: in #WD_ERROR
 *
 * Lets anybody go on with it at once. Worker.
 */
gboolean
wd_pg_bulk_leave (WdPgConnection *self, const WdPgBulkRunner *runner, const char *state,
                  const char *reason, gint64 deadline, GError **error)
{
  g_autoptr (WdPgParams) params = runner_params (runner);
  gint64 n_changed;

  wd_pg_params_text (params, state);
  wd_pg_params_text (params, reason);
  return change (self,
                 "UPDATE worker_dashboard.bulk_run SET owner = NULL, state = $3, last_error = $4 "
                 "WHERE id = $1::uuid AND owner = $2::uuid",
                 params, &n_changed, deadline, NULL, error);
}
