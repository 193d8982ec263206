/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole filtered set, as it was at one moment: one REPEATABLE READ transaction that only reads,
 * with a cursor. Pages by keyset would each see another moment, so that a job which fails in
 * between is in a list of the active ones twice or not at all, and they would sort a set without
 * an index anew for each. A transaction stays on one server connection, so this also works behind
 * a pooler that gives servers away by transaction. The price is that the server cannot clean up
 * what dies meanwhile; so whoever does not take the rows in time loses the transaction.
 *
 * Slices are made as large as their text allows, so that memory does not depend on the number of
 * the rows, nor much on their size. */

#include "postgres/wd-pg-export.h"

#include "base/wd-time.h"
#include "postgres/wd-pg-audit-query.h"
#include "postgres/wd-pg-audit-row.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-count-query.h"
#include "postgres/wd-pg-job-query.h"
#include "postgres/wd-pg-job-row.h"
#include "postgres/wd-pg-plan.h"
#include "postgres/wd-pg-wallet-query.h"
#include "postgres/wd-pg-wallet-row.h"

#define FIRST_SLICE 100
#define MOST_ROWS   2000
#define SLICE_BYTES (1024 * 1024)

typedef struct {
  const WdExportRequest *request;
  WdPgExportFunc func;
  gpointer data;
  guint slice_ms;

  WdPgConnection *connection;
  GCancellable *cancellable;
  gint64 total;
  gboolean total_is_exact;
  gint64 n_rows;
  GError *failure;      /* (owned) (nullable): after rows were handed out */
} Export;

