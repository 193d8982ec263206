/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a preview says beyond what its rows tell: in the transaction that writes it down, so that
 * nobody sees it without. Millions of jobs go by in slices; only what will be refused is kept. */

#include "postgres/wd-pg-bulk-forecast.h"

#include <string.h>

#include "model/wd-job-type.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-under-way.h"
#include "postgres/wd-pg-write.h"

#define SLICE 10000

/* %1$s, %2$s: what a row's job_id is, and whether it has data. */
#define SQL_SLICE                                                                          \
  "SELECT i.n, i.job_type, j.job_id, j.has_data, j.created_at, i.wallet_address "          \
  "FROM worker_dashboard.bulk_item AS i, "                                                 \
  "LATERAL (SELECT %1$s AS job_id, %2$s AS has_data, j.created_at FROM public.job_logs AS j " \
  "WHERE j.id = i.job_log_id LIMIT 1) AS j "                                               \
  "WHERE i.run_id = $1::uuid AND i.n > $2 AND i.n <= $3 AND i.forecast IS NULL"

/* Other jobs that have ended, by their rows, where there are any. */
#define SQL_BESIDE                                                                         \
  "SELECT k.job_type, k.wallet, j.job_id, j.created_at "                                   \
  "FROM unnest ($1::text[], $2::text[]) AS k (job_type, wallet), "                         \
  "LATERAL (SELECT e.*, count (*) OVER () AS n FROM ("                                     \
  WD_PG_JOBS_ENDED ("job_id::text, created_at", "k.job_type", "k.wallet")                  \
  ") AS e) AS j WHERE j.n > 1"

/* The jobs of wallets that have ended, by their rows, where there are any. */
#define SQL_OF_WALLETS                                                                     \
  "SELECT i.n, i.job_type, e.job_id, e.created_at FROM worker_dashboard.bulk_item AS i, "  \
  "LATERAL (" WD_PG_JOBS_ENDED ("job_id::text, created_at", "i.job_type", "i.wallet_address") \
  ") AS e WHERE i.run_id = $1::uuid AND i.n > $2 AND i.n <= $3 AND i.forecast IS NULL "    \
  "ORDER BY i.n"

/* Each item is looked up by its key: the planner knows nothing of those of this transaction. */
#define SQL_TELL                                                                           \
  "WITH found AS (SELECT b.ctid AS place, t.forecast "                                     \
  "FROM unnest ($2::bigint[], $3::text[]) AS t (n, forecast), "                            \
  "LATERAL (SELECT b.ctid FROM worker_dashboard.bulk_item AS b "                           \
  "WHERE b.run_id = $1::uuid AND b.n = t.n LIMIT 1) AS b), "                               \
  "told AS (UPDATE worker_dashboard.bulk_item AS i SET forecast = found.forecast "         \
  "FROM found WHERE i.ctid = found.place RETURNING i.forecast), "                          \
  "each AS (SELECT x.reason, x.n FROM worker_dashboard.bulk_run AS r, "                    \
  "jsonb_to_recordset (r.forecast) AS x (reason text, n bigint) WHERE r.id = $1::uuid "    \
  "UNION ALL SELECT forecast, count (*) FROM told GROUP BY 1 "                             \
  "UNION ALL SELECT '" WD_PG_BULK_NOT_ASKED "', $4::bigint WHERE $4::bigint > 0), "        \
  "reasons AS (SELECT reason, sum (n)::bigint AS n FROM each GROUP BY 1) "                 \
  "UPDATE worker_dashboard.bulk_run SET forecast = (SELECT jsonb_agg (to_jsonb (f) "       \
  "ORDER BY n DESC, reason) FROM reasons AS f) WHERE id = $1::uuid"

/* Of several jobs of a type for a wallet, where one is enough, the first that is not refused for
 * anything else goes. */
