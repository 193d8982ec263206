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

/* As worker_dashboard.duration_horizon(), which somebody who only looks may not call. */
#define WD_PG_HISTORY_HORIZON   "(date_trunc('day', now(), 'UTC') - interval '8 days')"

/**
 * WdPgHistoryCall:
 * @connection: a connection without an open transaction
 * @columns: what the database has
 * @grid: the bars
 * @days: (nullable): the days of UTC nearest to them; @grid where its bars are days of UTC, %NULL
 *   where they are shorter than a day
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
  const WdHistoryGrid *days;
  const char *job_type;
  gint64 deadline;
  GCancellable *cancellable;
} WdPgHistoryCall;

/**
 * WdPgHistorySubject:
 * @table: whose cells
 * @word: SQL of a text by which they are told apart
 * @number: SQL of a number likewise
 * @condition: SQL of which of them
 * @deltas: SQL of what is not folded yet: time, type, word, number and how many
 * @kept: whether cells of a quarter hour are there since the horizon alone
 * @add: told of each sum
 * @data: for @add
 */
typedef struct {
  const char *table;
  const char *word;
  const char *number;
  const char *condition;
  const char *deltas;
  gboolean kept;
  void (*add) (gpointer data, guint bar, const char *word, int number, gint64 n);
  gpointer data;
} WdPgHistorySubject;

/* wd-pg-history.c */
WdPgParams *wd_pg_history_params (const WdPgHistoryCall *call, const WdHistoryGrid *grid);

/* wd-pg-history-cells.c */
GPtrArray *wd_pg_history_read_cells (const WdPgHistoryCall *call,
                                     const WdPgHistorySubject *subjects, guint n_subjects,
                                     WdPgStatement other, GError **error);

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
