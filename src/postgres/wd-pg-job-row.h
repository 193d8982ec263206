/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"
#include "postgres/wd-pg-result.h"

G_BEGIN_DECLS

/* How many columns wd_pg_columns_job_select() names: what a statement adds itself begins here. */
#define WD_PG_JOB_N_COLUMNS 15

WdJob *wd_pg_job_from_row (WdPgResult *result, guint row);

G_END_DECLS
