/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The preview: one statement reads what is asked for, writes it down, and sums it up, so all of it
 * is as it was at one moment. What others than the database know of it is added before anybody sees
 * it. */

#include "postgres/wd-pg-bulk-freeze.h"

#include "model/wd-job-type.h"
#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-bulk-wallets.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-job-query.h"
#include "postgres/wd-pg-request-key.h"
#include "postgres/wd-pg-under-way.h"
#include "postgres/wd-pg-wallet-query.h"
#include "postgres/wd-pg-write.h"

#define SQL_RUN                                                                            \
  "INSERT INTO worker_dashboard.bulk_run (id, operation, options, created_by) "            \
  "VALUES ($1::uuid, $2, jsonb_strip_nulls (jsonb_build_object ('reset', $3::boolean, "    \
  "'job_type', $4::text, 'user_id', $5::text, 'priority', $6::int, 'force', $7::boolean, " \
  "'needs_gas', $8::boolean, 'needs_consolidation', $9::boolean)), $10)"

/* %1$s: what is frozen: place, job_log_id, wallet_address, network, job_type, status, retry_count,
 * max_retries, flags, forecast; %2$u: the run. */
#define SQL_FREEZE                                                                         \
  "WITH frozen AS (%1$s), items AS (INSERT INTO worker_dashboard.bulk_item (run_id, n, "   \
  "job_log_id, wallet_address, network, job_type, status, retry_count, max_retries, flags, " \
  "forecast) SELECT $%2$u::uuid, row_number () OVER (ORDER BY place), job_log_id, "        \
  "wallet_address, network, job_type, status, retry_count, max_retries, flags, forecast "  \
  "FROM frozen RETURNING job_type, network, forecast), "                                   \
  "kinds AS (SELECT job_type, network, count (*) AS n FROM items GROUP BY 1, 2), "         \
  "reasons AS (SELECT forecast AS reason, count (*) AS n FROM items "                      \
  "WHERE forecast IS NOT NULL GROUP BY 1) "                                                \
  "UPDATE worker_dashboard.bulk_run SET total = (SELECT count (*) FROM items), "           \
  "counts = (SELECT coalesce (jsonb_agg (to_jsonb (k) ORDER BY n DESC, job_type, network), " \
  "'[]') FROM kinds AS k), "                                                               \
  "forecast = (SELECT coalesce (jsonb_agg (to_jsonb (f) ORDER BY n DESC, reason), '[]') "  \
  "FROM reasons AS f) WHERE id = $%2$u::uuid RETURNING total"

static gboolean
has (const WdPgColumns *columns, WdPgTable table, const char *name)
{
  return wd_pg_columns_find (columns, table, name) != NULL;
}

/* Networks of wallets, for rows of job_logs; a site may have neither, or wallets more than once. */
static char *
join_networks (const WdPgColumns *columns)
{
  if (!has (columns, WD_PG_USER_WALLETS, "network")
      || !has (columns, WD_PG_JOB_LOGS, "wallet_address"))
    return g_strdup ("CROSS JOIN (SELECT NULL::text AS network) AS w");
  if (wd_pg_columns_is_unique (columns, WD_PG_USER_WALLETS, "address"))
    return g_strdup ("LEFT JOIN public.user_wallets AS w ON w.address = j.wallet_address");
  return g_strdup ("LEFT JOIN (SELECT address, min (network) AS network FROM public.user_wallets "
                   "GROUP BY address) AS w ON w.address = j.wallet_address");
}

/* Which of the rows have another of their type under way for their wallet, where one is enough. */
static char *
join_same_work (const WdPgColumns *columns, const WdBulkRequest *request, WdPgParams *params)
{
  g_auto (GStrv) types = wd_job_type_dup_dispatched ();

  if (request->force || !has (columns, WD_PG_JOB_LOGS, "wallet_address"))
    return g_strdup ("CROSS JOIN (SELECT NULL::text AS busy) AS b");
  return g_strdup_printf ("LEFT JOIN (SELECT DISTINCT job_type::text AS busy, "
                          "wallet_address::text AS busy_wallet FROM public.job_logs "
                          "WHERE job_type = ANY ($%u::text[]) AND wallet_address <> '' AND "
                          WD_PG_JOB_UNDER_WAY ") AS b "
                          "ON b.busy = j.job_type AND b.busy_wallet = j.wallet_address",
                          wd_pg_params_text_array (params, (const char *const *) types,
                                                   g_strv_length (types)));
}

