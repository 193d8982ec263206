/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The database's part of what is wrong: how long jobs usually run, from the counts; which wallets
 * are in trouble. */

#include "postgres/wd-pg-health.h"

#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-wallet-trouble.h"

typedef struct {
  WdTypeRuns *runs;
  gsize n_runs;
  gboolean count_wallets;
} LoadData;

/* The end of the bucket in which the 99th of 100 lies. */
static const char runs_sql[] =
  "WITH cell AS (SELECT job_type, bucket, sum(n) AS n FROM worker_dashboard.job_durations"
  " WHERE span = 1440 AND since >= date_trunc('day', now(), 'UTC') - interval '7 days'"
  " AND measure = 'run' AND outcome = 'completed' GROUP BY 1, 2"
  "), run AS (SELECT job_type, bucket,"
  " sum(n) OVER (PARTITION BY job_type ORDER BY bucket) AS upto,"
  " sum(n) OVER (PARTITION BY job_type) AS total FROM cell)"
  " SELECT job_type, total::bigint,"
  " (power(1.1::double precision, min(bucket) FILTER (WHERE upto >= total * 0.99) + 1) * 1000)"
  "::bigint FROM run GROUP BY job_type, total";

static const char finished_sql[] =
  "SELECT t.job_type, (SELECT max(j.completed_at) FROM public.job_logs AS j"
  " WHERE j.job_type = t.job_type AND j.completed_at < 'infinity')"
  " FROM unnest($1::text[]) AS t (job_type)";

static WdTypeRuns *
find_runs (LoadData *self, const char *job_type)
{
  for (gsize i = 0; i < self->n_runs; i++)
    if (g_strcmp0 (self->runs[i].job_type, job_type) == 0)
      return &self->runs[i];
  return NULL;
}

static void
take_runs (LoadData *self, WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      WdTypeRuns *runs = find_runs (self, wd_pg_result_text (result, row, 0));

      if (runs == NULL)
        continue;
      runs->samples = wd_pg_result_int (result, row, 1);
      runs->p99 = wd_pg_result_int (result, row, 2);
    }
}

static void
take_finished (LoadData *self, WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      WdTime at = wd_pg_result_time (result, row, 1);

      find_runs (self, wd_pg_result_text (result, row, 0))->last_finished
          = wd_time_is_finite (at) ? at : WD_TIME_NONE;
    }
}

/* A trouble without a row is one in which no wallet is. */
static void
take_troubles (const WdPgColumns *columns, WdHealth *health, WdPgResult *result)
{
  for (int kind = 0; kind < WD_N_WALLET_TROUBLES; kind++)
    {
      g_autoptr (WdPgParams) params = wd_pg_params_new ();
      g_autofree char *known = wd_pg_wallet_trouble_rows (columns, kind, params);

      health->wallets[kind].n = known != NULL ? 0 : -1;
    }
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      gint64 kind = wd_pg_result_int (result, row, 0);
      WdTroubleCount *count = kind < 0 ? &health->wallets_in_trouble : &health->wallets[kind];

      count->n = wd_pg_result_int (result, row, 1);
      count->since = wd_pg_result_time (result, row, 2);
    }
}

static gpointer
load (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  LoadData *self = data;
  g_autoptr (WdHealth) health = wd_health_create (&columns->limits);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) types = g_ptr_array_new ();
  g_autoptr (WdPgParams) names = wd_pg_params_new ();
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autofree char *troubles = NULL;
  WdPgStatement statements[3];
  guint n = 0, finished = G_MAXUINT, runs = G_MAXUINT, wallets = G_MAXUINT;

  if (!wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return NULL;
  for (gsize i = 0; i < self->n_runs; i++)
    g_ptr_array_add (types, (char *) self->runs[i].job_type);
  wd_pg_params_text_array (names, (const char *const *) types->pdata, types->len);
  if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "completed_at") != NULL)
    statements[finished = n++] = (WdPgStatement) { finished_sql, names };
  if (columns->counts)
    statements[runs = n++] = (WdPgStatement) { runs_sql, NULL };
  if (self->count_wallets && columns->tables[WD_PG_USER_WALLETS] != NULL)
    {
      troubles = wd_pg_wallet_trouble_count (columns, params);
      statements[wallets = n++] = (WdPgStatement) { troubles, params };
    }
  if (n == 0)
    return g_steal_pointer (&health);
  results = wd_pg_connection_query_many (connection, statements, n, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  if (finished != G_MAXUINT)
    take_finished (self, results->pdata[finished]);
  if (runs != G_MAXUINT)
    take_runs (self, results->pdata[runs]);
  if (wallets != G_MAXUINT)
    take_troubles (columns, health, results->pdata[wallets]);
  return g_steal_pointer (&health);
}

/**
 * wd_pg_health_load:
 * @connection: a connection without an open transaction
 * @runs: (array length=n_runs): by type, filled with how long its jobs usually run
 * @n_runs: how many types
 * @count_wallets: whether to count the wallets in trouble, which takes longest
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_NOT_MIGRATED without the table, else as for wd_pg_connection_query_many()
 *
 * Worker thread.
 *
 * Returns: (transfer full): the site's limits and the wallets in trouble, without findings; to be
 *   published by the caller
 */
WdHealth *
wd_pg_health_load (WdPgConnection *connection, WdTypeRuns *runs, gsize n_runs,
                   gboolean count_wallets, gint64 deadline, GCancellable *cancellable,
                   GError **error)
{
  LoadData data = { runs, n_runs, count_wallets };

  g_return_val_if_fail (connection != NULL && runs != NULL, NULL);

  return wd_pg_columns_apply (connection, load, &data, deadline, cancellable, error);
}
