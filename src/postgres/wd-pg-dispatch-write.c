/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a dispatch writes once its wallets are locked and sorted out. */

#include "postgres/wd-pg-dispatch-private.h"

#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-request-key.h"

#define SQL_ROWS                                                                          \
  "INSERT INTO public.job_logs (id, job_id, job_type, status, wallet_address, user_id, "  \
  "triggered_by, data, retry_count, max_retries, created_at, updated_at) "                \
  "SELECT t.id::uuid, t.id, $4, 'pending', t.wallet, t.user_id::uuid, $8::text, "         \
  "jsonb_strip_nulls (jsonb_build_object ('wallet_address', t.wallet, 'user_id', $5::text, " \
  "'priority', $6::int, 'created_at', "                                                   \
  "to_char (now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'))), "           \
  "0, $7::int, now(), now() "                                                             \
  "FROM unnest ($1::text[], $2::text[], $3::text[]) AS t (id, wallet, user_id) "          \
  "RETURNING id::text, wallet_address, user_id::text, data::text, created_at"

#define SQL_PROMISES                                                                      \
  "INSERT INTO worker_dashboard.outbox (id, job_log_id, job_id, operation, job_type, queue, " \
  "prefix, options, sites, attempts, last_attempt_at%s) "                                 \
  "SELECT t.id::uuid, t.job::uuid, t.job, 'dispatch', $3, $4, $5, $6::jsonb, ARRAY[$7::text], " \
  "1, clock_timestamp()%s FROM unnest ($1::text[], $2::text[], $8::bigint[]) AS t (id, job, n)"

#define SQL_ITEMS                                                                         \
  "WITH marked AS (UPDATE worker_dashboard.bulk_item AS i SET result = 'done', "          \
  "job_log_id = t.job::uuid FROM unnest ($2::text[], $3::bigint[]) AS t (job, n), "       \
  WD_PG_BULK_PLACES ("$1") " RETURNING 1) UPDATE worker_dashboard.bulk_run AS r " \
  "SET done = r.done + (SELECT count (*) FROM marked) WHERE r.id = $1::uuid"

#define SQL_AUDIT                                                                         \
  WD_PG_AUDIT_INSERT                                                                      \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_DISPATCH "', 'job', t.id, NULL, "     \
  "jsonb_build_object ('job_type', $7::text, 'wallet_address', t.wallet, "                \
  "'user_id', t.user_id, 'status', 'pending', 'priority', $8::int, 'forced', $9::boolean, " \
  "'queue', $10::text) "                                                                  \
  "FROM unnest ($4::text[], $5::text[], $6::text[]) AS t (id, wallet, user_id)"

static WdPgParams *
make_audit (WdPgConnection *self, const WdPgDispatch *order, const WdPgDispatchSlice *slice)
{
  WdPgParams *audit = wd_pg_params_new ();
  gsize n = slice->ids->len;

  wd_pg_audit_add_actor (audit, self);
  wd_pg_params_text_array (audit, (const char *const *) slice->ids->pdata, n);
  wd_pg_params_text_array (audit, (const char *const *) slice->addresses->pdata, n);
  wd_pg_params_text_array (audit, (const char *const *) slice->users->pdata, n);
  wd_pg_params_text (audit, order->request->job_type);
  wd_pg_params_int (audit, order->request->priority);
  wd_pg_params_bool (audit, order->request->force);
  wd_pg_params_text (audit, order->uses_queue ? order->mapping->queue : NULL);
  return audit;
}

static WdPgParams *
make_promises (const WdPgDispatch *order, const WdPgDispatchSlice *slice, const gint64 *places)
{
  WdPgParams *promises = wd_pg_params_new ();
  gsize n = slice->ids->len;

  wd_pg_params_text_array (promises, (const char *const *) slice->outbox_ids->pdata, n);
  wd_pg_params_text_array (promises, (const char *const *) slice->ids->pdata, n);
  wd_pg_params_text (promises, order->request->job_type);
  wd_pg_params_text (promises, order->mapping->queue);
  wd_pg_params_text (promises, order->prefix);
  wd_pg_params_json (promises, order->options);
  wd_pg_params_text (promises, order->identity);
  wd_pg_params_int_array (promises, places, n);
  if (order->runner != NULL)
    wd_pg_params_text (promises, order->runner->run_id);
  return promises;
}

/* Returns: what the rows say has triggered them */
const char *
wd_pg_dispatch_trigger (const WdPgDispatch *order)
{
  return order->request->trigger != NULL ? order->request->trigger : "manual";
}

