/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an admin orders for entries of the outbox and what is undone of them, each with its rows of
 * the audit trail in the same transaction. */

#include "postgres/wd-pg-outbox.h"

#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-write.h"

/* Of an entry `o`, and the row `j` it is about. */
#define BEFORE                                                                              \
  "jsonb_strip_nulls (jsonb_build_object ('status', j.status, 'retry_count', j.retry_count, " \
  "'outbox_id', o.id, 'attempts', o.attempts, 'last_error', o.last_error))"

#define SUBJECT                                                                             \
  "'operation', o.operation, 'job_id', o.job_id, 'job_type', o.job_type, "                  \
  "'wallet_address', j.wallet_address, 'queue', o.queue"

#define SQL_ADD_SITE                                                                        \
  "UPDATE worker_dashboard.outbox SET sites = sites || $2::text "                           \
  "WHERE id = ANY ($1::uuid[]) AND prefix = $3 AND NOT $2::text = ANY (sites)"

#define SQL_AUDIT_ORDER                                                                     \
  WD_PG_AUDIT_INSERT                                                                        \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_SEND "', 'job', o.job_log_id::text, "   \
  BEFORE ", jsonb_strip_nulls (jsonb_build_object (" SUBJECT ")) "                          \
  "FROM worker_dashboard.outbox o LEFT JOIN public.job_logs j ON j.id = o.job_log_id "      \
  "WHERE o.id = ANY ($4::uuid[]) ORDER BY o.created_at, o.id"

#define SQL_AUDIT_NOT_SENT                                                                  \
  WD_PG_AUDIT_INSERT                                                                        \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_NOT_SENT "', 'job', o.job_log_id::text, " \
  BEFORE ", jsonb_strip_nulls (jsonb_build_object (" SUBJECT ", 'note', u.note)) "          \
  "FROM unnest ($4::uuid[], $5::text[]) AS u (id, note) "                                   \
  "JOIN worker_dashboard.outbox o ON o.id = u.id "                                          \
  "LEFT JOIN public.job_logs j ON j.id = o.job_log_id"

static gboolean
run_one (WdPgConnection *self, const char *sql, WdPgParams *params, gint64 deadline,
         GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result
      = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);

  return result != NULL;
}

/**
 * wd_pg_outbox_order:
 * @self: a connection inside a transaction
 * @ids: (array zero-terminated=1): entries that an admin orders to be sent
 * @prefix: of the keys that can be reached: entries of another are not about to be sent
 * @identity: of the Redis they are sent to
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * An attempt's identity is committed before the attempt is made: whoever finds the entry later
 * knows every Redis that may have its job. So is who ordered it. Worker.
 */
gboolean
wd_pg_outbox_order (WdPgConnection *self, const char *const *ids, const char *prefix,
                    const char *identity, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (WdPgParams) site = wd_pg_params_new ();
  g_autoptr (WdPgParams) audit = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;
  gsize n_ids = g_strv_length ((char **) ids);

  wd_pg_params_text_array (site, ids, n_ids);
  wd_pg_params_text (site, identity);
  wd_pg_params_text (site, prefix);
  wd_pg_audit_add_actor (audit, self);
  wd_pg_params_text_array (audit, ids, n_ids);
  results = wd_pg_connection_query_many (self,
                                         (WdPgStatement[]) { { SQL_AUDIT_ORDER, audit },
                                                             { SQL_ADD_SITE, site } },
                                         2, deadline, cancellable, error);
  return results != NULL;
}

/**
 * wd_pg_outbox_not_sent:
 * @self: a connection inside the transaction that claimed the entries
 * @ids: (element-type utf8): entries that stay although they were ordered to be sent
 * @notes: (element-type utf8): why, beside them
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Says so in the audit trail. Worker.
 */
gboolean
wd_pg_outbox_not_sent (WdPgConnection *self, GPtrArray *ids, GPtrArray *notes, gint64 deadline,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();

  if (ids->len == 0)
    return TRUE;
  wd_pg_audit_add_actor (params, self);
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, ids->len);
  wd_pg_params_text_array (params, (const char *const *) notes->pdata, notes->len);
  return run_one (self, SQL_AUDIT_NOT_SENT, params, deadline, cancellable, error);
}

/* %s: the columns that tell when a job began. A worker may have counted its retries meanwhile: what
 * a reset wrote is undone, what a worker wrote is not. The audit trail says of each entry what its
 * row was and is, also where it no longer says pending and so was left alone; both are brought
 * together without a join, since what is looked up by keys has none to join it by. */