/* One that may have run is never retried with many others, so it takes no other one's place. */
static char *
when_perhaps_ran (const WdPgColumns *columns, WdPgParams *params)
{
  if (!has (columns, WD_PG_JOB_LOGS, "error_message"))
    return g_strdup ("");
  return g_strdup_printf (" WHEN j.error_message = $%u THEN '" WD_PG_BULK_PERHAPS_RAN "'",
                          wd_pg_params_text (params, WD_RETRY_PERHAPS_RAN));
}

static char *
job_columns (const WdPgColumns *columns, const WdBulkRequest *request, const char *id,
             WdPgParams *params)
{
  g_autofree char *perhaps_ran = when_perhaps_ran (columns, params);

  return g_strdup_printf (
    "%s AS job_log_id, %s AS wallet_address, w.network::text AS network, j.job_type, j.status, "
    "j.retry_count, j.max_retries, NULL::text AS flags, CASE WHEN j.id IS NULL THEN '"
    WD_PG_BULK_NO_JOB "' WHEN j.status IS DISTINCT FROM 'failed' THEN '" WD_PG_BULK_NOT_FAILED
    "'%s%s WHEN busy IS NOT NULL THEN '" WD_PG_BULK_UNDER_WAY "' END AS forecast", id,
    has (columns, WD_PG_JOB_LOGS, "wallet_address") ? "j.wallet_address::text" : "NULL::text",
    perhaps_ran,
    request->reset ? "" : " WHEN j.retry_count >= j.max_retries THEN '" WD_PG_BULK_EXHAUSTED "'");
}

/* Every failed job that the filter lets through, oldest first: its times bound them already. */
static char *
failed_jobs (const WdPgColumns *columns, const WdBulkRequest *request, WdPgListQuery **query,
             GError **error)
{
  g_autoptr (WdJobFilter) failed = wd_job_filter_copy (request->jobs);
  g_autoptr (WdPageRequest) order = wd_page_request_new ();
  g_autofree char *select = NULL;
  g_autofree char *join = join_networks (columns);
  g_autofree char *same_work = NULL;

  g_strfreev (failed->statuses);
  failed->statuses = g_strsplit ("failed", ",", -1);
  *query = wd_pg_job_query_new (columns, failed, order, error);
  if (*query == NULL)
    return NULL;
  select = job_columns (columns, request, "j.id", (*query)->params);
  same_work = join_same_work (columns, request, (*query)->params);
  return g_strdup_printf ("SELECT row_number () OVER (ORDER BY j.created_at, j.id) AS place, %s "
                          "FROM (SELECT * FROM %s WHERE %s) AS j %s %s", select, (*query)->from,
                          (*query)->conditions->str, join, same_work);
}

static char *
named_jobs (const WdPgColumns *columns, const WdBulkRequest *request, WdPgParams *params)
{
  g_autofree char *select = job_columns (columns, request, "s.id", params);
  g_autofree char *join = join_networks (columns);
  guint ids = wd_pg_params_text_array (params, (const char *const *) request->subjects,
                                       g_strv_length (request->subjects));
  g_autofree char *same_work = join_same_work (columns, request, params);

  return g_strdup_printf ("SELECT s.place, %s FROM (SELECT id, min (place) AS place "
                          "FROM unnest ($%u::uuid[]) WITH ORDINALITY AS u (id, place) GROUP BY id) "
                          "AS s LEFT JOIN public.job_logs AS j ON j.id = s.id %s %s", select, ids,
                          join, same_work);
}

/* Wallets with such a job under way, who may be as many as there are: joined, since a list of them
 * in an expression is looked through for each wallet once it is large. */
