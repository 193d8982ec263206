/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The database's part of every stat card, in one round trip.
 *
 * With the counts, totals are sums over a few cells, and whatever happened since a moment is the
 * quarter hours after it plus, by an index, the rows between the moment and the first of them:
 * exact and quick at any size. Without them it is one pass over each table. */

#include "postgres/wd-pg-stats.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-pending.h"

#define HOUR_AGO "(now() - interval '1 hour')"
#define DAY_AGO  "(now() - interval '1 day')"
#define MIDNIGHT "$2::timestamptz"

/* The first quarter hour that begins at or after a moment. */
#define QUARTER(moment)                                                                          \
  "to_timestamp(ceil(date_part('epoch', " moment ") / 900) * 900)"

#define ROWS_BEFORE_QUARTER(moment, hour, day, today)                                            \
  " UNION ALL SELECT j.job_type::text, j.status::text, " hour ", " day ", " today                \
  " FROM public.job_logs AS j WHERE j.job_type = ANY ($1::text[])"                               \
  " AND j.status IN ('completed', 'failed')"                                                     \
  " AND j.completed_at >= " moment " AND j.completed_at < " QUARTER (moment)                     \
  " GROUP BY 1, 2"

/* The columns of a row of the statement on jobs, in both of its forms. */
enum {
  JOB_TYPE,
  COMPLETED,
  FAILED,
  PENDING,
  ACTIVE,
  COMPLETED_HOUR,
  FAILED_HOUR,
  COMPLETED_DAY,
  FAILED_DAY,
  COMPLETED_TODAY,
  LAST_ACTIVE,
  OLDEST_PENDING,
};

static const char counted_jobs_sql[] =
  "WITH total AS ("
  " SELECT job_type, sum(n) FILTER (WHERE status = 'completed') AS completed,"
  " sum(n) FILTER (WHERE status = 'failed') AS failed,"
  " sum(n) FILTER (WHERE status = 'pending') AS pending,"
  " sum(n) FILTER (WHERE status IN ('active', 'processing')) AS active"
  " FROM worker_dashboard.job_totals GROUP BY job_type"
  "), recent AS ("
  " SELECT job_type, outcome, sum(hour) AS hour, sum(day) AS day, sum(today) AS today FROM ("
  "SELECT job_type, outcome,"
  " sum(n) FILTER (WHERE since >= " QUARTER (HOUR_AGO) ") AS hour,"
  " sum(n) FILTER (WHERE since >= " QUARTER (DAY_AGO) ") AS day,"
  " sum(n) FILTER (WHERE since >= " QUARTER (MIDNIGHT) ") AS today"
  " FROM worker_dashboard.jobs_finished WHERE span = 15 AND job_type = ANY ($1::text[])"
  " AND since >= least(" QUARTER (DAY_AGO) ", " QUARTER (MIDNIGHT) ") AND since < 'infinity'"
  " AND outcome IN ('completed', 'failed') GROUP BY 1, 2"
  ROWS_BEFORE_QUARTER (HOUR_AGO, "count(*)", "0", "0")
  ROWS_BEFORE_QUARTER (DAY_AGO, "0", "count(*)", "0")
  ROWS_BEFORE_QUARTER (MIDNIGHT, "0", "0", "count(*)")
  ") AS part GROUP BY 1, 2"
  ") SELECT t.job_type, t.completed, t.failed, t.pending, t.active,"
  " c.hour, f.hour, c.day, f.day, c.today,"
  " greatest("
  "(SELECT max(j.completed_at) FROM public.job_logs AS j"
  " WHERE j.job_type = t.job_type AND j.completed_at < 'infinity'),"
  " (SELECT max(%s) FROM public.job_logs AS j WHERE j.job_type = t.job_type"
  " AND j.status IN ('active', 'processing', 'retrying') AND %s < 'infinity')), %s"
  " FROM total AS t"
  " LEFT JOIN recent AS c ON c.job_type = t.job_type AND c.outcome = 'completed'"
  " LEFT JOIN recent AS f ON f.job_type = t.job_type AND f.outcome = 'failed'";

#define SCANNED(condition) " count(*) FILTER (WHERE " condition ")"

