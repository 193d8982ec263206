/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The database's part of what is wrong: how long jobs usually run, from the counts; which wallets
 * are in trouble. */

#include "postgres/wd-pg-health.h"

#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-pending.h"
#include "postgres/wd-pg-wallet-trouble.h"

typedef struct {
  WdTypeRuns *runs;
  gsize n_runs;
  WdPgHealthParts parts;
} LoadData;

#define WEEK "(date_trunc('day', now(), 'UTC') - interval '7 days')"

/* The end of the bucket in which the 99th of 100 lies. The view job_durations would say the same,
 * but calls a function that somebody who only looks may not call. */
static const char runs_sql[] =
  "WITH cell AS (SELECT job_type, bucket, sum(n) AS n FROM ("
  " SELECT job_type, bucket, n FROM worker_dashboard.duration_count WHERE span = 1440"
  " AND since >= " WEEK " AND measure = 'run' AND outcome = 'completed'"
  " UNION ALL SELECT job_type, run, n FROM worker_dashboard.job_delta WHERE run IS NOT NULL"
  " AND finished >= " WEEK " AND status = 'completed') AS part GROUP BY 1, 2"
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

/* Those that run longest come first in the order in which they were made, or nearly. */
static char *
active_sql (const WdPgColumns *columns)
{
  g_autofree char *started = wd_pg_columns_job_started (columns);
  gboolean has_job_id = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "job_id") != NULL;
  gboolean has_created = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "created_at") != NULL;

  return g_strdup_printf ("SELECT %s, j.job_type, %s FROM public.job_logs AS j"
                          " WHERE j.status IN ('active', 'processing')%s LIMIT %d",
                          has_job_id ? "j.job_id" : "j.id::text", started,
                          has_created ? " ORDER BY j.created_at" : "", WD_QUEUE_ACTIVITY_MOST);
}

/* A row for each type, though nothing of it waits. */
static char *
pending_sql (const WdPgColumns *columns)
{
  g_autofree char *oldest = wd_pg_pending_oldest (columns, "t.job_type");

  return g_strdup_printf ("SELECT t.job_type, coalesce((SELECT sum(n)"
                          " FROM worker_dashboard.job_totals AS s WHERE s.job_type = t.job_type"
                          " AND s.status = 'pending'), 0)::bigint, %s, now()"
                          " FROM unnest($1::text[]) AS t (job_type)", oldest);
}

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

static void
take_pending (LoadData *self, WdPgResult *result)
{
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      WdTypeRuns *runs = find_runs (self, wd_pg_result_text (result, row, 0));

      runs->pending = wd_pg_result_int (result, row, 1);
      runs->oldest_pending = wd_pg_result_time (result, row, 2);
    }
}

static void
judge_rows (LoadData *self, WdHealth *health, WdPgResult *result, WdPgResult *pending)
{
  guint n_rows = wd_pg_result_get_rows (result);
  g_autoptr (GPtrArray) active =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_active_job_free);

  for (guint row = 0; row < n_rows; row++)
    {
      WdActiveJob *job = g_new0 (WdActiveJob, 1);

      job->id = g_strdup (wd_pg_result_text (result, row, 0));
      job->name = g_strdup (wd_pg_result_text (result, row, 1));
      job->started = wd_pg_result_time (result, row, 2);
      job->locked = TRUE;
      g_ptr_array_add (active, job);
    }
  take_pending (self, pending);
  if (self->n_runs > 0)
    wd_health_judge_rows (active, self->runs, self->n_runs, &health->limits,
                          wd_pg_result_time (pending, 0, 3), health->findings);
}

/* Which statement answers what; a part that is not asked for has none. */
enum {
  FINISHED,
  RUNS,
  WALLETS,
  ROWS,
  PENDING,
  N_PARTS,
};

static void
take_answers (LoadData *self, const WdPgColumns *columns, WdHealth *health, GPtrArray *results,
              const int *places)
{
  if (places[FINISHED] >= 0)
    take_finished (self, results->pdata[places[FINISHED]]);
  if (places[RUNS] >= 0)
    take_runs (self, results->pdata[places[RUNS]]);
  if (places[WALLETS] >= 0)
    take_troubles (columns, health, results->pdata[places[WALLETS]]);
  if (places[ROWS] >= 0)
    judge_rows (self, health, results->pdata[places[ROWS]], results->pdata[places[PENDING]]);
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
  g_autofree char *troubles = NULL, *active = NULL, *pending = NULL;
  WdPgStatement statements[N_PARTS];
  int places[N_PARTS] = { -1, -1, -1, -1, -1 };
  int n = 0;

  if (!wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return NULL;
  for (gsize i = 0; i < self->n_runs; i++)
    g_ptr_array_add (types, (char *) self->runs[i].job_type);
  wd_pg_params_text_array (names, (const char *const *) types->pdata, types->len);
  if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "completed_at") != NULL)
    statements[places[FINISHED] = n++] = (WdPgStatement) { finished_sql, names };
  if (columns->counts)
    statements[places[RUNS] = n++] = (WdPgStatement) { runs_sql, NULL };
  if ((self->parts & WD_PG_HEALTH_WALLETS) != 0 && columns->tables[WD_PG_USER_WALLETS] != NULL)
    {
      troubles = wd_pg_wallet_trouble_count (columns, params);
      statements[places[WALLETS] = n++] = (WdPgStatement) { troubles, params };
    }
  if ((self->parts & WD_PG_HEALTH_ROWS) != 0 && columns->counts)
    {
      active = active_sql (columns);
      pending = pending_sql (columns);
      statements[places[ROWS] = n++] = (WdPgStatement) { active, NULL };
      statements[places[PENDING] = n++] = (WdPgStatement) { pending, names };
    }
  if (n == 0)
    return g_steal_pointer (&health);
  results = wd_pg_connection_query_many (connection, statements, (gsize) n, deadline, cancellable,
                                         error);
  if (results == NULL)
    return NULL;
  take_answers (self, columns, health, results, places);
  return g_steal_pointer (&health);
}

/**
 * wd_pg_health_load:
 * @connection: a connection without an open transaction
 * @runs: (array length=n_runs): by type, filled with how long its jobs usually run
 * @n_runs: how many types
 * @parts: what else to look for
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_NOT_MIGRATED without the table, else as for wd_pg_connection_query_many()
 *
 * Worker thread.
 *
 * Returns: (transfer full): the site's limits and what was looked for, without what the queues
 *   tell; to be published by the caller
 */
WdHealth *
wd_pg_health_load (WdPgConnection *connection, WdTypeRuns *runs, gsize n_runs,
                   WdPgHealthParts parts, gint64 deadline, GCancellable *cancellable,
                   GError **error)
{
  LoadData data = { runs, n_runs, parts };

  g_return_val_if_fail (connection != NULL && runs != NULL, NULL);

  return wd_pg_columns_apply (connection, load, &data, deadline, cancellable, error);
}
