/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-origin.h"
#include "model/wd-result.h"
#include "postgres/wd-pg-bulk.h"
#include "postgres/wd-pg-connection.h"
#include "postgres/wd-pg-under-way.h"

G_BEGIN_DECLS

/**
 * WdPgRetry:
 * @prefix: (unowned): BullMQ's key prefix
 * @uses_queue: else the row alone is written, for workers that poll
 * @identity: (unowned) (nullable): of the Redis the first attempt is meant for; %NULL where workers
 *   poll
 * @reset: whether the retry count starts again at 0
 * @force: also where another job of its type for its wallet is under way, or is retried with it
 * @oldest: of several jobs of a type for a wallet the oldest goes; else the newest, or in a bulk
 *   run the first in its order
 * @runner: (unowned) (nullable): who runs the bulk run whose items these are
 * @lost: these are no failed jobs but such as their queue lost: a row changes only if it has not
 *   changed in any way since it was looked at, and nothing is promised about it
 * @look: (nullable): finds out what the queues run of jobs that have ended, as their rows say;
 *   %NULL where workers poll
 * @look_data: for @look
 * @origin: (unowned) (nullable): on whose behalf
 *
 * What all jobs of one retry have in common.
 */
typedef struct {
  const char *prefix;
  gboolean uses_queue;
  const char *identity;
  gboolean reset;
  gboolean force;
  gboolean oldest;
  const WdPgBulkRunner *runner;
  gboolean lost;
  WdPgSiblingsLook look;
  gpointer look_data;
  const WdOrigin *origin;
} WdPgRetry;

/**
 * WdPgRetryJob:
 * @id: (unowned): UUID of the row
 * @n: its place in the bulk run, or 0
 * @retry_count: as it was when it was looked at, or %WD_INT_NONE
 * @queue: (unowned): its queue
 * @options: (unowned): JSON text for `outbox.options`
 * @status: (unowned) (nullable): of a lost job: what its row said
 * @updated_at: of a lost job: when its row was last written
 * @guarded: (unowned) (nullable): its row, where one job of its type is enough for its wallet
 * @was_busy: whether another one was under way at the preview, which said so
 */
typedef struct {
  const char *id;
  gint64 n;
  gint64 retry_count;
  const char *queue;
  const char *options;
  const char *status;
  WdTime updated_at;
  const WdJob *guarded;
  gboolean was_busy;
} WdPgRetryJob;

gboolean wd_pg_retry (WdPgConnection *self, const WdPgRetry *order, const WdPgRetryJob *jobs,
                      gsize n_jobs, WdActionResult *result, GPtrArray *rows, GPtrArray *entries,
                      GPtrArray *conflicts, gint64 deadline, GCancellable *cancellable,
                      GError **error);

G_END_DECLS