static char *
join_under_way (const WdBulkRequest *request, guint type)
{
  if (request->operation != WD_BULK_DISPATCH || request->force)
    return g_strdup ("CROSS JOIN (SELECT NULL::text AS busy) AS b");
  return g_strdup_printf ("LEFT JOIN (SELECT DISTINCT wallet_address::text AS busy "
                          "FROM public.job_logs WHERE job_type = $%u AND " WD_PG_JOB_UNDER_WAY
                          ") AS b ON b.busy = w.wallet_address", type);
}

/* In the order of their addresses, as dispatches lock them. What a wallet says is an aggregate,
 * since a site may have an address more than once. */
static char *
wallets (const WdPgColumns *columns, const WdBulkRequest *request, const char *from,
         const char *where, const char *address, WdPgParams *params)
{
  g_autofree char *flags = wd_pg_bulk_flags_sql (columns, request);
  g_autofree char *network = wd_pg_bulk_network_sql (columns);
  guint type = wd_pg_params_text (params, request->job_type);
  g_autofree char *busy = join_under_way (request, type);

  return g_strdup_printf (
    "SELECT wallet_address COLLATE \"C\" AS place, NULL::uuid AS job_log_id, wallet_address, "
    "network, $%u::text AS job_type, NULL::text AS status, NULL::int AS retry_count, "
    "NULL::int AS max_retries, flags, CASE WHEN flags IS NULL AND NOT %s THEN '"
    WD_PG_BULK_NO_WALLET "' WHEN busy IS NOT NULL THEN '" WD_PG_BULK_UNDER_WAY "' END AS forecast "
    "FROM (SELECT %s AS wallet_address, %s AS network, %s AS flags FROM %s WHERE %s GROUP BY 1) "
    "AS w %s", type, request->force ? "TRUE" : "FALSE", address, network, flags, from, where, busy);
}

static char *
matching_wallets (const WdPgColumns *columns, const WdBulkRequest *request, WdPgListQuery **query,
                  GError **error)
{
  g_autoptr (WdPageRequest) order = wd_page_request_new ();

  *query = wd_pg_wallet_query_new (columns, request->wallets, order, error);
  if (*query == NULL)
    return NULL;
  return wallets (columns, request, (*query)->from,
                  (*query)->conditions->len > 0 ? (*query)->conditions->str : "TRUE",
                  "w.address::text", (*query)->params);
}

static char *
named_wallets (const WdPgColumns *columns, const WdBulkRequest *request, WdPgParams *params)
{
  guint subjects = wd_pg_params_text_array (params, (const char *const *) request->subjects,
                                            g_strv_length (request->subjects));
  g_autofree char *from = g_strdup_printf ("unnest ($%u::text[]) AS s (address) LEFT JOIN "
                                           "public.user_wallets AS w ON w.address = s.address",
                                           subjects);

  return wallets (columns, request, from, "TRUE", "s.address", params);
}

static void
add_flag (WdPgParams *params, gboolean used, WdTristate value)
{
  if (used && value != WD_TRISTATE_UNSET)
    wd_pg_params_bool (params, value == WD_TRISTATE_TRUE);
  else
    wd_pg_params_text (params, NULL);
}

static WdPgParams *
run_params (WdPgConnection *self, const char *run_id, const WdBulkRequest *request)
{
  WdPgParams *params = wd_pg_params_new ();
  gboolean dispatch = request->operation == WD_BULK_DISPATCH;
  gboolean flags = request->operation == WD_BULK_SET_FLAGS;

  wd_pg_params_text (params, run_id);
  wd_pg_params_text (params, wd_bulk_operation_word (request->operation));
  add_flag (params, request->operation == WD_BULK_RETRY,
            request->reset ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE);
  wd_pg_params_text (params, dispatch ? request->job_type : NULL);
  wd_pg_params_text (params, dispatch ? request->user_id : NULL);
  if (dispatch)
    wd_pg_params_int (params, request->priority);
  else
    wd_pg_params_text (params, NULL);
  add_flag (params, !flags, request->force ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE);
  add_flag (params, flags, request->needs_gas);
  add_flag (params, flags, request->needs_consolidation);
  wd_pg_params_text (params, wd_pg_connection_get_actor (self)->os_user);
  return params;
}