static const char scanned_jobs_sql[] =
  "SELECT j.job_type,"
  SCANNED ("j.status = 'completed'") ","
  SCANNED ("j.status = 'failed'") ","
  SCANNED ("j.status = 'pending'") ","
  SCANNED ("j.status IN ('active', 'processing')") ","
  SCANNED ("j.status = 'completed' AND j.finished >= " HOUR_AGO) ","
  SCANNED ("j.status = 'failed' AND j.finished >= " HOUR_AGO) ","
  SCANNED ("j.status = 'completed' AND j.finished >= " DAY_AGO) ","
  SCANNED ("j.status = 'failed' AND j.finished >= " DAY_AGO) ","
  SCANNED ("j.status = 'completed' AND j.finished >= " MIDNIGHT) ","
  " max(greatest(j.finished, CASE WHEN j.begun < 'infinity' THEN j.begun END)),"
  " min(j.since) FILTER (WHERE j.status = 'pending')"
  " FROM (SELECT j.job_type::text AS job_type, j.status::text AS status,"
  " CASE WHEN %s < 'infinity' THEN %s END AS finished, %s AS begun, %s AS since"
  " FROM public.job_logs AS j) AS j"
  " WHERE $1::text[] IS NOT NULL GROUP BY 1";

static char *
jobs_sql (const WdPgColumns *columns)
{
  g_autofree char *started = wd_pg_columns_job_started (columns);
  g_autofree char *since = wd_pg_pending_since (columns);
  g_autofree char *oldest = wd_pg_pending_oldest (columns, "t.job_type");
  const char *completed = "NULL::timestamptz";

  if (columns->counts)
    return g_strdup_printf (counted_jobs_sql, started, started, oldest);
  if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "completed_at") != NULL)
    completed = "j.completed_at";
  return g_strdup_printf (scanned_jobs_sql, completed, completed, started, since);
}

static char *
count_flag (const WdPgColumns *columns, const char *name)
{
  if (wd_pg_columns_find (columns, WD_PG_USER_WALLETS, name) == NULL)
    return g_strdup ("NULL");
  return g_strdup_printf ("count(*) FILTER (WHERE %s)", name);
}

/* Wallets, those that need gas, those that need consolidation, outbox entries; null: unknown. */
static char *
others_sql (const WdPgColumns *columns)
{
  const char *undelivered = columns->schema ? "(SELECT count(*) FROM worker_dashboard.outbox)"
                                            : "NULL";
  g_autofree char *gas = count_flag (columns, "needs_gas");
  g_autofree char *consolidation = count_flag (columns, "needs_consolidation");

  if (columns->counts)
    return g_strdup_printf ("SELECT coalesce(sum(n), 0),"
                            " coalesce(sum(n) FILTER (WHERE needs_gas), 0),"
                            " coalesce(sum(n) FILTER (WHERE needs_consolidation), 0), %s"
                            " FROM worker_dashboard.wallet_totals", undelivered);
  if (columns->tables[WD_PG_USER_WALLETS] == NULL)
    return g_strdup_printf ("SELECT NULL, NULL, NULL, %s", undelivered);
  return g_strdup_printf ("SELECT count(*), %s, %s, %s FROM public.user_wallets", gas,
                          consolidation, undelivered);
}

static WdWorkerStats *
find_worker (WdStats *stats, const char *job_type)
{
  for (guint i = 0; i < stats->workers->len; i++)
    {
      WdWorkerStats *worker = g_ptr_array_index (stats->workers, i);

      if (g_strcmp0 (worker->job_type, job_type) == 0)
        return worker;
    }
  return NULL;
}

static void
add_workers (WdStats *stats, const WdProfile *profile)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  g_clear_pointer (&stats->workers, g_ptr_array_unref);
  stats->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_worker_stats_free);
  for (gsize i = 0; i < n_types; i++)
    {
      WdWorkerStats *worker = wd_worker_stats_new ();
      const WdQueueMapping *mapping = wd_profile_get_mapping (profile, types[i].name);

      worker->worker_name = types[i].worker_name;
      worker->job_type = g_strdup (types[i].name);
      worker->queue = g_strdup (mapping != NULL ? mapping->queue : types[i].queue);
      g_ptr_array_add (stats->workers, worker);
    }
}

