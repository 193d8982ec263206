/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/* A null integer column. */
#define WD_INT_NONE G_MININT64

/**
 * WdJob:
 * @id: the row's UUID
 * @job_id: the queue's id (see the queue layer for automatic ids)
 * @job_type: as the database has it; wd_job_type_lookup() knows the usual ones
 * @status: as the database has it; wd_job_status_from_string() reads it
 * @wallet_address: (nullable): the wallet, if the job has one
 * @user_id: (nullable): UUID of the wallet's owner
 * @triggered_by: (nullable): %NULL also where the table has no such column
 * @data: (nullable): JSON text, unchanged; %NULL also where the list left it out
 * @error_message: (nullable): why it failed
 * @started_at: or %WD_TIME_NONE; tables without the column have `processed_at`
 * @completed_at: or %WD_TIME_NONE
 * @created_at: or %WD_TIME_NONE
 * @updated_at: or %WD_TIME_NONE
 * @retry_count: or %WD_INT_NONE
 * @max_retries: or %WD_INT_NONE
 *
 * A row of `job_logs`. Immutable once published.
 */
typedef struct {
  char *id;
  char *job_id;
  char *job_type;
  char *status;
  char *wallet_address;
  char *user_id;
  char *triggered_by;
  char *data;
  char *error_message;
  WdTime started_at;
  WdTime completed_at;
  WdTime created_at;
  WdTime updated_at;
  gint64 retry_count;
  gint64 max_retries;
} WdJob;

WD_DECLARE_RECORD (WdJob, wd_job)

gboolean wd_job_equal (const WdJob *a, const WdJob *b);

G_END_DECLS
