/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-result.h"
#include "postgres/wd-pg-result.h"

G_BEGIN_DECLS

/* Of a row of `job_logs`: another job of its type for its wallet would be one too many. */
#define WD_PG_JOB_UNDER_WAY "status IN ('pending', 'active', 'processing', 'retrying')"

/* Of a row that says that its job has ended and not done its work. Its queue may run the job all
 * the same: rows are written by workers, after each attempt, or by hand. */
#define WD_PG_JOB_ENDED                                                                    \
  "status NOT IN ('pending', 'active', 'processing', 'retrying', 'completed')"

/* The last that were written of those of a wallet: enough of them, for while BullMQ runs one of a
 * wallet by itself none is made after it but by force. They are looked up in the index of just
 * those, before they are put in order: that by time would bring all that the wallet ever had. */
#define WD_PG_JOBS_ENDED(columns, type, wallet)                                            \
  "SELECT " columns " FROM (SELECT * FROM public.job_logs WHERE job_type = " type          \
  " AND wallet_address = " wallet " AND " WD_PG_JOB_ENDED " OFFSET 0) AS j "               \
  "ORDER BY greatest (created_at, updated_at) DESC NULLS LAST LIMIT 20"

/* What wd_pg_under_way_from_row() reads. */
#define WD_PG_UNDER_WAY_COLUMNS                                                            \
  "id::text, job_id, job_type, status, wallet_address, created_at"

#define WD_PG_UNDER_WAY_N_COLUMNS 6

/**
 * WdPgSiblingsLook:
 * @rows: (element-type WdJob): of jobs that have ended, as their rows say; get as `completed_at`
 *   when their queue completed them, where it did
 * @states: (element-type utf8): gets beside each the state of the job in its queue, in BullMQ's
 *   words, or %NULL where that does not hold it
 * @data: as given
 * @deadline: of the transaction
 * @cancellable: (nullable): a cancellable
 * @error: that it could not be found out
 *
 * Asks the queues. The wallets are locked meanwhile.
 */
typedef gboolean (*WdPgSiblingsLook) (GPtrArray *rows, GPtrArray *states, gpointer data,
                                   gint64 deadline, GCancellable *cancellable, GError **error);

WdJob   *wd_pg_under_way_from_row (WdPgResult *rows, guint row);
gboolean wd_pg_under_way_ask (GPtrArray *ended, GPtrArray *states, WdPgSiblingsLook look,
                              gpointer data, gint64 deadline, GCancellable *cancellable,
                              GError **error);
void     wd_pg_under_way_refuse (WdActionResult *result, const char *subject, const WdJob *job);
void     wd_pg_under_way_refuse_queued (WdActionResult *result, const char *subject,
                                        const WdJob *job, const char *state);

G_END_DECLS
