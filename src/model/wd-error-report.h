/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-error-group.h"

G_BEGIN_DECLS

/** WD_ERROR_REPORT_JOBS: how many failed jobs are looked at unless all are asked for; about a
 * second's work of the database. */
#define WD_ERROR_REPORT_JOBS 20000

/**
 * WdErrorReport:
 * @groups: (element-type WdErrorGroup): the greatest first, at most 500
 * @n_groups: how many there are
 * @n_jobs: failed jobs looked at, the newest ones
 * @is_complete: whether those are all that match
 * @read_at: when
 *
 * Failed jobs by what went wrong. Immutable once published.
 */
typedef struct {
  GPtrArray *groups;
  gint64 n_groups;
  gint64 n_jobs;
  gboolean is_complete;
  WdTime read_at;
} WdErrorReport;

WD_DECLARE_RECORD (WdErrorReport, wd_error_report)

WdErrorReport *wd_error_report_create (void);

G_END_DECLS
