/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The outbox: what was promised and is not known to be queued. Entries are claimed with FOR UPDATE
 * SKIP LOCKED, so several programs may look after it at once. */

#include "postgres/wd-pg-outbox.h"

#include "postgres/wd-pg-columns.h"

#define SQL_SELECT                                                                          \
  "SELECT o.id::text, o.job_log_id::text, o.job_id, o.job_type, o.operation, o.queue, o.prefix, " \
  "o.options::text, o.previous::text, array_to_string (o.sites, E'\\n'), j.status, "         \
  "j.wallet_address, j.data::text, o.created_at, "                                          \
  "floor (extract (epoch FROM clock_timestamp() - o.created_at) * 1000)::bigint, "          \
  "o.attempts, o.last_error "                                                               \
  "FROM worker_dashboard.outbox o LEFT JOIN public.job_logs j ON j.id = o.job_log_id "      \
  "WHERE ($1::uuid[] IS NULL OR o.id = ANY ($1::uuid[])) "                                  \
  "AND o.created_at <= clock_timestamp() - $2::bigint * interval '1 millisecond' "          \
  "AND ($3::timestamptz IS NULL OR (o.created_at, o.id) > ($3::timestamptz, $4::uuid)) "    \
  "ORDER BY o.created_at, o.id LIMIT $5::bigint"

static WdOutboxEntry *
read_entry (WdPgResult *rows, guint row)
{
  WdOutboxEntry *entry = wd_outbox_entry_new ();
  const char *sites = wd_pg_result_text (rows, row, 9);
  guint column = 0;

  entry->id = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->job_log_id = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->job_id = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->job_type = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->operation = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->queue = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->prefix = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->options = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->previous = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->sites = sites != NULL && *sites != '\0' ? g_strsplit (sites, "\n", -1) : NULL;
  column++;
  entry->row_status = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->wallet_address = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->data = g_strdup (wd_pg_result_text (rows, row, column++));
  entry->created_at = wd_pg_result_time (rows, row, column++);
  entry->age_ms = wd_pg_result_int (rows, row, column++);
  entry->attempts = wd_pg_result_int (rows, row, column++);
  entry->last_error = g_strdup (wd_pg_result_text (rows, row, column++));
  return entry;
}

static GPtrArray *
select_entries (WdPgConnection *self, const char *sql, const WdPgOutboxClaim *which,
                gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) rows = NULL;
  GPtrArray *entries;

  if (which->ids != NULL)
    wd_pg_params_text_array (params, which->ids, g_strv_length ((char **) which->ids));
  else
    wd_pg_params_text (params, NULL);
  wd_pg_params_int (params, which->min_age_ms);
  wd_pg_params_time (params, which->after != NULL ? which->after->created_at : WD_TIME_NONE);
  wd_pg_params_text (params, which->after != NULL ? which->after->id : NULL);
  wd_pg_params_int (params, which->limit);
  rows = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (rows == NULL)
    return NULL;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_outbox_entry_unref);
  for (guint i = 0; i < wd_pg_result_get_rows (rows); i++)
    g_ptr_array_add (entries, read_entry (rows, i));
  return entries;
}

/**
 * wd_pg_outbox_list:
 * @self: a connection to a migrated database
 * @which: the entries wanted
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdOutboxEntry): oldest first, with the state of each
 *   one's row. Worker.
 */
GPtrArray *
wd_pg_outbox_list (WdPgConnection *self, const WdPgOutboxClaim *which, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  return select_entries (self, SQL_SELECT, which, deadline, cancellable, error);
}

/**
 * wd_pg_outbox_claim:
 * @self: a connection inside a transaction
 * @which: the entries wanted
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdOutboxEntry): like wd_pg_outbox_list(), locked until the
 *   transaction ends; those that somebody else has locked are left out. Worker.
 */
GPtrArray *
wd_pg_outbox_claim (WdPgConnection *self, const WdPgOutboxClaim *which, gint64 deadline,
                    GCancellable *cancellable, GError **error)
{
  return select_entries (self, SQL_SELECT " FOR UPDATE OF o SKIP LOCKED", which, deadline,
                         cancellable, error);
}

/**
 * wd_pg_outbox_forgotten:
 * @self: a connection to a migrated database
 * @job_log_ids: (array length=n_ids): UUIDs of rows
 * @n_ids: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type utf8): a set of those that still say pending and about
 *   which no promise is open. Worker.
 */
GHashTable *
wd_pg_outbox_forgotten (WdPgConnection *self, const char *const *job_log_ids, gsize n_ids,
                        gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  GHashTable *forgotten;

  wd_pg_params_text_array (params, job_log_ids, n_ids);
  result = wd_pg_connection_query (self,
                                   "SELECT j.id::text FROM public.job_logs j "
                                   "WHERE j.id = ANY ($1::uuid[]) AND j.status = 'pending' "
                                   "AND NOT EXISTS (SELECT FROM worker_dashboard.outbox o "
                                   "WHERE o.job_log_id = j.id)",
                                   params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  forgotten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < wd_pg_result_get_rows (result); i++)
    g_hash_table_add (forgotten, g_strdup (wd_pg_result_text (result, i, 0)));
  return forgotten;
}

static gboolean
run_one (WdPgConnection *self, const char *sql, WdPgParams *params, gint64 deadline,
         GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result
      = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);

  return result != NULL;
}

