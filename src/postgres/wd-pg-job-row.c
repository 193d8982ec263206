/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-job-row.h"

static gint64
int_or_none (WdPgResult *result, guint row, guint column)
{
  return wd_pg_result_is_null (result, row, column) ? WD_INT_NONE
                                                    : wd_pg_result_int (result, row, column);
}

/**
 * wd_pg_job_from_row:
 * @result: rows of a statement whose first columns are those of wd_pg_columns_job_select()
 * @row: from 0
 *
 * Returns: (transfer full): the job
 */
WdJob *
wd_pg_job_from_row (WdPgResult *result, guint row)
{
  WdJob *job;

  g_return_val_if_fail (wd_pg_result_get_columns (result) >= WD_PG_JOB_N_COLUMNS, NULL);

  job = wd_job_new ();
  job->id = g_strdup (wd_pg_result_text (result, row, 0));
  job->job_id = g_strdup (wd_pg_result_text (result, row, 1));
  job->job_type = g_strdup (wd_pg_result_text (result, row, 2));
  job->status = g_strdup (wd_pg_result_text (result, row, 3));
  job->wallet_address = g_strdup (wd_pg_result_text (result, row, 4));
  job->user_id = g_strdup (wd_pg_result_text (result, row, 5));
  job->triggered_by = g_strdup (wd_pg_result_text (result, row, 6));
  job->data = g_strdup (wd_pg_result_text (result, row, 7));
  job->error_message = g_strdup (wd_pg_result_text (result, row, 8));
  job->started_at = wd_pg_result_time (result, row, 9);
  job->completed_at = wd_pg_result_time (result, row, 10);
  job->created_at = wd_pg_result_time (result, row, 11);
  job->updated_at = wd_pg_result_time (result, row, 12);
  job->retry_count = int_or_none (result, row, 13);
  job->max_retries = int_or_none (result, row, 14);
  return job;
}
