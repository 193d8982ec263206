/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Failed jobs by what went wrong: the newest ones that a filter lets through, grouped by their
 * messages. */

#include "postgres/wd-pg-error-report.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-error-group.h"
#include "postgres/wd-pg-job-query.h"

#define MAX_GROUPS 500

/* Between the types of a group in one text; no name has it in it. */
#define SEPARATOR "\x1f"

enum {
  GROUP,
  N_JOBS,
  N_WALLETS,
  N_LAST_DAY,
  N_DAY_BEFORE,
  FIRST,
  LAST,
  JOB_TYPES,
  SAMPLE,
  JOB_ID,
  ALL_JOBS,
  ALL_GROUPS,
};

typedef struct {
  const WdJobFilter *filter;
  guint n_jobs;
} ReportData;

static const char *
column_or (const WdPgColumns *columns, const char *name, const char *expression,
           const char *otherwise)
{
  return wd_pg_columns_find (columns, WD_PG_JOB_LOGS, name) != NULL ? expression : otherwise;
}

static char *
order_of (const WdPgListQuery *query)
{
  GString *order = g_string_new (NULL);

  for (guint i = 0; i < query->n_keys; i++)
    g_string_append_printf (order, "%s%s DESC", i > 0 ? ", " : "", query->keys[i].expression);
  return g_string_free (order, FALSE);
}

/* The newest @n_jobs by creation: that order has an index with the status. */
static char *
report_sql (const WdPgColumns *columns, WdPgListQuery *query, guint n_jobs)
{
  g_autofree char *group = wd_pg_error_group_expression ("f.message");
  g_autofree char *order = order_of (query);
  const char *created = column_or (columns, "created_at", "j.created_at", "NULL::timestamptz");

  return g_strdup_printf (
    "SELECT g.*, sum(n) OVER (), count(*) OVER () FROM (SELECT %s AS name, count(*) AS n,"
    " count(DISTINCT wallet),"
    " count(*) FILTER (WHERE at > now() - interval '1 day'),"
    " count(*) FILTER (WHERE at > now() - interval '2 days' AND at <= now() - interval '1 day'),"
    " min(at), max(at) AS last, string_agg(DISTINCT job_type, '" SEPARATOR "'),"
    " left((array_agg(message ORDER BY at DESC NULLS LAST, id))[1], 2000),"
    " (array_agg(id ORDER BY at DESC NULLS LAST, id))[1]"
    " FROM (SELECT j.id, coalesce(%s, '') AS message, coalesce(%s, %s) AS at,"
    " %s AS wallet, coalesce(j.job_type::text, '') AS job_type FROM %s WHERE %s"
    " ORDER BY %s LIMIT %u) AS f GROUP BY 1) AS g"
    " ORDER BY n DESC, last DESC NULLS LAST, name LIMIT %u",
    group, column_or (columns, "error_message", "j.error_message::text", "NULL::text"),
    column_or (columns, "completed_at", "j.completed_at", "NULL::timestamptz"), created,
    column_or (columns, "wallet_address", "j.wallet_address", "NULL::text"),
    query->from, query->conditions->str, order, n_jobs, MAX_GROUPS);
}

static WdErrorGroup *
group_from_row (WdPgResult *result, guint row)
{
  WdErrorGroup *group = wd_error_group_new ();

  group->name = g_strdup (wd_pg_result_text (result, row, GROUP));
  group->sample = g_strdup (wd_pg_result_text (result, row, SAMPLE));
  group->job_types = g_strsplit (wd_pg_result_text (result, row, JOB_TYPES), SEPARATOR, -1);
  group->job_id = g_strdup (wd_pg_result_text (result, row, JOB_ID));
  group->n_jobs = wd_pg_result_int (result, row, N_JOBS);
  group->n_wallets = wd_pg_result_int (result, row, N_WALLETS);
  group->n_last_day = wd_pg_result_int (result, row, N_LAST_DAY);
  group->n_day_before = wd_pg_result_int (result, row, N_DAY_BEFORE);
  group->first_failed_at = wd_pg_result_time (result, row, FIRST);
  group->last_failed_at = wd_pg_result_time (result, row, LAST);
  return group;
}

static gpointer
report (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
        GCancellable *cancellable, GError **error)
{
  ReportData *wanted = data;
  g_autoptr (WdErrorReport) found = wd_error_report_create ();
  g_autoptr (WdJobFilter) filter = wd_job_filter_copy (wanted->filter);
  g_autoptr (WdPageRequest) order = wd_page_request_new ();
  g_autoptr (WdPgListQuery) query = NULL;
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *sql = NULL;

  g_strfreev (filter->statuses);
  filter->statuses = g_strdupv ((char *[]) { (char *) "failed", NULL });
  query = wd_pg_job_query_new (columns, filter, order, error);
  if (query == NULL)
    return NULL;
  sql = report_sql (columns, query, wanted->n_jobs);
  result = wd_pg_connection_query (connection, sql, query->params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_ptr_array_add (found->groups, group_from_row (result, row));
  if (found->groups->len > 0)
    {
      found->n_jobs = wd_pg_result_int (result, 0, ALL_JOBS);
      found->n_groups = wd_pg_result_int (result, 0, ALL_GROUPS);
    }
  found->is_complete = found->n_jobs < wanted->n_jobs;
  return g_steal_pointer (&found);
}

/**
 * wd_pg_error_report:
 * @connection: a connection without an open transaction
 * @filter: which jobs; those of them that failed
 * @n_jobs: how many to look at, the newest ones
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %WD_ERROR_NOT_MIGRATED without the table, else as for wd_pg_connection_query()
 *
 * Worker thread. 20,000 messages take about a second.
 *
 * Returns: (transfer full): the jobs by what went wrong
 */
WdErrorReport *
wd_pg_error_report (WdPgConnection *connection, const WdJobFilter *filter, guint n_jobs,
                    gint64 deadline, GCancellable *cancellable, GError **error)
{
  ReportData data = { filter, n_jobs };

  g_return_val_if_fail (filter != NULL && n_jobs > 0, NULL);

  return wd_pg_columns_apply (connection, report, &data, deadline, cancellable, error);
}