#define SQL_REPEATED                                                                       \
  "WITH again AS (SELECT t.place FROM (SELECT i.ctid AS place, row_number () OVER ("       \
  "PARTITION BY i.job_type, i.wallet_address ORDER BY i.n) AS k "                          \
  "FROM worker_dashboard.bulk_item AS i WHERE i.run_id = $1::uuid AND i.forecast IS NULL " \
  "AND i.job_type = ANY ($2::text[]) AND i.wallet_address <> '') AS t WHERE t.k > 1), "    \
  "told AS (UPDATE worker_dashboard.bulk_item AS i SET forecast = '" WD_PG_BULK_REPEATED "' " \
  "FROM again WHERE i.ctid = again.place RETURNING 1), "                                   \
  "number AS (SELECT count (*) AS n FROM told), "                                          \
  "reasons AS (SELECT x.reason, x.n FROM worker_dashboard.bulk_run AS r, "                 \
  "jsonb_to_recordset (r.forecast) AS x (reason text, n bigint) WHERE r.id = $1::uuid "    \
  "UNION ALL SELECT '" WD_PG_BULK_REPEATED "', n FROM number) "                            \
  "UPDATE worker_dashboard.bulk_run SET forecast = (SELECT jsonb_agg (to_jsonb (f) "       \
  "ORDER BY n DESC, reason) FROM reasons AS f) "                                           \
  "WHERE id = $1::uuid AND (SELECT n FROM number) > 0"

/* What is told of whom. */
typedef struct {
  GArray *places;    /* (owned) (element-type gint64) */
  GPtrArray *words;  /* (owned): beside them; static */
  gint64 n_unasked;
} Told;

static void
told_clear (Told *self)
{
  g_array_unref (self->places);
  g_ptr_array_unref (self->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static void
take (Told *self, const WdPgBulkJob *job)
{
  if (job->forecast == NULL)
    return;
  if (strcmp (job->forecast, WD_PG_BULK_NOT_ASKED) == 0)
    {
      self->n_unasked++;
      return;
    }
  g_array_append_val (self->places, job->n);
  g_ptr_array_add (self->words, (gpointer) job->forecast);
}

/* The statements of a run. */
typedef struct {
  char *slice;   /* (owned) */
  const char *beside; /* (nullable): of a run whose jobs no others may stand beside */
} Texts;

static void
texts_clear (Texts *self)
{
  g_free (self->slice);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static Texts
make_texts (const WdPgColumns *columns, gboolean guarded)
{
  gboolean job_id = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "job_id") != NULL;
  gboolean data = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "data") != NULL;
  gboolean wallet = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "wallet_address") != NULL;

  return (Texts) {
    g_strdup_printf (SQL_SLICE, job_id ? "j.job_id::text" : "NULL::text",
                     data ? "j.data IS NOT NULL" : "FALSE"),
    guarded && job_id && wallet ? SQL_BESIDE : NULL,
  };
}

static WdPgResult *
read_slice (WdPgConnection *self, const char *sql, const char *run_id, gint64 after,
            gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();

  wd_pg_params_text (params, run_id);
  wd_pg_params_int (params, after);
  wd_pg_params_int (params, after + SLICE);
  return wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
}

static char *
make_key (const char *job_type, const char *wallet)
{
  return g_strconcat (job_type, "\n", wallet, NULL);
}

static void
array_unref (gpointer array)
{
  g_array_unref (array);
}

/* The jobs that nothing is known against, and for whose wallet one of their type is enough.
 *
 * Returns: (transfer full) (element-type utf8 GArray): their places in @jobs, by type and wallet */
static GHashTable *
group_jobs (const WdPgBulkJob *jobs, guint n, GPtrArray *types, GPtrArray *wallets)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, array_unref);

  for (guint i = 0; i < n; i++)
    {
      const WdJobType *type = wd_job_type_lookup (jobs[i].job_type);
      char *key;
      GArray *group;

      if (jobs[i].forecast != NULL || type == NULL || !type->can_dispatch
          || jobs[i].wallet_address == NULL || *jobs[i].wallet_address == '\0')
        continue;
      key = make_key (jobs[i].job_type, jobs[i].wallet_address);
      group = g_hash_table_lookup (groups, key);
      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (groups, key, group);
          g_ptr_array_add (types, (gpointer) jobs[i].job_type);
          g_ptr_array_add (wallets, (gpointer) jobs[i].wallet_address);
        }
      else
        g_free (key);
      g_array_append_val (group, i);
    }
  return groups;
}

/* What a queue runs of an other job is in the way of each of @group, what it has done in the way of
 * the older ones. */
static void
tell_group (WdPgBulkJob *jobs, const GArray *group, const WdPgBulkJob *other)
{
  gboolean done = g_strcmp0 (other->forecast, WD_PG_BULK_COMPLETED) == 0;

  if (group == NULL || (!done && g_strcmp0 (other->forecast, WD_PG_BULK_GOES_ON) != 0))
    return;
  for (guint i = 0; i < group->len; i++)
    {
      WdPgBulkJob *job = &jobs[g_array_index (group, guint, i)];

      if (g_strcmp0 (job->job_id, other->job_id) != 0
          && (!done || other->created_at > job->created_at))
        job->forecast = WD_PG_BULK_UNDER_WAY;
    }
}

