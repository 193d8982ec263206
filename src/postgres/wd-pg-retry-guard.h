/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-retry.h"

G_BEGIN_DECLS

/* Which jobs of one transaction go, and which another one is in the way of. */
typedef struct {
  GArray *going;        /* (owned) (element-type WdPgRetryJob) */
  GPtrArray *siblings;  /* (owned) (element-type utf8): ids of those that another one of the call
                         * goes instead of */
  GPtrArray *chosen;    /* (owned) (element-type utf8): beside them, the id of that one */
  GPtrArray *hindered;  /* (owned) (element-type utf8): ids of those that another job is in the way
                         * of */
  GPtrArray *busy;      /* (owned) (element-type WdJob): beside them, that job */
  GPtrArray *states;    /* (owned) (element-type utf8): beside them, its state in its queue where
                         * its row says that it has ended, else NULL */
  GPtrArray *late;      /* (owned) (element-type utf8): ids of those whose work another one has done
                         * since the preview, as that said */
  gboolean held;        /* the transaction holds its bulk run and looks rows up by keys */
} WdPgRetryGuard;

void     wd_pg_retry_guard_init (WdPgRetryGuard *guard);
void     wd_pg_retry_guard_clear (WdPgRetryGuard *guard);
gboolean wd_pg_retry_guard_lock (WdPgRetryGuard *guard, WdPgConnection *self,
                                 const WdPgRetry *order, const WdPgRetryJob *jobs, gsize n_jobs,
                                 gint64 deadline, GCancellable *cancellable, GError **error);
void     wd_pg_retry_guard_tell (WdPgRetryGuard *guard, WdActionResult *result,
                                 GPtrArray *conflicts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdPgRetryGuard, wd_pg_retry_guard_clear)

G_END_DECLS