/* Jobs of kinds that have no card count in the totals. */
static void
take_jobs (WdStats *stats, WdPgResult *result)
{
  stats->pending_jobs = stats->active_jobs = stats->completed_jobs_today = 0;
  stats->failed_last_day = stats->finished_last_day = 0;
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      WdWorkerStats *worker = find_worker (stats, wd_pg_result_text (result, row, JOB_TYPE));
      gint64 completed_hour = wd_pg_result_int (result, row, COMPLETED_HOUR);
      gint64 failed_hour = wd_pg_result_int (result, row, FAILED_HOUR);
      gint64 failed_day = wd_pg_result_int (result, row, FAILED_DAY);

      stats->pending_jobs += wd_pg_result_int (result, row, PENDING);
      stats->active_jobs += wd_pg_result_int (result, row, ACTIVE);
      stats->completed_jobs_today += wd_pg_result_int (result, row, COMPLETED_TODAY);
      stats->failed_last_day += failed_day;
      stats->finished_last_day += failed_day + wd_pg_result_int (result, row, COMPLETED_DAY);
      if (worker == NULL)
        continue;
      worker->completed = wd_pg_result_int (result, row, COMPLETED);
      worker->failed = wd_pg_result_int (result, row, FAILED);
      worker->queued = worker->waiting = wd_pg_result_int (result, row, PENDING);
      worker->oldest_waiting = wd_pg_result_time (result, row, OLDEST_PENDING);
      worker->active = wd_pg_result_int (result, row, ACTIVE);
      worker->finished_last_hour = completed_hour + failed_hour;
      worker->failed_last_hour = failed_hour;
      worker->completed_today = wd_pg_result_int (result, row, COMPLETED_TODAY);
      worker->last_active = wd_pg_result_time (result, row, LAST_ACTIVE);
    }
}

static gint64
int_or_unknown (WdPgResult *result, guint column)
{
  return wd_pg_result_is_null (result, 0, column) ? -1 : wd_pg_result_int (result, 0, column);
}

static gpointer
read_stats (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
            GCancellable *cancellable, GError **error)
{
  WdPgParams *params = data;
  g_autofree char *jobs = NULL, *others = NULL;
  g_autoptr (GError) local = NULL;
  GPtrArray *results;

  if (!wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return NULL;
  jobs = jobs_sql (columns);
  others = others_sql (columns);
  results = wd_pg_connection_query_many (
    connection, (WdPgStatement[]) { { jobs, params }, { others, NULL } }, 2, deadline, cancellable,
    &local);
  if (results == NULL && !columns->counts && g_error_matches (local, WD_ERROR, WD_ERROR_TIMED_OUT))
    g_prefix_error (&local, "%s ", _("Counting every row takes too long here: the migrations add "
                                     "counts that are ready at any size."));
  if (results == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return results;
}

/**
 * wd_pg_stats_fill:
 * @connection: a connection without an open transaction
 * @stats: what to fill; its workers are made here, in the order of the table of job types
 * @profile: names the queues
 * @midnight: when today began where the user is
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query(), or %WD_ERROR_NOT_MIGRATED without the table
 *
 * Worker thread. Fills what `job_logs`, `user_wallets` and the outbox tell: also active and queued,
 * which the queues know better where there are any. Hours and days end with the server's clock.
 *
 * Returns: whether it was read; @stats is unchanged if not
 */
gboolean
wd_pg_stats_fill (WdPgConnection *connection, WdStats *stats, const WdProfile *profile,
                  WdTime midnight, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) results = NULL;
  const WdJobType *types;
  WdPgResult *others;
  gsize n_types;

  g_return_val_if_fail (connection != NULL && stats != NULL && profile != NULL, FALSE);

  types = wd_job_types (&n_types);
  for (gsize i = 0; i < n_types; i++)
    g_ptr_array_add (names, (char *) types[i].name);
  wd_pg_params_text_array (params, (const char *const *) names->pdata, names->len);
  wd_pg_params_time (params, midnight);
  results = wd_pg_columns_apply (connection, read_stats, params, deadline, cancellable, error);
  if (results == NULL)
    return FALSE;

  add_workers (stats, profile);
  take_jobs (stats, g_ptr_array_index (results, 0));
  others = g_ptr_array_index (results, 1);
  stats->wallets = int_or_unknown (others, 0);
  stats->wallets_need_gas = int_or_unknown (others, 1);
  stats->wallets_need_consolidation = int_or_unknown (others, 2);
  stats->undelivered_jobs = int_or_unknown (others, 3);
  stats->last_updated = wd_time_now ();
  for (guint i = 0; i < stats->workers->len; i++)
    {
      WdWorkerStats *worker = g_ptr_array_index (stats->workers, i);

      worker->status = wd_worker_stats_judge (worker, profile->failure_percent);
    }
  return TRUE;
}