/* Which jobs will be refused for another one that says that it has ended, and that its queue tells
 * otherwise of. */
static gboolean
look_beside (WdPgConnection *self, const char *sql, WdPgBulkJob *jobs, guint n, WdPgBulkLook look,
             gpointer data, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) types = g_ptr_array_new ();
  g_autoptr (GPtrArray) wallets = g_ptr_array_new ();
  g_autoptr (GHashTable) groups = group_jobs (jobs, n, types, wallets);
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) rows = NULL;
  g_autofree WdPgBulkJob *others = NULL;
  guint n_others;

  if (types->len == 0)
    return TRUE;
  wd_pg_params_text_array (params, (const char *const *) types->pdata, types->len);
  wd_pg_params_text_array (params, (const char *const *) wallets->pdata, wallets->len);
  rows = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (rows == NULL)
    return FALSE;
  n_others = wd_pg_result_get_rows (rows);
  others = g_new0 (WdPgBulkJob, n_others);
  for (guint row = 0; row < n_others; row++)
    others[row] = (WdPgBulkJob) { .job_type = wd_pg_result_text (rows, row, 0),
                                  .wallet_address = wd_pg_result_text (rows, row, 1),
                                  .job_id = wd_pg_result_text (rows, row, 2), .has_data = TRUE,
                                  .created_at = wd_pg_result_time (rows, row, 3) };
  if (n_others > 0 && !look (others, n_others, data, cancellable, error))
    return FALSE;
  for (guint i = 0; i < n_others; i++)
    {
      g_autofree char *key = make_key (others[i].job_type, others[i].wallet_address);

      tell_group (jobs, g_hash_table_lookup (groups, key), &others[i]);
    }
  return TRUE;
}

static gboolean
look_at (WdPgConnection *self, const Texts *texts, WdPgResult *rows, WdPgBulkLook look,
         gpointer data, Told *told, gint64 deadline, GCancellable *cancellable, GError **error)
{
  guint n = wd_pg_result_get_rows (rows);
  g_autofree WdPgBulkJob *jobs = g_new (WdPgBulkJob, n);

  for (guint row = 0; row < n; row++)
    jobs[row] = (WdPgBulkJob) { wd_pg_result_int (rows, row, 0), wd_pg_result_text (rows, row, 1),
                                wd_pg_result_text (rows, row, 2),
                                wd_pg_result_bool (rows, row, 3),
                                wd_pg_result_time (rows, row, 4),
                                wd_pg_result_text (rows, row, 5), NULL };
  if (n > 0
      && (!look (jobs, n, data, cancellable, error)
          || (texts->beside != NULL
              && !look_beside (self, texts->beside, jobs, n, look, data, deadline, cancellable,
                               error))))
    return FALSE;
  for (guint i = 0; i < n; i++)
    take (told, &jobs[i]);
  return TRUE;
}

static gboolean
tell (WdPgConnection *self, const char *run_id, const Told *told, gint64 deadline,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = NULL;
  g_autoptr (WdPgResult) result = NULL;

  if (told->places->len == 0 && told->n_unasked == 0)
    return TRUE;
  params = wd_pg_params_new ();
  wd_pg_params_text (params, run_id);
  wd_pg_params_int_array (params, (const gint64 *) told->places->data, told->places->len);
  wd_pg_params_text_array (params, (const char *const *) told->words->pdata, told->words->len);
  wd_pg_params_int (params, told->n_unasked);
  result = wd_pg_connection_query (self, SQL_TELL, params, deadline, cancellable, error);
  return result != NULL;
}

/**
 * wd_pg_bulk_forecast:
 * @self: a connection inside the transaction that has frozen the run
 * @columns: what the database has
 * @run_id: UUID of a run of jobs
 * @total: how many jobs it has
 * @guarded: whether they are refused for others of their types for their wallets
 * @look: (scope call): finds out which of them will be refused
 * @data: for @look
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Looks at all jobs that nothing is known against, and writes down what was found. Worker.
 */
