/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdBulkCount:
 * @job_type: a type
 * @n: how many jobs of it
 * @exhausted: how many of those will be refused, because their retries are used up
 */
typedef struct {
  char *job_type;
  gint64 n;
  gint64 exhausted;
} WdBulkCount;

/**
 * WdBulkRun:
 * @id: UUID
 * @operation: `retry`
 * @reset: start with the full number of attempts again
 * @state: `frozen`, `running`, `paused` or `done`
 * @total: how many jobs were frozen
 * @done: how many were retried
 * @refused: how many were not
 * @created_by: (nullable): who froze it
 * @heartbeat: of whoever runs it, or %WD_TIME_NONE
 * @last_error: (nullable): why it was paused
 * @counts: (nullable) (element-type WdBulkCount): by type, where asked for
 * @refusals: (nullable) (element-type WdRefusal): which and why, where asked for
 *
 * Work on many jobs, frozen as they were at a preview. Immutable once published.
 */
typedef struct {
  char *id;
  char *operation;
  gboolean reset;
  char *state;
  gint64 total;
  gint64 done;
  gint64 refused;
  WdTime created_at;
  char *created_by;
  WdTime heartbeat;
  char *last_error;
  GPtrArray *counts;
  GPtrArray *refusals;
} WdBulkRun;

WD_DECLARE_RECORD (WdBulkRun, wd_bulk_run)

void wd_bulk_count_free (WdBulkCount *self);

G_END_DECLS