static WdPgListQuery *
make_query (const WdExportRequest *request, const WdPgColumns *columns, GError **error)
{
  WdPageRequest order = { .sort = request->sort, .ascending = request->ascending,
                          .with_data = TRUE };

  switch (request->kind)
    {
    case WD_EXPORT_JOBS:
      return wd_pg_job_query_new (columns, request->jobs, &order, error);
    case WD_EXPORT_WALLETS:
      return wd_pg_wallet_query_new (columns, request->wallets, &order, error);
    case WD_EXPORT_AUDIT:
      return wd_pg_audit_query_new (request->audit, &order, error);
    case WD_EXPORT_BULK:
      return wd_pg_bulk_query_new (request->bulk_run, error);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Without the keys beside the columns: they would be sent with each row for nothing. */
static char *
declare_sql (const WdPgListQuery *query, guint limit)
{
  GString *sql = g_string_new ("DECLARE wd_export NO SCROLL CURSOR FOR SELECT ");

  g_string_append_printf (sql, "%s FROM %s", query->select, query->from);
  if (query->conditions->len > 0)
    g_string_append_printf (sql, " WHERE %s", query->conditions->str);
  for (guint i = 0; i < query->n_keys; i++)
    g_string_append_printf (sql, "%s%s %s", i == 0 ? " ORDER BY " : ", ",
                            query->keys[i].expression, query->ascending ? "ASC" : "DESC");
  if (limit > 0)
    g_string_append_printf (sql, " LIMIT %u", limit);
  return g_string_free (sql, FALSE);
}

/* The counts answer exactly where they can, and by the same snapshot; else the planner guesses. */
static char *
total_sql (Export *self, WdPgListQuery *query, const WdPgColumns *columns, WdPgParams **params)
{
  const WdExportRequest *request = self->request;
  char *sql = NULL;

  if (request->kind == WD_EXPORT_JOBS)
    sql = wd_pg_count_query_jobs (columns, request->jobs, params);
  else if (request->kind == WD_EXPORT_WALLETS)
    sql = wd_pg_count_query_wallets (columns, request->wallets, params);
  else if (request->kind == WD_EXPORT_BULK)
    sql = wd_pg_bulk_count_query (request->bulk_run, params);
  self->total_is_exact = sql != NULL;
  return sql != NULL ? sql : wd_pg_list_query_explain (query);
}

static gpointer
read_row (WdExportKind kind, WdPgResult *result, guint row)
{
  switch (kind)
    {
    case WD_EXPORT_JOBS:
      return wd_pg_job_from_row (result, row);
    case WD_EXPORT_WALLETS:
      return wd_pg_wallet_from_row (result, row);
    case WD_EXPORT_AUDIT:
      return wd_pg_audit_from_row (result, row);
    case WD_EXPORT_BULK:
      return wd_pg_bulk_item_from_row (result, row);
    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
hand_out (Export *self, WdPgResult *result, GError **error)
{
  static const GDestroyNotify frees[] = {
    [WD_EXPORT_JOBS] = (GDestroyNotify) wd_job_unref,
    [WD_EXPORT_WALLETS] = (GDestroyNotify) wd_wallet_unref,
    [WD_EXPORT_AUDIT] = (GDestroyNotify) wd_audit_entry_unref,
    [WD_EXPORT_BULK] = (GDestroyNotify) wd_bulk_item_unref,
  };
  WdExportKind kind = self->request->kind;
  guint n = wd_pg_result_get_rows (result);
  GPtrArray *rows = g_ptr_array_new_full (n, frees[kind]);

  for (guint row = 0; row < n; row++)
    g_ptr_array_add (rows, read_row (kind, result, row));
  self->n_rows += n;
  return self->func (rows, self->total, self->total_is_exact, self->data, self->cancellable,
                     error);
}

/* As many rows as fit, judging by those before, and at most twice as many as were there then. */
static guint
next_slice (WdPgResult *result)
{
  guint rows = wd_pg_result_get_rows (result);
  gsize each = wd_pg_result_get_size (result) / rows + 1;

  return (guint) CLAMP (SLICE_BYTES / each, 1, MIN (2 * rows, MOST_ROWS));
}

static WdPgResult *
fetch (Export *self, guint n, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("FETCH FORWARD %u FROM wd_export", n);

  return wd_pg_connection_query (self->connection, sql, NULL, wd_deadline_in (self->slice_ms),
                                 self->cancellable, error);
}

/* One round trip: the moment begins, the total, the first rows. */
static WdPgResult *
open (Export *self, const WdPgColumns *columns, GError **error)
{
  g_autoptr (WdPgListQuery) query = make_query (self->request, columns, error);
  g_autofree char *first = g_strdup_printf ("FETCH FORWARD %u FROM wd_export", FIRST_SLICE);
  g_autoptr (WdPgParams) params = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *declare = NULL, *total = NULL;
  WdPgStatement statements[3];

  if (query == NULL)
    return NULL;
  declare = declare_sql (query, self->request->limit);
  total = total_sql (self, query, columns, &params);
  statements[0] = (WdPgStatement) { total, self->total_is_exact ? params : query->params };
  statements[1] = (WdPgStatement) { declare, query->params };
  statements[2] = (WdPgStatement) { first, NULL };
  results = wd_pg_connection_query_many (self->connection, statements, G_N_ELEMENTS (statements),
                                         wd_deadline_in (self->slice_ms), self->cancellable,
                                         error);
  if (results == NULL)
    return NULL;
  self->total = self->total_is_exact ? wd_pg_result_int (results->pdata[0], 0, 0)
                                     : wd_pg_plan_rows (results->pdata[0]);
  if (self->request->limit > 0)
    self->total = MIN (self->total, self->request->limit);
  return g_ptr_array_steal_index (results, 2);
}

static gboolean
run_cursor (Export *self, WdPgResult *first, GError **error)
{
  g_autoptr (WdPgResult) result = first;

  while (wd_pg_result_get_rows (result) > 0)
    {
      guint n = next_slice (result);

      if (!hand_out (self, result, error))
        return FALSE;
      wd_pg_result_free (g_steal_pointer (&result));
      result = fetch (self, n, error);
      if (result == NULL)
        return FALSE;
    }
  return TRUE;
}

/* After rows were handed out an error is kept apart, so that nobody tries again. */
static gpointer
export (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
        GCancellable *cancellable, GError **error)
{
  Export *self = data;
  WdPgResult *first;
  gboolean done;

  if (!wd_pg_connection_begin_snapshot (connection, deadline, cancellable, error))
    return NULL;
  first = open (self, columns, error);
  done = first != NULL && run_cursor (self, first, &self->failure);
  wd_pg_connection_rollback (connection);
  return done || self->failure != NULL ? self : NULL;
}

/**
 * wd_pg_export:
 * @connection: a connection without an open transaction
 * @request: which rows
 * @func: takes them, slice by slice; an error of it ends the export
 * @data: for @func
 * @slice_ms: how long the server may take for a slice
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query(), or of @func
 *
 * Worker thread. Reads every row, as the database was when it began.
 *
 * Returns: how many there were; -1 on an error
 */
gint64
wd_pg_export (WdPgConnection *connection, const WdExportRequest *request, WdPgExportFunc func,
              gpointer data, guint slice_ms, GCancellable *cancellable, GError **error)
{
  Export self = { .request = request, .func = func, .data = data, .slice_ms = slice_ms,
                  .connection = connection, .cancellable = cancellable };

  g_return_val_if_fail (connection != NULL && request != NULL && func != NULL, -1);

  if (wd_pg_columns_apply (connection, export, &self, wd_deadline_in (slice_ms), cancellable,
                           error) == NULL)
    return -1;
  if (self.failure != NULL)
    {
      g_propagate_error (error, self.failure);
      return -1;
    }
  return self.n_rows;
}
