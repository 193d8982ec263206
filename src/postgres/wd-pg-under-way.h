/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-result.h"
#include "postgres/wd-pg-result.h"

G_BEGIN_DECLS

/* Of a row of `job_logs`: another job of its type for its wallet would be one too many. */
#define WD_PG_JOB_UNDER_WAY "status IN ('pending', 'active', 'processing', 'retrying')"

/* Of a row that says that its job has ended and not done its work. Its queue may run the job all
 * the same: rows are written by workers, after each attempt, or by hand. */
#define WD_PG_JOB_ENDED                                                                    \
  "status NOT IN ('pending', 'active', 'processing', 'retrying', 'completed')"

/* What wd_pg_under_way_from_row() reads. */
#define WD_PG_UNDER_WAY_COLUMNS                                                            \
  "id::text, job_id, job_type, status, wallet_address, created_at"

#define WD_PG_UNDER_WAY_N_COLUMNS 6

WdJob *wd_pg_under_way_from_row (WdPgResult *rows, guint row);
void   wd_pg_under_way_refuse (WdActionResult *result, const char *subject, const WdJob *job);
void   wd_pg_under_way_refuse_queued (WdActionResult *result, const char *subject,
                                      const WdJob *job, const char *state);

G_END_DECLS
