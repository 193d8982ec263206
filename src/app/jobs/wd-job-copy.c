/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs as text: whole ids, whole errors, names as wdctl has them. */

#include "app/jobs/wd-job-copy.h"

#include "app/common/wd-copy.h"
#include "session/wd-row.h"
#include "wire/wd-wire-job.h"

static char *
get_status (gconstpointer record)
{
  return g_strdup (((const WdJob *) record)->status);
}

static char *
get_type (gconstpointer record)
{
  return g_strdup (((const WdJob *) record)->job_type);
}

static char *
get_wallet (gconstpointer record)
{
  return g_strdup (((const WdJob *) record)->wallet_address);
}

static char *
get_trigger (gconstpointer record)
{
  return g_strdup (((const WdJob *) record)->triggered_by);
}

static char *
get_retries (gconstpointer record)
{
  gint64 count = ((const WdJob *) record)->retry_count;

  return count != WD_INT_NONE ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : NULL;
}

static char *
get_created (gconstpointer record)
{
  WdTime time = ((const WdJob *) record)->created_at;

  return time != WD_TIME_NONE ? wd_time_to_rfc3339 (time) : NULL;
}

static char *
get_error (gconstpointer record)
{
  return g_strdup (((const WdJob *) record)->error_message);
}

static char *
get_id (gconstpointer record)
{
  return g_strdup (((const WdJob *) record)->job_id);
}

/**
 * wd_job_copy_rows:
 * @rows: (element-type WdRow): of jobs
 *
 * Returns: (transfer full): a line for each, its fields in the order of the table
 */
char *
wd_job_copy_rows (GPtrArray *rows)
{
  static const WdCopyField fields[] = { get_status, get_type, get_wallet, get_trigger, get_retries,
                                        get_created, get_error, get_id };

  return wd_copy_rows (rows, fields, G_N_ELEMENTS (fields));
}

/**
 * wd_job_copy_ids:
 * @rows: (element-type WdRow): of jobs
 *
 * Returns: (transfer full): a `job_id` in each line
 */
char *
wd_job_copy_ids (GPtrArray *rows)
{
  return wd_copy_lines (rows, get_id);
}

/**
 * wd_job_copy_wallets:
 * @rows: (element-type WdRow): of jobs
 *
 * Returns: (transfer full): a wallet in each line
 */
char *
wd_job_copy_wallets (GPtrArray *rows)
{
  return wd_copy_lines (rows, get_wallet);
}

/**
 * wd_job_copy_errors:
 * @rows: (element-type WdRow): of jobs
 *
 * Returns: (transfer full): an error in each line or lines, each once
 */
char *
wd_job_copy_errors (GPtrArray *rows)
{
  return wd_copy_lines (rows, get_error);
}

/**
 * wd_job_copy_csv:
 * @rows: (element-type WdRow): of jobs, each with its record
 *
 * Returns: (transfer full): a table of them with a header
 */
char *
wd_job_copy_csv (GPtrArray *rows)
{
  return wd_copy_csv (rows, wd_wire_job_listed_fields ());
}

/**
 * wd_job_copy_json:
 * @rows: (element-type WdRow): of jobs, each with its record
 *
 * Returns: (transfer full): a JSON array of them, or the only one by itself
 */
char *
wd_job_copy_json (GPtrArray *rows)
{
  return wd_copy_json (rows, wd_wire_job_listed_fields ());
}
