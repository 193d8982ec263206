/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The outbox: what was promised and is not known to be queued. Entries are claimed with FOR UPDATE
 * SKIP LOCKED, so several programs may look after it at once. */

#include "postgres/wd-pg-outbox.h"

#include "postgres/wd-pg-write.h"

#define SQL_SELECT                                                                          \
  "SELECT o.id::text, o.job_log_id::text, o.job_id, o.job_type, o.operation, o.queue, o.prefix, " \
  "o.options::text, o.previous::text, array_to_string (o.sites, E'\\n'), j.status, "         \
  "j.wallet_address, j.data::text, o.created_at, "                                          \
  "floor (extract (epoch FROM clock_timestamp() - o.created_at) * 1000)::bigint, "          \
  "o.attempts, o.last_error, j.created_at "                                                 \
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
  entry->row_created_at = wd_pg_result_time (rows, row, column++);
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

/* Any number that nobody else uses: it stands for the right to take up what others left. */
#define SQL_TURN "SELECT pg_catalog.pg_try_advisory_xact_lock (7383111826402722)"

/**
 * wd_pg_outbox_take_turn:
 * @self: a connection inside a transaction
 * @taken: (out): whether nobody else is at it until the transaction ends
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * For programs that look after the outbox by themselves: one at a time, others stand by. Worker.
 */
gboolean
wd_pg_outbox_take_turn (WdPgConnection *self, gboolean *taken, gint64 deadline,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result
      = wd_pg_connection_query (self, SQL_TURN, NULL, deadline, cancellable, error);

  *taken = result != NULL && wd_pg_result_bool (result, 0, 0);
  return result != NULL;
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
 * Returns: (transfer full) (element-type utf8 gboolean): those that still say pending and about
 *   which no promise is open, with whether they say when their job began. Worker.
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
                                   "SELECT j.id::text, coalesce (to_jsonb (j) ->> 'started_at', "
                                   "to_jsonb (j) ->> 'processed_at') IS NOT NULL "
                                   "FROM public.job_logs j "
                                   "WHERE j.id = ANY ($1::uuid[]) AND j.status = 'pending' "
                                   "AND NOT EXISTS (SELECT FROM worker_dashboard.outbox o "
                                   "WHERE o.job_log_id = j.id)",
                                   params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  forgotten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < wd_pg_result_get_rows (result); i++)
    g_hash_table_insert (forgotten, g_strdup (wd_pg_result_text (result, i, 0)),
                         GINT_TO_POINTER (wd_pg_result_bool (result, i, 1)));
  return forgotten;
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
  g_autoptr (GPtrArray) results = NULL;

  if (ids->len == 0)
    return TRUE;
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, ids->len);
  results = wd_pg_connection_query_many (self,
      (WdPgStatement[]) {
        { WD_PG_WRITE_BY_KEYS, NULL },
        { "DELETE FROM worker_dashboard.outbox WHERE id = ANY ($1::uuid[])", params } },
      2, deadline, cancellable, error);
  return results != NULL;
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
  g_autoptr (WdPgResult) result = NULL;

  if (ids->len == 0)
    return TRUE;
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, ids->len);
  wd_pg_params_text (params, reason);
  result = wd_pg_connection_query (self,
                                   "UPDATE worker_dashboard.outbox SET attempts = attempts + 1, "
                                   "last_attempt_at = clock_timestamp(), last_error = $2 "
                                   "WHERE id = ANY ($1::uuid[])",
                                   params, deadline, cancellable, error);
  return result != NULL;
}