static WdPgParams *
make_rows (const WdPgDispatch *order, const WdPgDispatchSlice *slice)
{
  WdPgParams *rows = wd_pg_params_new ();
  gsize n = slice->ids->len;

  wd_pg_params_text_array (rows, (const char *const *) slice->ids->pdata, n);
  wd_pg_params_text_array (rows, (const char *const *) slice->addresses->pdata, n);
  wd_pg_params_text_array (rows, (const char *const *) slice->users->pdata, n);
  wd_pg_params_text (rows, order->request->job_type);
  wd_pg_params_text (rows, order->request->user_id);
  wd_pg_params_int (rows, order->request->priority);
  wd_pg_params_int (rows, order->mapping->attempts);
  wd_pg_params_text (rows, wd_pg_dispatch_trigger (order));
  return rows;
}

/* Which items of a bulk run these are; zeros where there is none. */
static gint64 *
find_places (const WdPgDispatch *order, const WdPgDispatchSlice *slice)
{
  gint64 *places = g_new0 (gint64, slice->ids->len);

  for (guint i = 0; order->items != NULL && i < slice->ids->len; i++)
    places[i] = ((WdBulkItem *) g_hash_table_lookup (order->items, slice->addresses->pdata[i]))->n;
  return places;
}

/* Returns: (nullable): on whose behalf that wallet gets its job, where it was asked under a key */
static const WdOrigin *
find_origin (const WdDispatchRequest *request, const char *wallet)
{
  const WdOrigin *origin = request->origin;

  for (guint i = 0; request->origins != NULL && i < request->origins->len; i++)
    if (strcmp (request->wallets[i], wallet) == 0)
      origin = request->origins->pdata[i];
  return origin != NULL && origin->key != NULL ? origin : NULL;
}

/* Returns: (transfer full) (nullable): under which keys which rows are written */
static WdPgParams *
make_keys (const WdPgDispatch *order, const WdPgDispatchSlice *slice)
{
  g_autoptr (GPtrArray) origins = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (order->request->origin == NULL)
    return NULL;
  for (guint i = 0; i < slice->ids->len; i++)
    {
      const WdOrigin *origin = find_origin (order->request, slice->addresses->pdata[i]);

      if (origin == NULL)
        continue;
      g_ptr_array_add (origins, (gpointer) origin);
      g_ptr_array_add (ids, slice->ids->pdata[i]);
    }
  if (ids->len == 0)
    return NULL;
  return wd_pg_request_key_jobs_params ((const WdOrigin *const *) origins->pdata,
                                        WD_PG_KEY_DISPATCH, (const char *const *) ids->pdata,
                                        ids->len);
}

/**
 * wd_pg_dispatch_write:
 * @self: a connection inside the transaction that locked the wallets
 * @order: what the jobs have in common
 * @slice: which jobs
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Writes rows, audit trail, promises, which items of a bulk run are done by that, which flags are
 * served by it, and under which keys they were asked for, in one round trip. Worker.
 *
 * Returns: (transfer full): the rows as they are
 */
WdPgResult *
wd_pg_dispatch_write (WdPgConnection *self, const WdPgDispatch *order,
                      const WdPgDispatchSlice *slice, gint64 deadline, GCancellable *cancellable,
                      GError **error)
{
  g_autofree gint64 *places = find_places (order, slice);
  g_autoptr (WdPgParams) rows = make_rows (order, slice);
  g_autoptr (WdPgParams) promises = make_promises (order, slice, places);
  g_autoptr (WdPgParams) audit = make_audit (self, order, slice);
  g_autoptr (WdPgParams) items = wd_pg_params_new ();
  g_autoptr (WdPgParams) keys = make_keys (order, slice);
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *promise = NULL;
  g_autoptr (WdPgParams) served = NULL;
  WdPgStatement statements[6] = { { SQL_ROWS, rows }, { SQL_AUDIT, audit } };
  guint n = 2;

  promise = g_strdup_printf (SQL_PROMISES, order->runner != NULL ? ", bulk_run_id, bulk_n" : "",
                             order->runner != NULL ? ", $9::uuid, t.n" : "");
  if (order->uses_queue)
    statements[n++] = (WdPgStatement) { promise, promises };
  if (order->runner != NULL)
    {
      wd_pg_params_text (items, order->runner->run_id);
      wd_pg_params_text_array (items, (const char *const *) slice->ids->pdata, slice->ids->len);
      wd_pg_params_int_array (items, places, slice->ids->len);
      statements[n++] = (WdPgStatement) { SQL_ITEMS, items };
    }
  if (order->turn != NULL)
    {
      statements[n] = wd_pg_flagged_served (order->turn, slice->addresses, slice->ids);
      served = statements[n++].params;
    }
  if (keys != NULL)
    statements[n++] = (WdPgStatement) { wd_pg_request_key_jobs_sql (), keys };
  results = wd_pg_connection_query_many (self, statements, n, deadline, cancellable, error);
  if (results == NULL)
    wd_pg_request_key_explain (self, error);
  return results != NULL ? g_steal_pointer (&results->pdata[0]) : NULL;
}