#define SQL_TAKE_BACK                                                                       \
  "WITH taken AS (UPDATE public.job_logs j SET "                                            \
  "status = coalesce ($2, o.previous ->> 'status', 'failed'), "                             \
  "error_message = CASE WHEN $2::text IS NULL AND o.operation = 'retry' AND NOT $9::boolean " \
  "THEN o.previous ->> 'error_message' ELSE $3 END, %s"                                     \
  "completed_at = CASE WHEN $2::text IS NULL AND o.operation = 'retry' "                    \
  "THEN (o.previous ->> 'completed_at')::timestamptz "                                      \
  "ELSE coalesce ((o.previous ->> 'completed_at')::timestamptz, now()) END, "               \
  "retry_count = CASE WHEN o.operation = 'retry' AND o.options ->> 'reset' = 'true' "       \
  "AND j.retry_count = 0 THEN (o.previous ->> 'retry_count')::int ELSE j.retry_count END, " \
  "updated_at = now() "                                                                     \
  "FROM worker_dashboard.outbox o WHERE o.id = ANY ($1::uuid[]) AND j.id = o.job_log_id "   \
  "AND j.status = 'pending' "                                                               \
  "RETURNING o.id AS t_entry, j.status::text AS t_status, "                                 \
  "j.retry_count::bigint AS t_retries, left (j.error_message, 2000) AS t_error) "           \
  WD_PG_AUDIT_INSERT                                                                        \
  "SELECT $4::text, $5::text, $6::text, $7::text, 'job', o.job_log_id::text, " BEFORE ", "  \
  "jsonb_strip_nulls (jsonb_build_object ('status', coalesce (t_status, j.status), "        \
  "'retry_count', coalesce (t_retries, j.retry_count), 'error_message', t_error, "          \
  "'note', u.note, " SUBJECT ")) "                                                          \
  "FROM (SELECT id, max (note) AS note, max (t_status) AS t_status, "                       \
  "max (t_retries) AS t_retries, max (t_error) AS t_error FROM ("                           \
  "SELECT id, note, NULL::text AS t_status, NULL::bigint AS t_retries, NULL::text AS t_error " \
  "FROM unnest ($1::uuid[], $8::text[]) AS w (id, note) "                                   \
  "UNION ALL SELECT t_entry, NULL, t_status, t_retries, t_error FROM taken) AS a "          \
  "GROUP BY id) AS u JOIN worker_dashboard.outbox o ON o.id = u.id "                        \
  "LEFT JOIN public.job_logs j ON j.id = o.job_log_id"

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

/* Of items of bulk runs, which counted as done by their promise. */
#define SQL_TAKE_ITEMS_BACK                                                                 \
  "WITH back AS (UPDATE worker_dashboard.bulk_item AS i SET result = 'refused', "           \
  "reason = coalesce (u.note, $3) FROM unnest ($1::uuid[], $2::text[]) AS u (id, note) "    \
  "JOIN worker_dashboard.outbox AS o ON o.id = u.id WHERE i.run_id = o.bulk_run_id "        \
  "AND i.n = o.bulk_n AND i.result = 'done' RETURNING i.run_id) "                           \
  "UPDATE worker_dashboard.bulk_run AS r SET done = r.done - b.n, refused = r.refused + b.n " \
  "FROM (SELECT run_id, count (*) AS n FROM back GROUP BY 1) AS b WHERE r.id = b.run_id"

/* Only what was promised in a bulk run needs the right to write its items. From here on all rows
 * are looked up by their keys. */
static gboolean
take_items_back (WdPgConnection *self, GPtrArray *ids, GPtrArray *notes, const WdPgTakeBack *how,
                 gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) asked = wd_pg_params_new ();
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) found = NULL;

  wd_pg_params_text_array (asked, (const char *const *) ids->pdata, ids->len);
  found = wd_pg_connection_query_many (self,
      (WdPgStatement[]) {
        { WD_PG_WRITE_BY_KEYS, NULL },
        { "SELECT 1 FROM worker_dashboard.outbox "
          "WHERE id = ANY ($1::uuid[]) AND bulk_run_id IS NOT NULL LIMIT 1", asked } },
      2, deadline, cancellable, error);
  if (found == NULL || wd_pg_result_get_rows (found->pdata[1]) == 0)
    return found != NULL;
  wd_pg_params_text_array (params, (const char *const *) ids->pdata, ids->len);
  wd_pg_params_text_array (params, (const char *const *) notes->pdata, notes->len);
  wd_pg_params_text (params, how->reason != NULL ? how->reason : how->status);
  return run_one (self, SQL_TAKE_ITEMS_BACK, params, deadline, cancellable, error);
}

/**
 * wd_pg_outbox_take_back:
 * @self: a connection inside the transaction that claimed @entries
 * @entries: (element-type WdOutboxEntry): whose job is certainly not queued by them from now on
 * @how: what becomes of them
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Undoes the rows that still say pending, deletes the entries, and says so in the audit trail; what
 * was an item of a bulk run is refused there. Worker.
 */
gboolean
wd_pg_outbox_take_back (WdPgConnection *self, GPtrArray *entries, const WdPgTakeBack *how,
                        gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgParams) rows = wd_pg_params_new ();
  g_autoptr (WdPgParams) promises = wd_pg_params_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *sql = NULL;

  if (columns == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      g_ptr_array_add (ids, ((WdOutboxEntry *) entries->pdata[i])->id);
      g_ptr_array_add (notes, how->notes != NULL ? how->notes->pdata[i] : NULL);
    }
  if (!take_items_back (self, ids, notes, how, deadline, cancellable, error))
    return FALSE;
  wd_pg_params_text_array (rows, (const char *const *) ids->pdata, ids->len);
  wd_pg_params_text (rows, how->status);
  wd_pg_params_text (rows, how->reason);
  wd_pg_audit_add_actor (rows, self);
  wd_pg_params_text (rows, how->action);
  wd_pg_params_text_array (rows, (const char *const *) notes->pdata, notes->len);
  wd_pg_params_bool (rows, how->unsure);
  wd_pg_params_text_array (promises, (const char *const *) ids->pdata, ids->len);
  sql = make_take_back (columns);
  results = wd_pg_connection_query_many (self,
      (WdPgStatement[]) {
        { sql, rows },
        { "DELETE FROM worker_dashboard.outbox WHERE id = ANY ($1::uuid[])", promises } },
      2, deadline, cancellable, error);
  return results != NULL;
}
