/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the optional indexes cost in the database at hand, before they are made: from the number of
 * rows and the length of the texts, as the server's statistics have them. The factors lie between
 * those measured with one million jobs (3.6 bytes) and with ten (2.2), on PostgreSQL 15 and a busy
 * machine of two cores, with maintenance_work_mem = 256MB. */

#include "postgres/wd-pg-cost.h"

#include <string.h>

#define BYTES_PER_LETTER   3.0
#define LETTERS_PER_SECOND 0.8e6

static const struct {
  const char *migration;
  const char *columns; /* as an array of PostgreSQL's */
} indexes[] = {
  { "0015_job_search", "{id,job_id,wallet_address,error_message}" },
  { "0016_data_search", "{data}" },
};

/* A UUID is 16 bytes long as it is kept, and 36 letters as it is searched. */
static const char sql[] =
  "SELECT CASE WHEN c.reltuples > 0 THEN c.reltuples::bigint"
  "  WHEN pg_catalog.pg_relation_size(c.oid) = 0 THEN 0 END,"
  " (SELECT sum((1 - s.null_frac) * CASE WHEN s.avg_width = 16 AND s.attname = 'id' THEN 36"
  "    ELSE s.avg_width END)"
  "  FROM pg_catalog.pg_stats AS s WHERE s.schemaname = 'public' AND s.tablename = 'job_logs'"
  "  AND s.attname = ANY ($1::text[]))::bigint"
  " FROM pg_catalog.pg_class AS c WHERE c.oid = pg_catalog.to_regclass('public.job_logs')";

static gboolean
estimate (WdPgConnection *connection, WdMigrationStep *step, const char *columns, gint64 deadline,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  double letters;

  wd_pg_params_text (params, columns);
  result = wd_pg_connection_query (connection, sql, params, deadline, cancellable, error);
  if (result == NULL)
    return FALSE;
  if (wd_pg_result_get_rows (result) == 0 || wd_pg_result_is_null (result, 0, 0)
      || (wd_pg_result_is_null (result, 0, 1) && wd_pg_result_int (result, 0, 0) > 0))
    return TRUE;
  step->rows = wd_pg_result_int (result, 0, 0);
  letters = step->rows > 0 ? (double) step->rows * wd_pg_result_int (result, 0, 1) : 0;
  step->bytes = (gint64) (letters * BYTES_PER_LETTER);
  step->seconds = (gint64) (letters / LETTERS_PER_SECOND);
  return TRUE;
}

/**
 * wd_pg_cost_estimate:
 * @connection: a connection without an open transaction
 * @steps: (element-type WdMigrationStep): of which the optional ones that are not applied get their
 *   cost, where the database's statistics tell it
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: as for wd_pg_connection_query()
 *
 * Worker thread. Returns: whether the database could be asked
 */
gboolean
wd_pg_cost_estimate (WdPgConnection *connection, GPtrArray *steps, gint64 deadline,
                     GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (connection != NULL && steps != NULL, FALSE);

  for (guint i = 0; i < steps->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (indexes); k++)
      {
        WdMigrationStep *step = steps->pdata[i];

        if (wd_migration_step_is_offered (step) && strcmp (step->name, indexes[k].migration) == 0
            && !estimate (connection, step, indexes[k].columns, deadline, cancellable, error))
          return FALSE;
      }
  return TRUE;
}