gboolean
wd_pg_bulk_forecast (WdPgConnection *self, const WdPgColumns *columns, const char *run_id,
                     gint64 total, gboolean guarded, WdPgBulkLook look, gpointer data,
                     gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) by_keys
      = wd_pg_connection_query (self, WD_PG_WRITE_BY_KEYS, NULL, deadline, cancellable, error);
  g_auto (Texts) texts = make_texts (columns, guarded);
  g_auto (Told) told = { g_array_new (FALSE, FALSE, sizeof (gint64)), g_ptr_array_new (), 0 };

  if (by_keys == NULL)
    return FALSE;
  for (gint64 after = 0; after < total; after += SLICE)
    {
      g_autoptr (WdPgResult) rows = read_slice (self, texts.slice, run_id, after, deadline,
                                                cancellable, error);

      if (rows == NULL
          || !look_at (self, &texts, rows, look, data, &told, deadline, cancellable, error))
        return FALSE;
    }
  return tell (self, run_id, &told, deadline, cancellable, error);
}

/* The wallets of one slice: @rows has their jobs, those of each together. */
static gboolean
look_at_wallets (WdPgResult *rows, WdPgBulkLook look, gpointer data, Told *told,
                 GCancellable *cancellable, GError **error)
{
  guint n = wd_pg_result_get_rows (rows);
  g_autofree WdPgBulkJob *jobs = g_new0 (WdPgBulkJob, n);

  for (guint row = 0; row < n; row++)
    jobs[row] = (WdPgBulkJob) { .n = wd_pg_result_int (rows, row, 0),
                                .job_type = wd_pg_result_text (rows, row, 1),
                                .job_id = wd_pg_result_text (rows, row, 2), .has_data = TRUE,
                                .created_at = wd_pg_result_time (rows, row, 3) };
  if (n > 0 && !look (jobs, n, data, cancellable, error))
    return FALSE;
  for (guint row = 0; row < n;)
    {
      WdPgBulkJob wallet = { .n = jobs[row].n };

      for (; row < n && jobs[row].n == wallet.n; row++)
        if (g_strcmp0 (jobs[row].forecast, WD_PG_BULK_GOES_ON) == 0)
          wallet.forecast = WD_PG_BULK_UNDER_WAY;
        else if (wallet.forecast == NULL
                 && g_strcmp0 (jobs[row].forecast, WD_PG_BULK_NOT_ASKED) == 0)
          wallet.forecast = WD_PG_BULK_NOT_ASKED;
      take (told, &wallet);
    }
  return TRUE;
}

/**
 * wd_pg_bulk_forecast_wallets:
 * @self: a connection inside the transaction that has frozen the run
 * @run_id: UUID of a run that dispatches
 * @total: how many wallets it has
 * @look: (scope call): finds out what the queues tell of jobs
 * @data: for @look
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Writes down which wallets will be refused for a job that has ended, as its row says, and that its
 * queue runs by itself. Worker.
 */
gboolean
wd_pg_bulk_forecast_wallets (WdPgConnection *self, const char *run_id, gint64 total,
                             WdPgBulkLook look, gpointer data, gint64 deadline,
                             GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) by_keys
      = wd_pg_connection_query (self, WD_PG_WRITE_BY_KEYS, NULL, deadline, cancellable, error);
  g_auto (Told) told = { g_array_new (FALSE, FALSE, sizeof (gint64)), g_ptr_array_new (), 0 };

  if (by_keys == NULL)
    return FALSE;
  for (gint64 after = 0; after < total; after += SLICE)
    {
      g_autoptr (WdPgResult) rows = read_slice (self, SQL_OF_WALLETS, run_id, after, deadline,
                                                cancellable, error);

      if (rows == NULL || !look_at_wallets (rows, look, data, &told, cancellable, error))
        return FALSE;
    }
  return tell (self, run_id, &told, deadline, cancellable, error);
}

/**
 * wd_pg_bulk_forecast_repeated:
 * @self: a connection inside the transaction that has frozen the run
 * @run_id: UUID of a run of jobs that are to be retried
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Writes down which jobs will be refused for another one of the run. Called when all else is known.
 * Worker.
 */
gboolean
wd_pg_bulk_forecast_repeated (WdPgConnection *self, const char *run_id, gint64 deadline,
                              GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) types = wd_job_type_dup_dispatched ();
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text (params, run_id);
  wd_pg_params_text_array (params, (const char *const *) types, g_strv_length (types));
  result = wd_pg_connection_query (self, SQL_REPEATED, params, deadline, cancellable, error);
  return result != NULL;
}