/* Last of all, so that another request under the key waits for a moment only. */
static gboolean
write_key (WdPgConnection *self, const char *run_id, const WdOrigin *origin, gint64 deadline,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = NULL;
  g_autoptr (WdPgResult) result = NULL;

  if (origin == NULL || origin->key == NULL)
    return TRUE;
  params = wd_pg_request_key_bulk_params (origin, run_id);
  result = wd_pg_connection_query (self, wd_pg_request_key_bulk_sql (), params, deadline,
                                   cancellable, error);
  if (result == NULL)
    wd_pg_request_key_explain (self, error);
  return result != NULL;
}

/* What a preview says beyond what its rows tell. */
static gboolean
foretell (WdPgConnection *self, const WdPgColumns *columns, const char *run_id,
          const WdBulkRequest *request, gint64 total, WdPgBulkLook look, gpointer data,
          gint64 deadline, GCancellable *cancellable, GError **error)
{
  gboolean guarded = request->operation == WD_BULK_RETRY && !request->force;

  if (request->operation == WD_BULK_DISPATCH)
    return look == NULL || wd_pg_bulk_forecast_wallets (self, run_id, total, look, data, deadline,
                                                        cancellable, error);
  return (look == NULL || wd_pg_bulk_forecast (self, columns, run_id, total, guarded, look, data,
                                               deadline, cancellable, error))
         && (!guarded
             || wd_pg_bulk_forecast_repeated (self, run_id, deadline, cancellable, error));
}

/* What two statements say, the second how much that is; what @look finds; and under which key. */
static gboolean
write_down (WdPgConnection *self, const WdPgColumns *columns, const char *run_id,
            const WdBulkRequest *request, const WdPgStatement *statements, WdPgBulkLook look,
            gpointer data, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *xid = NULL;

  if (!wd_pg_write_begin (self, &xid, deadline, cancellable, error))
    return FALSE;
  results = wd_pg_connection_query_many (self, statements, 2, deadline, cancellable, error);
  if (results != NULL
      && foretell (self, columns, run_id, request, wd_pg_result_int (results->pdata[1], 0, 0), look,
                   data, deadline, cancellable, error)
      && write_key (self, run_id, request->origin, deadline, cancellable, error))
    return wd_pg_write_commit (self, xid, deadline, error);
  wd_pg_write_abort (self, error);
  return FALSE;
}

/**
 * wd_pg_bulk_freeze:
 * @self: a connection to a migrated database
 * @run_id: a new UUID
 * @request: a valid request
 * @look: (nullable) (scope call): finds out which of its jobs will be refused for what the database
 *   does not know
 * @data: for @look
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Writes down which jobs or wallets are meant, as they are now. Worker.
 */
gboolean
wd_pg_bulk_freeze (WdPgConnection *self, const char *run_id, const WdBulkRequest *request,
                   WdPgBulkLook look, gpointer data, gint64 deadline, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgParams) run = NULL;
  g_autoptr (WdPgParams) named = wd_pg_params_new ();
  g_autoptr (WdPgListQuery) query = NULL;
  g_autofree char *frozen = NULL;
  g_autofree char *sql = NULL;
  WdPgParams *params;

  if (columns == NULL)
    return FALSE;
  if (request->jobs != NULL)
    frozen = failed_jobs (columns, request, &query, error);
  else if (request->wallets != NULL)
    frozen = matching_wallets (columns, request, &query, error);
  else
    frozen = wd_bulk_operation_is_for_wallets (request->operation)
               ? named_wallets (columns, request, named) : named_jobs (columns, request, named);
  if (frozen == NULL)
    return FALSE;
  params = query != NULL ? query->params : named;
  sql = g_strdup_printf (SQL_FREEZE, frozen, wd_pg_params_text (params, run_id));
  run = run_params (self, run_id, request);
  return write_down (self, columns, run_id, request,
                     (WdPgStatement[]) { { SQL_RUN, run }, { sql, params } }, look, data, deadline,
                     cancellable, error);
}