/**
 * wd_pg_outbox_delete:
 * @self: a connection inside a transaction
 * @ids: (element-type utf8): entries whose job is queued
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_outbox_delete (WdPgConnection *self, GPtrArray *ids, gint64 deadline,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();

  if (ids->len == 0)
    return TRUE;
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, ids->len);
  return run_one (self, "DELETE FROM worker_dashboard.outbox WHERE id = ANY ($1::uuid[])", params,
                  deadline, cancellable, error);
}

/**
 * wd_pg_outbox_note:
 * @self: a connection inside a transaction
 * @ids: (element-type utf8): entries that stay
 * @reason: (nullable): why
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Counts the attempt. Worker.
 */
gboolean
wd_pg_outbox_note (WdPgConnection *self, GPtrArray *ids, const char *reason, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();

  if (ids->len == 0)
    return TRUE;
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, ids->len);
  wd_pg_params_text (params, reason);
  return run_one (self,
                  "UPDATE worker_dashboard.outbox SET attempts = attempts + 1, "
                  "last_attempt_at = clock_timestamp(), last_error = $2 "
                  "WHERE id = ANY ($1::uuid[])", params, deadline, cancellable, error);
}

/**
 * wd_pg_outbox_add_site:
 * @self: a connection inside a transaction
 * @ids: (array zero-terminated=1): entries about to be sent
 * @prefix: of the keys that can be reached: entries of another are not about to be sent
 * @identity: of the Redis they are sent to
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * An attempt's identity is committed before the attempt is made: whoever finds the entry later
 * knows every Redis that may have its job. Worker.
 */
gboolean
wd_pg_outbox_add_site (WdPgConnection *self, const char *const *ids, const char *prefix,
                       const char *identity, gint64 deadline, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();

  wd_pg_params_text_array (params, ids, g_strv_length ((char **) ids));
  wd_pg_params_text (params, identity);
  wd_pg_params_text (params, prefix);
  return run_one (self,
                  "UPDATE worker_dashboard.outbox SET sites = sites || $2::text "
                  "WHERE id = ANY ($1::uuid[]) AND prefix = $3 AND NOT $2::text = ANY (sites)",
                  params, deadline, cancellable, error);
}

/* %s: the columns that tell when a job began. A worker may have counted its retries meanwhile: what
 * a reset wrote is undone, what a worker wrote is not. */
#define SQL_TAKE_BACK                                                                       \
  "UPDATE public.job_logs j SET "                                                           \
  "status = coalesce ($2, o.previous ->> 'status', 'failed'), "                             \
  "error_message = CASE WHEN $2::text IS NULL AND o.operation = 'retry' "                   \
  "THEN o.previous ->> 'error_message' ELSE $3 END, %s"                                     \
  "completed_at = CASE WHEN $2::text IS NULL AND o.operation = 'retry' "                    \
  "THEN (o.previous ->> 'completed_at')::timestamptz "                                      \
  "ELSE coalesce ((o.previous ->> 'completed_at')::timestamptz, now()) END, "               \
  "retry_count = CASE WHEN o.operation = 'retry' AND o.options ->> 'reset' = 'true' "       \
  "AND j.retry_count = 0 THEN (o.previous ->> 'retry_count')::int ELSE j.retry_count END, " \
  "updated_at = now() "                                                                     \
  "FROM worker_dashboard.outbox o WHERE o.id = ANY ($1::uuid[]) AND j.id = o.job_log_id "   \
  "AND j.status = 'pending'"

static char *
make_take_back (const WdPgColumns *columns)
{
  static const char *const starts[] = { "started_at", "processed_at" };
  g_autoptr (GString) restored = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, starts[i]) != NULL)
      g_string_append_printf (restored, "%s = (o.previous ->> '%s')::timestamptz, ", starts[i],
                              starts[i]);
  return g_strdup_printf (SQL_TAKE_BACK, restored->str);
}

/**
 * wd_pg_outbox_take_back:
 * @self: a connection inside the transaction that claimed @entries
 * @entries: (element-type WdOutboxEntry): whose job is certainly not queued by them
 * @status: the rows' new status; with %NULL a dispatched row becomes failed and a retried row is
 *   as it was before
 * @reason: (nullable): the error message of rows that are not as they were before
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Undoes the rows that still say pending, and deletes the entries. Worker.
 */
gboolean
wd_pg_outbox_take_back (WdPgConnection *self, GPtrArray *entries, const char *status,
                        const char *reason, gint64 deadline, GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgParams) rows = wd_pg_params_new ();
  g_autoptr (WdPgParams) promises = wd_pg_params_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *sql = NULL;

  if (columns == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (ids, ((WdOutboxEntry *) entries->pdata[i])->id);
  wd_pg_params_text_array (rows, (const char *const *) ids->pdata, ids->len);
  wd_pg_params_text (rows, status);
  wd_pg_params_text (rows, reason);
  wd_pg_params_text_array (promises, (const char *const *) ids->pdata, ids->len);
  sql = make_take_back (columns);
  results = wd_pg_connection_query_many (self,
      (WdPgStatement[]) {
        { sql, rows },
        { "DELETE FROM worker_dashboard.outbox WHERE id = ANY ($1::uuid[])", promises } },
      2, deadline, cancellable, error);
  return results != NULL;
}
