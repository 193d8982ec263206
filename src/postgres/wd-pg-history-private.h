/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-history.h"
#include "postgres/wd-pg-columns.h"

G_BEGIN_DECLS

/* The first parameters of every statement: the edges of the bars, and the type or null. */
#define WD_PG_HISTORY_FROM      "($1::timestamptz[])[1]"
#define WD_PG_HISTORY_TO        "($1::timestamptz[])[cardinality($1::timestamptz[])]"
#define WD_PG_HISTORY_BAR(time) "(width_bucket(" time ", $1::timestamptz[]) - 1)"
#define WD_PG_HISTORY_OF_TYPE   "($2::text IS NULL OR job_type = $2::text)"

/**
 * WdPgHistoryCall:
 * @connection: a connection without an open transaction
 * @columns: what the database has
 * @grid: the bars
 * @job_type: (nullable): of which type
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 *
 * What the parts of reading a history have in common. Worker thread.
 */
typedef struct {
  WdPgConnection *connection;
  const WdPgColumns *columns;
  const WdHistoryGrid *grid;
  const char *job_type;
  gint64 deadline;
  GCancellable *cancellable;
} WdPgHistoryCall;

/* wd-pg-history.c */
WdPgParams *wd_pg_history_params (const WdPgHistoryCall *call);

/* wd-pg-history-rows.c */
gboolean wd_pg_history_read_rows (const WdPgHistoryCall *call, WdHistory *history,
                                  gboolean *too_many, GError **error);

/* wd-pg-history-counts.c */
gboolean wd_pg_history_read_counts (const WdPgHistoryCall *call, WdHistory *history,
                                    GError **error);

/* wd-pg-history-unfinished.c */
gboolean wd_pg_history_read_unfinished (const WdPgHistoryCall *call, WdHistory *history,
                                        gboolean *too_many, GError **error);

/* wd-pg-history-retries.c */
gboolean wd_pg_history_read_retries (const WdPgHistoryCall *call, WdHistory *history,
                                     GError **error);

G_END_DECLS
